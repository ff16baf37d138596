"""Files in other character sets give the same JSON, but for its note of the character set, and come back as the same bytes."""
import codecs
import json
import os

import tap

# Where IBM1047 differs from IBM037: pairs that are the other way round.
SWAPPED = bytes.maketrans(b"\xb0\x5f\xba\xad\xbb\xbd", b"\x5f\xb0\xad\xba\xbd\xbb")


def ebcdic_1047(text):
    return text.encode("cp037").translate(SWAPPED)


def encoder(name, mark=b""):
    return lambda text: mark + text.encode(name)


# name, first name of a patient, how it is written, options of the command
CASES = [
    ("UTF-8", "ANNÉ", encoder("utf-8"), []),
    ("UTF-8 with a byte order mark", "ANNÉ", encoder("utf-8", codecs.BOM_UTF8), []),
    ("IBM037", "ANNÉ", encoder("cp037"), []),
    ("IBM037, said so", "ANNÉ", encoder("cp037"), ["--charset", "IBM037"]),
    ("IBM1047, said so", "ANNÉ", ebcdic_1047, ["--charset", "IBM1047"]),
    ("ISO-8859-1, said so", "ANNÉ", encoder("latin-1"), ["--charset", "ISO-8859-1"]),
    ("windows-1252, said so", "ANN’É€", encoder("cp1252"), ["--charset", "windows-1252"]),
    ("UTF-16LE with a byte order mark", "ANN’É€", encoder("utf-16-le", codecs.BOM_UTF16_LE), []),
    ("UTF-16BE with a byte order mark", "ANN’É€", encoder("utf-16-be", codecs.BOM_UTF16_BE), []),
    ("UTF-16LE, said so", "ANN’É€", encoder("utf-16-le"), ["--charset", "UTF-16LE"]),
    ("UTF-16BE, said so", "ANN’É€", encoder("utf-16-be"), ["--charset", "UTF-16BE"]),
]
# These are told by their first bytes, but nothing tells them from UTF-8 with wrong bytes, or from each other.
UNTOLD = [
    ("IBM1047 taken for what it looks like", "ANNÉ", ebcdic_1047),
    ("ISO-8859-1 taken for UTF-8", "ANNÉ", encoder("latin-1")),
    ("windows-1252 taken for UTF-8", "ANN’É€", encoder("cp1252")),
]


def sample(first_name):
    path = os.path.join(tap.SOURCE, "samples", "remittance-paid.835")
    return tap.read(path).decode().replace("*ANNA*", f"*{first_name}*")


def without_note(text):
    document = json.loads(text)
    for key in ("charset", "byteOrderMark"):
        document["interchanges"][0].pop(key, None)
    return document


def problems(text, x12, options):
    _, plain, _ = tap.to_json(text.encode())
    status, got, findings = tap.to_json(x12, *options)
    wrong = [f"exit status {status}, {[one['code'] for one in findings]}"] if status != 0 or findings else []
    if not wrong and without_note(got) != without_note(plain):
        wrong.append("other values")
    return wrong + came_back(x12, options)


def came_back(x12, options):
    wrong = []
    for form in ([], ["--lines"]):
        if tap.to_x12(tap.to_json(x12, *options, *form)[1]) != x12:
            wrong.append(f"other bytes came back {form}")
    return wrong


def test():
    for name, first_name, encode, options in CASES:
        text = sample(first_name)
        tap.answer(f"character sets: {name}", problems(text, encode(text), options))
    for name, first_name, encode in UNTOLD:
        tap.answer(f"character sets: {name}", came_back(encode(sample(first_name)), []))
