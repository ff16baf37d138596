#!/usr/bin/env python3
"""Every file of a corpus: there and back with the same bytes, nothing left over that is not known, JSON as its schema says.

usage: REMEDI=COMMAND run.py CORPUS    (by a python3 with jsonschema, or the schema is not checked)

leftovers.tsv lists what the guides have no place for, each with the reason.
"""
import csv
import json
import os
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

import checked
import tap

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_X12 = "E1001"
# Findings that leave something without its place in the guide.
LEFTOVER = {"E1017", "E2003", "W2004", "E2005", "W2007", "E2010", "N2011"}
# Where qualifiers and levels stand that the guide does not list.
OTHERS = {"otherAmounts", "otherCodes", "otherConditions", "otherContacts", "otherContexts", "otherDates", "otherEntities", "otherLevels", "otherMeasurements", "otherNotes",
          "otherPaperwork", "otherParties", "otherProviders", "otherQuantities", "otherReferences", "otherRemarks"}


def files_of(corpus):
    for folder, _, names in os.walk(corpus):
        if folder != corpus:
            yield from (os.path.join(folder, name) for name in names)


def has_guide(document):
    return any("guide" in transaction for interchange in document["interchanges"] for group in interchange.get("groups", [])
               for transaction in group.get("transactions", []))


def held_under(keys, value):
    """How many items the lists under these keys have."""
    if isinstance(value, list):
        return sum(held_under(keys, item) for item in value)
    if isinstance(value, dict):
        return sum(len(value[key]) for key in keys & value.keys()) + sum(held_under(keys, item) for item in value.values())
    return 0


def place(finding):
    element = f", element {finding['element']}" if "element" in finding else ""
    return f"line {finding['line']}, segment {finding['segmentNumber']}{element}"


def leftovers(name, document, findings):
    """The findings as rows of leftovers.tsv, and what of the document no finding tells of."""
    found = [one for one in findings if one["code"] in LEFTOVER]
    problems = []
    for codes, keys in (({"E1017", "E2003", "E2005", "E2010", "N2011"}, {"unmapped"}), ({"W2004"}, OTHERS)):
        told, held = sum(one["code"] in codes for one in found), held_under(keys, document)
        if told != held:
            problems.append(f"{held} under {sorted(keys)}, but {told} findings")
    return {(name, place(one), one["code"]) for one in found}, problems


def known_leftovers():
    with open(os.path.join(HERE, "leftovers.tsv"), newline="", encoding="utf-8") as file:
        return {(row["file"], row["where"], row["code"]) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}


def schema_problems(validators, document, lines):
    if not validators:
        return []
    checks = [(validators["document"], document)] + [(validators["line"], line) for line in lines]
    errors = (error for validator, instance in checks for error in validator.iter_errors(instance))
    return [f"schema: {'/'.join(map(str, error.absolute_path))}: {error.validator}" for error in errors][:5]


def from_tables(path):
    """The X12 that comes back from the tables of a file."""
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "tables")
        tap.run("csv", "--tables", tables, path)
        return tap.run("x12", tables)[1]


def check(validators, path, name):
    """What is wrong with one file, and what it leaves over."""
    original = tap.read(path)
    status, text, findings = tap.to_json(original)
    if status > 1:
        alone = [one["code"] for one in findings] == [NOT_X12] and status == 3
        return ([] if alone else [f"exit status {status}"]), set()
    _, lines, _ = tap.to_json(original, "--lines")
    problems = [f"{form}: other bytes came back" for form, value in (("document", text), ("lines", lines)) if tap.to_x12(value) != original]
    problems += [] if from_tables(path) == original else ["tables: other bytes came back"]
    document = json.loads(text)
    problems += schema_problems(validators, document, [json.loads(line) for line in lines.splitlines()])
    if not has_guide(document):
        return problems, set()
    left, untold = leftovers(name, document, findings)
    return problems + untold, left


def make_validators():
    if jsonschema is None:
        return None
    schemas = {"document": tap.run("json", "--schema"), "line": tap.run("json", "--schema", "--lines")}
    return {kind: jsonschema.Draft202012Validator(json.loads(out)) for kind, (_, out, _) in schemas.items()}


def main(corpus):
    if not os.path.isdir(corpus):
        print("1..0 # SKIP NOT RUN: the corpus is not at hand:", corpus)
        return
    validators, left, known = make_validators(), set(), known_leftovers()
    for path in sorted(files_of(corpus)):
        name = os.path.relpath(path, corpus)
        problems, leftover = check(validators, path, name)
        left |= leftover
        tap.answer(name, problems)
    tap.answer("leftovers are those in leftovers.tsv", [f"new: {row}" for row in sorted(left - known)] + [f"gone: {row}" for row in sorted(known - left)])
    checked.test(corpus)
    if validators is None:
        tap.skip("JSON is as its schema says", "python3-jsonschema is missing")
    tap.finish()


if __name__ == "__main__":
    main(sys.argv[1])
