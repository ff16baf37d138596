"""What flat views show of claims and inquiries is what rows may say: rows that were made of X12 become X12 that makes the same rows."""
import csv
import io
import os
import re
import tempfile

import tap

# What only the profile says, or only a file that is read.
APART = {"billing_provider", "billing_npi", "tax_id", "receiver", "line_number", "drug_code", "drug_quantity", "file", "offset"}
APART_OF = {"270": {"provider", "provider_id"}}
KINDS = {"837P": ("claim-professional-", ".837"), "837I": ("claim-institutional-", ".837"), "270": ("eligibility-inquiry-", ".270"), "276": ("status-request-", ".276")}


def profile(kind, folder):
    """The template, with something behind each empty name."""
    _, template, _ = tap.run("x12", "--profile-template", kind)
    path = os.path.join(folder, kind)
    with open(path, "wb") as file:
        file.write(re.sub(rb"= *$", b"= X1", template, flags=re.MULTILINE))
    return path


def rows_of(x12, kind):
    apart = APART | APART_OF.get(kind, set())
    table = tap.run("csv", stdin=x12)[1]
    return table, [{name: value for name, value in row.items() if name not in apart} for row in csv.DictReader(io.StringIO(table.decode(), newline=""))]


def problems(sample, path, kind):
    table, rows = rows_of(tap.read(sample), kind)
    _, x12, err = tap.run("x12", "--profile", path, "--date", "2026-01-15", stdin=table)
    again = rows_of(x12, kind)[1]
    if rows == again:
        return []
    changed = [f"{name}: {old[name]!r}, then {new[name]!r}" for old, new in zip(rows, again) for name in old if old[name] != new[name]]
    return changed[:3] or err.decode().splitlines()[:3] or [f"{len(rows)} rows, then {len(again)}"]


def test():
    folder = os.path.join(tap.SOURCE, "samples")
    with tempfile.TemporaryDirectory() as made:
        for kind, (begin, end) in KINDS.items():
            path = profile(kind, made)
            names = [name for name in sorted(os.listdir(folder)) if name.startswith(begin) and name.endswith(end)]
            found = [f"{name}: {problem}" for name in names for problem in problems(os.path.join(folder, name), path, kind)]
            tap.answer(f"rows: {len(names)} samples of {kind} as rows, and back", found if names else ["no samples"])
