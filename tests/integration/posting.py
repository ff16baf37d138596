"""The posting view adds up: every row, every claim, every payment, to the cent, by decimals of Python and an X12 reader of its own."""
import csv
import io
import os
import subprocess
from decimal import Decimal, InvalidOperation

import tap

GENERATED = os.environ.get("GENERATED", "tests/generated/generated")
CORPUS = os.path.join(tap.SOURCE, "..", "shared", "corpus")
SEEDS = int(os.environ.get("POSTING_SEEDS", 200))
ADJUSTMENTS = ["deductible", "coinsurance", "copay", "other_patient", "contractual", "other_adjustment"]
AMOUNTS = ["charge", "paid", *ADJUSTMENTS]


class Unbalanced(Exception):
    """What is read does not add up itself, or is no 835 that could."""


def amount(element):
    try:
        return Decimal(element)
    except InvalidOperation as error:
        raise Unbalanced from error


def segments_of(text):
    start = text.find("ISA")
    if start < 0 or len(text) < start + 106:
        raise Unbalanced
    element, terminator = text[start + 3], text[start + 105]
    for segment in text[start:].split(terminator):
        elements = segment.strip("\r\n").split(element)
        if elements != [""]:
            yield elements + [""] * (22 - len(elements))


class Payment:
    """One transaction, as far as its balance goes."""

    def __init__(self):
        self.paid = None
        self.claims = []  # charge, paid, adjustments, lines of the same three
        self.provider = Decimal(0)

    def take(self, segment):
        name = segment[0]
        if name == "BPR":
            self.paid = amount(segment[2])
        elif name == "CLP":
            self.claims.append([amount(segment[3]), amount(segment[4]), Decimal(0), []])
        elif name == "SVC":
            self.claims[-1][3].append([amount(segment[2]), amount(segment[3]), Decimal(0)])
        elif name == "CAS":
            claim = self.claims[-1]
            (claim[3][-1] if claim[3] else claim)[2] += sum(amount(segment[i + 1]) for i in range(2, 20, 3) if segment[i])
        elif name == "PLB":
            self.provider += sum(amount(segment[i + 1]) for i in range(3, 15, 2) if segment[i])

    def require_balance(self):
        for charge, paid, adjusted, lines in self.claims:
            balanced = charge - adjusted - sum(line[2] for line in lines) == paid and all(line[0] - line[2] == line[1] for line in lines)
            whole = not lines or (charge == sum(line[0] for line in lines) and paid == sum(line[1] for line in lines) - adjusted)
            if not balanced or not whole:
                raise Unbalanced
        if self.paid is None or self.paid != sum(claim[1] for claim in self.claims) - self.provider:
            raise Unbalanced


def payments_of(text):
    payments = []
    for segment in segments_of(text):
        if segment[0] == "ST":
            if segment[1] != "835":
                raise Unbalanced
            payments.append(Payment())
        elif payments:
            try:
                payments[-1].take(segment)
            except IndexError as error:
                raise Unbalanced from error
    if not payments:
        raise Unbalanced
    for payment in payments:
        payment.require_balance()
    return payments


def rows_of(x12, *options):
    _, out, _ = tap.run("csv", *options, stdin=x12)
    return list(csv.DictReader(io.StringIO(out.decode("utf-8-sig"), newline="")))


def totals(rows):
    return {name: sum(Decimal(row[name]) for row in rows) for name in AMOUNTS}


def row_problems(rows):
    for number, row in enumerate(rows, 2):
        if Decimal(row["charge"]) - sum(Decimal(row[name]) for name in ADJUSTMENTS) != Decimal(row["paid"]):
            yield f"row {number} does not add up"


def problems_of(x12, payments):
    """What does not add up in the rows of a balanced 835."""
    rows = rows_of(x12)
    found = list(row_problems(rows))[:3]
    total = totals(rows)
    if total["charge"] != sum(claim[0] for payment in payments for claim in payment.claims):
        found.append("the charges are not those of the claims")
    if total["paid"] - sum(payment.provider for payment in payments) != sum(payment.paid for payment in payments):
        found.append("paid and provider adjustments are not the payment")
    adjustments = rows_of(x12, "--view", "835-provider-adjustments")
    if sum(Decimal(row["amount"]) for row in adjustments) != sum(payment.provider for payment in payments):
        found.append("the provider's adjustments are others")
    return found


def remittances():
    """Balanced 835s: name and bytes."""
    for path in tap.samples():
        yield os.path.basename(path), tap.read(path)
    for folder, _, names in sorted(os.walk(CORPUS)):
        for name in sorted(names):
            yield name, tap.read(os.path.join(folder, name))
    if os.access(GENERATED, os.X_OK):
        for seed in range(0, 2 * SEEDS, 2):
            yield f"seed {seed}", subprocess.run([GENERATED, "1", "835", str(seed)], capture_output=True, check=True).stdout


