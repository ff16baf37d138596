"""What the tests in Python share: the command that they run, and their answers in TAP."""
import json
import os
import subprocess
import sys

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REMEDI = os.environ.get("REMEDI", "remedi")
INSTRUMENTED = bool(os.environ.get("INSTRUMENTED"))
# More than any test makes.
ALL_FINDINGS = ["--max-findings", "1000000"]

_count = _failed = 0


def answer(name, problems=()):
    """One test: it failed where there are problems."""
    global _count, _failed
    _count += 1
    _failed += bool(problems)
    for problem in problems:
        print("#", problem)
    print("not ok" if problems else "ok", _count, "-", name, flush=True)


def skip(name, reason):
    global _count
    _count += 1
    print(f"ok {_count} - {name} # SKIP NOT RUN: {reason}", flush=True)


def finish():
    print(f"1..{_count}")
    sys.exit(1 if _failed else 0)


def run(*arguments, stdin=b""):
    """The command's exit status, what it wrote, and what it said."""
    done = subprocess.run([REMEDI, *arguments], input=stdin, capture_output=True, check=False)
    return done.returncode, done.stdout, done.stderr


def to_json(x12, *options):
    """The exit status, the JSON, and the findings."""
    status, out, err = run("json", "--format", "json", *ALL_FINDINGS, *options, stdin=x12)
    return status, out, [json.loads(line) for line in err.decode().splitlines()]


def to_x12(text):
    return run("x12", stdin=text)[1]


def samples():
    folder = os.path.join(SOURCE, "samples")
    return [os.path.join(folder, name) for name in sorted(os.listdir(folder)) if name.endswith(".835")]


def read(path):
    with open(path, "rb") as file:
        return file.read()
