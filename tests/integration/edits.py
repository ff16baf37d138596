"""An amount that somebody edits in the JSON changes its own bytes of the X12, however dirty, and no others."""
import json
import os

import tap

NAMES = [
    "remittance-paid.835", "remittance-institutional.835", "remittance-provider-adjustment.835", "claim-professional-secondary.837",
    "claim-institutional-secondary.837", "eligibility-active.271", "status-several-providers.277", "claim-acknowledgment-services.277",
]
BREAKS = ["\n", "\r\n", "", "\n\n", "\n   "]
NEW = "70707.07"


def dirty(x12):
    """The same segments with trailing separators, odd amounts, uneven line breaks, strangers between, and so wrong counts."""
    made = []
    for number, segment in enumerate(x12.decode().rstrip("~\n").split("~\n")):
        if number > 2 and number % 3 == 0:
            segment += "**"
        if segment.startswith(("CLP", "SVC")):
            segment = segment.replace("0*", "0.00*")
        made.append(segment + "~" + (BREAKS[number % len(BREAKS)] if number else "\n"))
        if number > 2 and number % 7 == 0:
            made.append("ZZZ*A**~")
    return "".join(made).encode()


def amounts(value):
    """(holder, key) of each amount below."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if isinstance(inner, str) and str(key).lower().endswith("amount"):
            yield value, key
        elif key != "x12":
            yield from amounts(inner)


def replaced_once(original, old, new, result):
    at = original.find(old)
    while at >= 0:
        if original[:at] + new + original[at + len(old):] == result:
            return True
        at = original.find(old, at + 1)
    return False


def problems(x12):
    document = json.loads(tap.to_json(x12)[1])
    wrong, count = [], 0
    for holder, key in list(amounts(document)):
        old, holder[key] = holder[key], NEW
        result = tap.to_x12(json.dumps(document, ensure_ascii=False).encode())
        if not replaced_once(x12, old.encode(), NEW.encode(), result):
            wrong.append(f"{key} {old}: other bytes changed, or none")
        holder[key] = old
        count += 1
    return wrong if count else ["no amounts"]


def test():
    for name in NAMES:
        x12 = tap.read(os.path.join(tap.SOURCE, "samples", name))
        tap.answer(f"edits: {name}", problems(x12))
        tap.answer(f"edits: {name}, dirty", problems(dirty(x12)))