def test_balanced():
    problems, balanced, claims, generated = [], 0, 0, 0
    for name, x12 in remittances():
        try:
            payments = payments_of(x12.decode("latin-1"))
        except Unbalanced:
            continue
        if tap.run("csv", stdin=x12)[0] != 0:
            continue  # segments where no remittance has them
        balanced += 1
        generated += name.startswith("seed")
        claims += sum(len(payment.claims) for payment in payments)
        problems += [f"{name}: {problem}" for problem in problems_of(x12, payments)]
    if balanced < len(tap.samples()):
        problems.append("some of the samples are not balanced")
    tap.answer(f"posting: {balanced} balanced remittances ({generated} generated) with {claims} claims add up", problems[:10])


CLAIM = """ISA*00*          *00*          *ZZ*SENDER         *ZZ*RECEIVER       *190101*1253*^*00501*000000905*0*P*:~
GS*HP*SENDER*RECEIVER*20190101*1253*1*X*005010X221A1~
ST*835*0001~
BPR*I*{paid}*C*CHK************20190316~
TRN*1*71700666555*1935665544~
N1*PR*PLAIN HEALTH~
N1*PE*GOOD CLINIC*XX*1999999984~
LX*1~
{claims}SE*9*0001~
GE*1*1~
IEA*1*000000905~
"""

# What is told of a claim: its segments, and the rows that must come of it, by some of their columns.
TOLD = [
    ("adjustments of a claim with services have a row of their own", "80",
     "CLP*1*1*200*80**12*9~CAS*CO*45*50~CAS*PR*1*20~SVC*HC:99214*150*100~CAS*CO*45*50~SVC*HC:99215*50*50~",
     [("0", "-70", "20", "50", "CO-45:50 PR-1:20"), ("150", "100", "0", "50", "CO-45:50"), ("50", "50", "0", "0", "")]),
    ("a claim without services is one row", "150",
     "CLP*1*1*200*150**12*9~CAS*CO*45*50~", [("200", "150", "0", "50", "CO-45:50")]),
    ("a stay paid by its group: services as charged, and the claim takes the rest away", "6200",
     "CLP*1*1*9000*6200**12*9*11*1**470*1.5~CAS*CO*45*2800~SVC*NU:0120*5000*5000~SVC*NU:0250*4000*4000~",
     [("0", "-2800", "0", "2800", "CO-45:2800"), ("5000", "5000", "0", "0", ""), ("4000", "4000", "0", "0", "")]),
    ("services for information only: the rows are still the claim's in sum", "6200",
     "CLP*1*1*9000*6200**12*9*11*1**470*1.5~CAS*CO*45*2800~SVC*NU:0120*5000*0~SVC*NU:0250*4000*0~",
     [("0", "6200", "0", "2800", "CO-45:2800"), ("5000", "0", "0", "0", ""), ("4000", "0", "0", "0", "")]),
    ("a reversal is negative throughout", "-150",
     "CLP*1*22*-200*-150**12*9~SVC*HC:99214*-200*-150~CAS*CO*45*-50~", [("-200", "-150", "0", "-50", "CO-45:-50")]),
    ("several reasons in one segment, several segments of a group", "10",
     "CLP*1*1*200*10**12*9~SVC*HC:99214*200*10~CAS*PR*1*100**2*20**3*5~CAS*PR*1*15~CAS*OA*23*50~",
     [("200", "10", "115", "0", "PR-1:100 PR-2:20 PR-3:5 PR-1:15 OA-23:50")]),
    ("what is no number cannot be told", "150",
     "CLP*1*1*200*150**12*9~SVC*HC:99214*200*150~CAS*CO*45*5O~", [("200", "150", "0", "?", "CO-45:5O")]),
    ("an adjustment without an amount cannot be told", "150",
     "CLP*1*1*200*150**12*9~SVC*HC:99214*200*150~CAS*CO*45~", [("200", "150", "0", "?", "CO-45:")]),
    ("a group that no guide knows is another adjustment", "150",
     "CLP*1*1*200*150**12*9~SVC*HC:99214*200*150~CAS*ZZ*45*50~", [("200", "150", "0", "0", "ZZ-45:50")]),
]


def test_told():
    for name, paid, claims, expected in TOLD:
        rows = rows_of(CLAIM.format(paid=paid, claims=claims).encode())
        got = [tuple(row[column] for column in ("charge", "paid", "deductible", "contractual", "codes")) for row in rows]
        tap.answer(f"posting: {name}", [] if got == expected else [f"{got}"])


def test():
    test_balanced()
    test_told()
