"""A remittance that is cut off, or has a byte changed or put in anywhere, comes back from JSON as the same bytes; what is no X12 any more is refused."""
import os

import tap

# NUL, FF, what separates and ends in the sample, a line break, and half of a character.
BYTES = b"\x00\xff*:~\n\x80"
STEP = 35 if tap.INSTRUMENTED else 7


def damaged(x12):
    for at in range(1, len(x12), STEP):
        yield f"cut at {at}", x12[:at]
    for number, byte in enumerate(BYTES):
        for at in range(number, len(x12), STEP):
            yield f"{byte:02x} at {at}", x12[:at] + bytes([byte]) + x12[at + 1:]
        for at in range(number, len(x12), 2 * STEP):
            yield f"{byte:02x} put in at {at}", x12[:at] + bytes([byte]) + x12[at:]


def problem(name, x12):
    status, text, findings = tap.to_json(x12)
    if status == 3:
        return [] if len(findings) == 1 else [f"{name}: refused with {len(findings)} findings"]
    if status not in (0, 1):
        return [f"{name}: exit status {status}"]
    return [] if tap.to_x12(text) == x12 else [f"{name}: other bytes come back"]


def test():
    x12 = tap.read(os.path.join(tap.SOURCE, "samples", "remittance-reversal.835"))
    wrong = []
    for name, text in damaged(x12):
        wrong += problem(name, text)
    tap.answer("damage: remittance-reversal.835", wrong)
