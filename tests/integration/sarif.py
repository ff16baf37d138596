"""SARIF: what the standard's schema requires of a document, and what a pipeline does with it."""
import json
import os
import subprocess
import tempfile

import tap

LEVELS = {"error", "warning", "note"}
SAMPLE = os.path.join(tap.SOURCE, "samples", "claim-professional-self.837")
JOB = os.path.join(tap.SOURCE, "samples", "check-claims.sh")


def damaged():
    """A claim with a wrong code, a charge that is out by a cent, and a date that is none."""
    return tap.read(SAMPLE).replace(b":B:1*", b":Q:1*").replace(b"DTP*472*D8*2026", b"DTP*472*D8*2O26")


def problems_of(document):
    """What SARIF 2.1.0 asks for, of the parts that are used."""
    if document.get("version") != "2.1.0" or "sarif-2.1.0" not in document.get("$schema", ""):
        yield "version or schema"
    for run in document["runs"]:
        driver = run["tool"]["driver"]
        rules = [rule["id"] for rule in driver["rules"]]
        if driver["name"] != "remedi" or len(set(rules)) != len(rules):
            yield "the driver, or its rules"
        if any(rule["defaultConfiguration"]["level"] not in LEVELS or not rule["shortDescription"]["text"] for rule in driver["rules"]):
            yield "a rule without text or level"
        for result in run["results"]:
            yield from problems_of_result(result, rules)


def problems_of_result(result, rules):
    location = result["locations"][0]
    region = location["physicalLocation"].get("region", {})
    if rules[result["ruleIndex"]] != result["ruleId"] or result["level"] not in LEVELS or not result["message"]["text"]:
        yield f"result of {result['ruleId']}"
    if region.get("startLine", 1) < 1 or region.get("startColumn", 1) < 1 or region.get("byteOffset", 0) < 0 or "snippet" in region:
        yield f"region of {result['ruleId']}"
    if not result["partialFingerprints"] or not location["physicalLocation"]["artifactLocation"]["uri"]:
        yield f"fingerprint or file of {result['ruleId']}"


def test_document():
    status, out, _ = tap.run("check", "--format", "sarif", *tap.ALL_FINDINGS, stdin=damaged())
    document = json.loads(out)
    problems = list(problems_of(document))
    found = [result["ruleId"] for result in document["runs"][0]["results"]]
    if status != 1 or "E4010" not in found or "E4005" not in found:
        problems.append(f"status {status}, found {found}")
    tap.answer("a SARIF document has what the standard requires", problems)


def test_clean():
    status, out, _ = tap.run("check", "--format", "sarif", SAMPLE)
    document = json.loads(out)
    tap.answer("of a clean file it has no results", [] if status == 0 and document["runs"][0]["results"] == [] else [f"status {status}"])


def test_fingerprints():
    """A line break more at the end of each segment changes places in the file, but no fingerprint."""
    def fingerprints(x12):
        document = json.loads(tap.run("check", "--format", "sarif", *tap.ALL_FINDINGS, stdin=x12)[1])
        return [result["partialFingerprints"] for result in document["runs"][0]["results"]]
    before, after = fingerprints(damaged()), fingerprints(damaged().replace(b"~\n", b"~\r\n\r\n"))
    tap.answer("fingerprints outlive other line breaks", [] if before and before == after else ["they differ"])


def test_job():
    """The sample job: passes what is right, and stops where a file is not."""
    with tempfile.TemporaryDirectory() as folder:
        claims, report = os.path.join(folder, "claims"), os.path.join(folder, "out.sarif")
        os.mkdir(claims)
        results = []
        for name, x12 in (("right.837", tap.read(SAMPLE)), ("wrong.837", damaged())):
            with open(os.path.join(claims, name), "wb") as file:
                file.write(x12)
            done = subprocess.run(["sh", JOB, claims, report], capture_output=True, check=False, env={**os.environ, "REMEDI": tap.REMEDI})
            results.append((done.returncode, b"wrong.837" in done.stdout, len(json.loads(tap.read(report))["runs"][0]["results"]) > 0))
    tap.answer("the sample job stops a pipeline where a claim is wrong", [] if results == [(0, False, False), (1, True, True)] else [str(results)])


def test():
    test_document()
    test_clean()
    test_fingerprints()
    test_job()
