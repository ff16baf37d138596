"""No finding tells a value of the file: a marker planted in each place in turn must never be said."""
import json
import os

import tap

MARKER = "ZQXJKV7W"
FORMATS = ("text", "json")
CHECK_FORMATS = ("text", "json", "sarif")
X12_SAMPLES = [
    "acknowledgment-partly.999", "claim-acknowledgment-services.277", "claim-institutional-secondary.837", "claim-professional-secondary.837",
    "eligibility-inquiry-dependent.270", "eligibility-other-payer.271", "remittance-denied.835", "remittance-institutional.835",
    "remittance-secondary.835", "status-several-providers.277", "status-request-dependent.276",
]
JSON_SAMPLES = ["remittance-paid.835", "remittance-institutional.835", "remittance-secondary.835"]


def planted_x12(x12):
    """Copies of the file with the marker in one element, as one more element, or as one segment's id."""
    lines = x12.decode().splitlines(keepends=True)
    for number, line in enumerate(lines):
        elements = line.rstrip("~\n").split("*")
        for place in range(len(elements) + 1):
            changed = elements[:place] + [MARKER] + elements[place + 1:]
            yield number == 0, "".join(lines[:number] + ["*".join(changed) + "~\n"] + lines[number + 1:]).encode()


def batches(x12):
    """The copies whose ISA is whole can stand behind each other in one file."""
    whole = [copy for in_isa, copy in planted_x12(x12) if not in_isa]
    yield b"".join(whole)
    yield b"".join(whole)  # in the other format
    yield from (copy for in_isa, copy in planted_x12(x12) if in_isa)


def places(value):
    """(holder, key) of each value below."""
    items = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    for key, inner in items:
        yield value, key
        yield from places(inner)


def planted_json(document):
    """The document with the marker as a value, as a number's neighbour, and as a key, at each place in turn."""
    for holder, key in list(places(document)):
        old = holder[key]
        for new in (MARKER, [MARKER], {MARKER: MARKER}, MARKER + "*~:^\n"):
            holder[key] = new
            yield json.dumps(document).encode()
        holder[key] = old
        if isinstance(holder, dict):
            yield json.dumps(document).replace(json.dumps(key) + ":", json.dumps(MARKER) + ":", 1).encode()


def told(command, inputs, formats=FORMATS):
    """The formats take turns: what they print of a finding is the same. Those of check stand on stdout."""
    for number, stdin in enumerate(inputs):
        form = formats[number % len(formats)]
        _, out, err = tap.run(command, "--format", form, *tap.ALL_FINDINGS, stdin=stdin)
        if MARKER.encode() in err or (command == "check" and MARKER.encode() in out):
            yield f"remedi {command} told the marker, as {form}: input {number}"


def test():
    for name in X12_SAMPLES:
        x12 = tap.read(os.path.join(tap.SOURCE, "samples", name))
        problems = [*told("json", batches(x12)), *told("show", batches(x12)), *told("check", batches(x12), CHECK_FORMATS)]
        tap.answer(f"secrecy: X12, {name}", problems[:5])
    for name in JSON_SAMPLES:
        document = json.loads(tap.to_json(tap.read(os.path.join(tap.SOURCE, "samples", name)))[1])
        tap.answer(f"secrecy: JSON, {name}", list(told("x12", planted_json(document)))[:5])
