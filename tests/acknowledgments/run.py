#!/usr/bin/env python3
"""Known acknowledgments, worked out from the tables of the 999, the TA1 and the 277CA: what ack makes is the same, byte for byte.
And the answers to the files of others, where these are at hand, are valid.

What stands in known/ was written by hand before ack was asked: a file, and its 999. A case in *.cases is a name; edits of the sample: `change`, `insert` before, `delete` the segments of these numbers (ST is 1) or ids of the
envelope; options; and the lines that must come out, the envelope of a plain 999 left out. SE01 is counted anew, unless `keep` keeps it.
"""
import difflib
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import tap

HERE = os.path.dirname(os.path.abspath(__file__))
ENVELOPE = ["ISA", "GS", "GE", "IEA"]


def read_cases(name):
    """Each case: its name, its edits, its options, and the lines that are expected."""
    cases, sample = [], None
    for line in tap.read(os.path.join(HERE, name)).decode().splitlines():
        word, _, rest = line.partition(" ")
        if not line or word == "#":
            continue
        if word == "sample":
            sample = rest
        elif word == "case":
            cases.append({"name": rest, "sample": sample, "edits": [], "options": [], "expected": []})
        elif word == "options":
            cases[-1]["options"] = rest.split()
        elif word in ("change", "insert", "delete", "keep"):
            cases[-1]["edits"].append((word, rest))
        else:
            cases[-1]["expected"].append(line)
    return cases


def place(segments, where):
    """The index of a segment: its number in the transaction, or the id of one of the envelope."""
    if where in ENVELOPE:
        return next(i for i, segment in enumerate(segments) if segment.startswith(where + "*"))
    return int(where) + 1


def recount(segments):
    """SE01 as it should be."""
    start = 0
    for i, segment in enumerate(segments):
        if segment.startswith("ST*"):
            start = i
        segments[i] = re.sub(r"^SE\*\d+\*", f"SE*{i - start + 1}*", segment)


def edited(case):
    segments = tap.read(os.path.join(tap.SOURCE, "samples", case["sample"])).decode().splitlines()
    counted = True
    for word, rest in case["edits"]:
        where, _, text = rest.replace("\\t", "\t").partition(": ")
        if word == "keep":  # the count, right or wrong
            counted = False
        elif word == "delete":
            first, _, last = where.partition("-")
            del segments[place(segments, first):place(segments, last or first) + 1]
        elif word == "insert":
            at = place(segments, where)
            segments[at:at] = text.split(" | ")
        else:
            old, new = text.split(" -> ")
            at = place(segments, where)
            assert old in segments[at], f"{case['name']}: {old} is not in {segments[at]}"
            segments[at] = segments[at].replace(old, new, 1)
    if counted:
        recount(segments)
    return "".join(segment + "\n" for segment in segments).encode()


def framed(lines):
    """The envelope around the lines of a 999, where they are no envelope of their own."""
    if lines and not lines[0].startswith("AK"):
        return lines
    if not lines:
        return []
    return ["ISA*00*          *00*          *ZZ*LAKESIDEHEALTH *ZZ*MAPLEFAMILY    *260115*0930*^*00501*000000001*0*T*:~",
            "GS*FA*LAKESIDEHEALTH*MAPLEFAMILY*20260115*0930*1*X*005010X231A1~",
            "ST*999*0001*005010X231A1~", *lines, f"SE*{len(lines) + 2}*0001~", "GE*1*1~", "IEA*1*000000001~"]


def compared(answers, sent, *options):
    """What check finds in answers to the file `sent`, but that what is broken there cannot be compared."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(sent)
        file.flush()
        return tap.run("check", "--of", file.name, "--off", "N4038", *options, stdin=answers)[1]


def faults_of(answers, sent):
    """What our own check, and the way to JSON and back, have to say of answers."""
    if not answers:
        return []
    findings = compared(answers, sent)
    _, json, _ = tap.run("json", stdin=answers)
    _, back, _ = tap.run("x12", stdin=json)
    problems = [f"not valid itself: {line}" for line in findings.decode().splitlines()]
    return problems + (["another X12 comes back from its JSON"] if back != answers else [])


def test_case(case):
    x12 = edited(case)
    _, out, err = tap.run("ack", "--date", "2026-01-15T09:30", *case["options"], stdin=x12)
    problems = [f"said: {line}" for line in err.decode().splitlines()]
    got, expected = out.decode().splitlines(), framed(case["expected"])
    if got != expected:
        problems += [f"expected {line}" for line in expected] + [f"got      {line}" for line in got]
    tap.answer(f"{case['file']}: {case['name']}", problems + faults_of(out, x12))


def test_known(name):
    """A file in known/ and the 999 beside it."""
    file, _ = os.path.splitext(os.path.join(HERE, "known", name))
    _, out, err = tap.run("ack", "--date", "2026-01-15T09:30", file + ".edi")
    problems = [f"said: {line}" for line in err.decode().splitlines()]
    got, expected = out.decode().splitlines(), tap.read(file + ".999").decode().splitlines()
    if out != tap.read(file + ".999"):
        problems += [f"{line}" for line in difflib.unified_diff(expected, got, "known", "got", lineterm="")]
    tap.answer(f"known: {name}", problems + faults_of(tap.read(file + ".999"), tap.read(file + ".edi")))


def test_every_code_is_known():
    """Of each code that ack gives there is a 999 in known/; the others, KNOWN-LIMITATIONS lists."""
    told = {"IK3": set(), "IK4": set()}
    for name in os.listdir(os.path.join(HERE, "known")):
        if name.endswith(".999"):
            for segment in tap.read(os.path.join(HERE, "known", name)).decode().splitlines():
                elements = segment.rstrip("~'").replace("|", "*").split("*")
                if elements[0] in told:
                    told[elements[0]].add(elements[4] if elements[0] == "IK3" else elements[3])
    wanted = {"IK3": "1 2 3 4 5 6 7 8 I4 I6 I7 I9", "IK4": "1 2 3 4 5 6 7 8 9 10 12 13 I6 I9 I10 I12 I13"}
    problems = [f"{segment}: {code}" for segment, codes in wanted.items() for code in codes.split() if code not in told[segment]]
    tap.answer("of every code of a segment and an element a 999 is known", problems)


def test_corpus(folder):
    problems, answered = [], 0
    for path, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            file = os.path.join(path, name)
            status, out, _ = tap.run("ack", "--ta1", "--999", "--277ca", "--bad-values", file)
            answered += bool(out)
            # Codes that it repeats, an NPI for one, are as wrong as they came: that is level 5.
            findings = compared(out, tap.read(file), "--level", "4") if out else b""
            if findings or status not in (0, 1, 3):
                problems.append(f"{name}: status {status}")
                problems += findings.decode().splitlines()
    tap.answer(f"{answered} answers to the files of others are valid", problems)


for file in sorted(os.listdir(HERE)):
    if file.endswith(".cases"):
        for one in read_cases(file):
            test_case(one | {"file": file})
for one in sorted(os.listdir(os.path.join(HERE, "known"))):
    if one.endswith(".edi"):
        test_known(one)
test_every_code_is_known()
if os.path.isdir(sys.argv[1]):
    test_corpus(sys.argv[1])
else:
    tap.skip("the files of others", f"there is no {sys.argv[1]}")
tap.finish()
