"""What remedi check says of the files of others: nothing of the right ones, and of the wrong ones what their source names.

errors.tsv: errors below SNIP level 5 in files that their source takes for right, each with the reason. named.tsv: what is wrong in files by
their source's own word, where that is a matter of the envelope or of a guide that is here.
"""
import csv
import json
import os

import tap

HERE = os.path.dirname(os.path.abspath(__file__))


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


NO_GUIDE = "W2001"


def errors_of(path, *options):
    """Code, line and place of each error, and of what has no guide: nobody can say more of it."""
    out = tap.run("check", "--format", "json", *tap.ALL_FINDINGS, *options, path)[1]
    for line in out.decode().splitlines():
        finding = json.loads(line)
        if finding["severity"] == "error" or finding["code"] == NO_GUIDE:
            part = "".join(f"{mark}{finding[key]:0{width}}" for key, mark, width in (("element", "", 2), ("component", "-", 1)) if key in finding)
            yield finding["code"], str(finding.get("line", "")), finding.get("segment", "") + part


def test(corpus):
    manifest = rows_of(os.path.join(corpus, "manifest.tsv"))
    right = [row["path"] for row in manifest if row["source_says"] == "valid" and not row["dirt"]]
    found = {(path, *error) for path in right for error in errors_of(os.path.join(corpus, path), "--level", "4") if error[0] != NO_GUIDE}
    known = {(row["path"], row["code"], row["line"], row["place"]) for row in rows_of(os.path.join(HERE, "errors.tsv"))}
    tap.answer(f"{len(right)} files that are right have no error but those in errors.tsv",
               [f"new: {error}" for error in sorted(found - known)] + [f"gone: {error}" for error in sorted(known - found)])
    wrong = {row["path"]: set(errors_of(os.path.join(corpus, row["path"]))) for row in manifest if row["source_says"] == "error"}
    tap.answer(f"{len(wrong)} files that are wrong have an error each, or no guide", [path for path, errors in sorted(wrong.items()) if not errors])
    named = rows_of(os.path.join(HERE, "named.tsv"))
    tap.answer("what their sources name is found", [f"{row['path']}: no {row['code']} at {row['place']}" for row in named
                                                    if not any(code == row["code"] and place == row["place"] for code, _, place in wrong[row["path"]])])
