#!/usr/bin/env python3
"""Compares a compiled guide (`guidec dump`) with an independent table of the same guide, row by row.

usage: compare.py DUMP REFERENCE EXCEPTIONS

EXCEPTIONS has tab-separated lines: path, row (CLP02, or the segment's or loop's id), column, ours, theirs, reason. Every
difference that does not stand there is a failure, and so is every line there that no difference needs.
Exit status: 0 equal, 1 not, 77 the reference is not at hand.
"""
import csv
import os
import sys

# Our names of the code lists, and the numbers of the external code sources.
LISTS = {
    "adjustment-reason": "139", "admission-source": "230", "admission-type": "231", "claim-frequency": "235", "claim-status": "508",
    "claim-status-category": "507", "countries": "5", "country-subdivisions": "5", "currencies": "5", "dental": "135", "drg": "229", "facility-type": "237|ecs236", "hcpcs": "130",
    "hipps": "716", "home-infusion": "513", "nature-of-injury": "284", "occupational-injury": "407", "ndc": "240", "npi": "537", "patient-status": "239", "segment-ids": "77",
    "place-of-service": "237", "plan-id": "540", "postal-code": "51", "reject-reason": "530", "remark": "411", "revenue": "132",
    "states": "22", "taxonomy": "682", "type-of-bill": "236",
}
COLUMNS = ["kind", "path", "id", "use", "rep", "type", "min", "max", "gmax", "codes", "de"]


def read(name):
    with open(name, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def codes_of(rows):
    """The codes of each element, to stand in for a qualifier that no sibling makes necessary."""
    return {(row["path"], row["n"], row["id"]): set(row["codes"].split(",")) for row in rows if row["kind"] == "E"}


def qualifier(row):
    element, _, codes = row["qual"].partition("=")
    return element.split(" ")[-1], frozenset(codes.split("|"))


def same_qualifier(ours, theirs, our_codes):
    if qualifier(ours) == qualifier(theirs):
        return True
    element, codes = qualifier(theirs)
    return "=" not in ours["qual"] and our_codes.get((ours["path"], ours["n"], element)) == codes


def external(row):
    """Code sources as a set of numbers; by qualifier where the table says how."""
    text = row["ext"]
    if text.startswith("by "):
        pairs = text[text.index("{") + 1:].strip(" }").split()
        lists = dict(zip(pairs[::2], pairs[1::2]))
        if "none" in lists:  # the table knows only this one
            return {f"ecs{LISTS[lists['none']]}"}
        return {f"{code}=ecs{LISTS.get(name, name)}" for code, name in lists.items()}
    if text.startswith("q:") and "=" in text:
        return set(text.split(":")[-1].split("|"))
    if text.startswith("q:ecs"):
        return {text[2:]}
    return {f"ecs{LISTS[text]}"} if text in LISTS else {text} - {""}


def same_external(ours, theirs):
    if theirs["ext"].startswith("q:") and "=" not in theirs["ext"] and "ecs" not in theirs["ext"]:
        return ours["ext"].startswith("by ")
    return external(ours) == external(theirs)


def order_classes(rows):
    """Which neighbours within a loop may come in any order."""
    seen = {}
    for index, row in enumerate(rows):
        if row["kind"] == "E":
            continue
        parent = row["path"].rpartition("/")[0] or "ST" if row["kind"] == "L" else row["path"]
        seen.setdefault(parent, []).append((index, row["pos"]))
    return {b: a_pos == b_pos for group in seen.values() for (_, a_pos), (b, b_pos) in zip(group, group[1:])}


def blocks(rows):
    """Each loop's row, and each segment's with those of its elements."""
    found = []
    for row in rows:
        if row["kind"] == "E":
            found[-1].append(row)
        else:
            found.append([row])
    return found


def both(ours, more):
    """Two slots as the one that the reference has for both of their qualifiers."""
    for a, b in zip(ours, more):
        if a["codes"] != b["codes"]:
            a["codes"] += "," + b["codes"]
    ours[0]["qual"] += "|" + more[0]["qual"].partition("=")[2]
    ours[0]["rep"] = str(int(ours[0]["rep"]) + int(more[0]["rep"]))
    return ours


def joined(ours, theirs):
    """Our rows, with neighbours put together where the reference has one slot for their qualifiers, and we a name for each."""
    rest, rows = blocks(ours), []
    for reference in blocks(theirs):
        if not rest:
            break
        block = rest.pop(0)
        while rest and block[0]["kind"] == "S" and rest[0][0]["id"] == block[0]["id"] and \
                qualifier(block[0])[1] | qualifier(rest[0][0])[1] <= qualifier(reference[0])[1]:
            block = both(block, rest.pop(0))
        rows += block
    return rows + sum(rest, [])


def differences(ours, theirs):
    our_codes, our_order, their_order = codes_of(ours), order_classes(ours), order_classes(theirs)
    for index, (a, b) in enumerate(zip(ours, theirs)):
        for column in COLUMNS:
            mine, other = a[column], b[column]
            if column == "codes":
                mine, other = ",".join(sorted(mine.split(","))), ",".join(sorted(other.split(",")))
            if mine != other:
                yield b, column, a[column], b[column]
        if a["kind"] == "E" and b["use"] != "N" and not same_external(a, b):
            yield b, "ext", a["ext"], b["ext"]
        if a["kind"] == "S" and not same_qualifier(a, b, our_codes):
            yield b, "qual", a["qual"], b["qual"]
        if our_order.get(index) != their_order.get(index):
            yield b, "pos", a["pos"], b["pos"]
    if len(ours) != len(theirs):
        yield theirs[-1], "rows", str(len(ours)), str(len(theirs))


def main():
    dump, reference, exceptions = sys.argv[1:]
    if not os.path.exists(reference):
        print(f"SKIP: {os.path.basename(reference)}: the reference tables are not at hand")
        return 77
    with open(exceptions, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if line.strip() and not line.startswith("#")]
    allowed = {tuple(line[:5]): line[5] for line in lines}
    used, failed = set(), 0
    theirs = read(reference)
    ours = joined(read(dump), theirs)
    for row, column, mine, other in differences(ours, theirs):
        key = (row["path"], row["id"], column, mine, other)
        if key in allowed:
            used.add(key)
            continue
        failed += 1
        print(f"{row['path']} {row['id']}: {column} is {mine or 'empty'} here, {other or 'empty'} in the reference")
    for key in allowed.keys() - used:
        failed += 1
        print("no difference needs this exception:", *key)
    print(f"{os.path.basename(dump)}: {len(ours)} rows, {len(used)} exceptions, {failed} differences")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
