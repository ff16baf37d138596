#!/usr/bin/env python3
"""Every file of a corpus: there and back with the same bytes, nothing of an 835 left over that is not known, JSON as its schema says.

usage: run.py REMEDI CORPUS    (by python3 with jsonschema, or the schema is not checked)

Answers in TAP. leftovers.tsv lists what the guide of the 835 has no place for, each with the reason.
"""
import collections
import csv
import json
import os
import subprocess
import sys
import tempfile

try:
    import jsonschema
except ImportError:
    jsonschema = None

HERE = os.path.dirname(os.path.abspath(__file__))
NOT_X12 = "E1001"
# Findings that leave something without its place in the guide.
LEFTOVER = {"E1017", "E2003", "W2004", "E2005", "W2007"}
GUIDE = "005010X221A1"
# Where qualifiers stand that the guide does not list.
OTHERS = {"otherAmounts", "otherContacts", "otherDates", "otherEntities", "otherParties", "otherQuantities", "otherReferences", "otherRemarks"}


class Remedi:
    def __init__(self, program):
        self.program = program

    def run(self, *arguments):
        """Its exit status, what it wrote, and its findings."""
        done = subprocess.run([self.program, *arguments], capture_output=True, check=False)
        return done.returncode, done.stdout, done.stderr

    def json(self, path, *options):
        status, out, err = self.run("json", "--format", "json", "--max-findings", "1000000", *options, path)
        return status, out, [json.loads(line) for line in err.decode().splitlines()]

    def x12(self, text):
        with tempfile.NamedTemporaryFile(suffix=".json") as file:
            file.write(text)
            file.flush()
            return self.run("x12", file.name)[1]

    def schema(self, *options):
        status, out, err = self.run("json", "--schema", *options)
        if status != 0:
            sys.exit(f"remedi json --schema: {err.decode()}")
        return json.loads(out)


class Report:
    def __init__(self):
        self.count = self.failed = 0

    def say(self, problems, name):
        self.count += 1
        self.failed += bool(problems)
        for problem in problems:
            print("#", problem)
        print("not ok" if problems else "ok", self.count, "-", name)


def files_of(corpus):
    for folder, _, names in os.walk(corpus):
        if folder != corpus:
            yield from (os.path.join(folder, name) for name in names)


def is_remittance(document):
    return any(transaction.get("guide") == GUIDE for interchange in document["interchanges"] for group in interchange.get("groups", [])
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
    for codes, keys in (({"E1017", "E2003", "E2005"}, {"unmapped"}), ({"W2004"}, OTHERS)):
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


def check(remedi, validators, path, name):
    """What is wrong with one file, and what it leaves over."""
    with open(path, "rb") as file:
        original = file.read()
    status, text, findings = remedi.json(path)
    if status > 1:
        alone = [one["code"] for one in findings] == [NOT_X12] and status == 3
        return ([] if alone else [f"exit status {status}"]), set()
    _, lines, _ = remedi.json(path, "--lines")
    problems = [f"{form}: other bytes came back" for form, value in (("document", text), ("lines", lines)) if remedi.x12(value) != original]
    document = json.loads(text)
    problems += schema_problems(validators, document, [json.loads(line) for line in lines.splitlines()])
    if not is_remittance(document):
        return problems, set()
    left, untold = leftovers(name, document, findings)
    return problems + untold, left


def make_validators(remedi):
    if jsonschema is None:
        return None
    kinds = {"document": remedi.schema(), "line": remedi.schema("--lines")}
    return {kind: jsonschema.Draft202012Validator(schema) for kind, schema in kinds.items()}


def main(program, corpus):
    if not os.path.isdir(corpus):
        print("1..0 # SKIP NOT RUN: the corpus is not at hand:", corpus)
        return 0
    remedi, report, left = Remedi(program), Report(), set()
    validators = make_validators(remedi)
    for path in sorted(files_of(corpus)):
        name = os.path.relpath(path, corpus)
        problems, leftover = check(remedi, validators, path, name)
        left |= leftover
        report.say(problems, name)
    known = known_leftovers()
    report.say([f"new: {row}" for row in sorted(left - known)] + [f"gone: {row}" for row in sorted(known - left)], "leftovers are those in leftovers.tsv")
    if validators is None:
        print(f"ok {report.count + 1} - schema # SKIP NOT RUN: python3-jsonschema is missing")
        report.count += 1
    print(f"1..{report.count}")
    return report.failed > 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
