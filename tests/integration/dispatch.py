"""Which guide a transaction is read with: by ST03 or GS08, else by what tells its kin apart, and with a finding where that is not its own."""
import json
import os

import tap

PROFESSIONAL, INSTITUTIONAL = "claim-professional-self.837", "claim-institutional-inpatient.837"
STATUS, ACKNOWLEDGMENT = "status-pending.277", "claim-acknowledgment-mixed.277"
NEAR, NONE = ["W2002"], ["W2001"]

# (sample, what stands in it for the guide's own id, the guide that it is read with, the findings)
VERSIONS = [
    (PROFESSIONAL, "005010X222A1", "005010X222A1", []),
    (PROFESSIONAL, "005010X222", "005010X222A1", NEAR),
    (PROFESSIONAL, "005010X222A2", "005010X222A1", NEAR),
    (PROFESSIONAL, "005010X291", "005010X222A1", NEAR),
    (PROFESSIONAL, "005010", "005010X222A1", NEAR),
    (PROFESSIONAL, "", "005010X222A1", NEAR),
    (PROFESSIONAL, "004010X098A1", None, NONE),
    (PROFESSIONAL, "006020X323", None, NONE),
    (INSTITUTIONAL, "005010X223", "005010X223A2", NEAR),
    (INSTITUTIONAL, "005010X223A1", "005010X223A2", NEAR),
    (INSTITUTIONAL, "005010X223A3", "005010X223A2", NEAR),
    (INSTITUTIONAL, "005010X298", "005010X223A2", NEAR),
    (INSTITUTIONAL, "", "005010X223A2", NEAR),
    (INSTITUTIONAL, "004010X096A1", None, NONE),
    ("remittance-paid.835", "005010X221", "005010X221A1", NEAR),
    ("remittance-paid.835", "005010X279A1", "005010X221A1", NEAR),
    ("remittance-paid.835", "004010X091A1", None, NONE),
    ("eligibility-inquiry-subscriber.270", "005010X279", "005010X279A1", NEAR),
    ("eligibility-active.271", "005010X279", "005010X279A1", NEAR),
    ("eligibility-active.271", "004010X092A1", None, NONE),
    ("status-request-claim.276", "005010", "005010X212", NEAR),
    (STATUS, "005010X212E1", "005010X212", NEAR),
    (STATUS, "005010X228", "005010X212", NEAR),
    (ACKNOWLEDGMENT, "005010", "005010X214", NEAR),
    (ACKNOWLEDGMENT, "005010X228", "005010X214", NEAR),
    ("acknowledgment-accepted.999", "005010X231", "005010X231A1", NEAR),
]

# (what, sample, what stands in it, what for it, the guide, the findings)
CHANGES = [
    ("GS08 alone names it", PROFESSIONAL, b"*0001*005010X222A1~", b"*0001~", "005010X222A1", []),
    ("ST03 before GS08", PROFESSIONAL, b"*X*005010X222A1~", b"*X*005010X223A2~", "005010X222A1", []),
    ("no group", "status-pending.277", None, None, "005010X212", ["E1011"]),
    ("another transaction", PROFESSIONAL, b"ST*837*0001*005010X222A1", b"ST*850*0001", None, NONE),
]


def problems(x12, guide, codes):
    _, text, findings = tap.to_json(x12)
    found = [one["code"] for one in findings]
    wrong = [] if tap.to_x12(text) == x12 else ["other bytes came back"]
    transaction = json.loads(text)["interchanges"][0]["groups"][0]["transactions"][0]
    if transaction.get("guide") != guide or (guide is None) != ("segments" in transaction):
        wrong.append(f"read with {transaction.get('guide')}")
    return wrong + ([] if found == codes else [f"findings: {found}"])


def test():
    for name, version, guide, codes in VERSIONS:
        x12 = tap.read(os.path.join(tap.SOURCE, "samples", name))
        own = x12[x12.index(b"*X*") + 3:x12.index(b"~\nST")]
        tap.answer(f"dispatch: {name} as {version or 'nothing'}", problems(x12.replace(own, version.encode()), guide, codes))
    for what, name, old, new, guide, codes in CHANGES:
        x12 = tap.read(os.path.join(tap.SOURCE, "samples", name))
        if old is None:
            x12 = b"".join(line for line in x12.splitlines(keepends=True) if not line.startswith((b"GS", b"GE")))
        tap.answer(f"dispatch: {what}", problems(x12.replace(old, new) if old else x12, guide, codes))
