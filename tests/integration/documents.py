"""The documents say what is so: the console blocks of README.md, doc/ack.md and doc/views.md, and doc/findings.md.

In a block a line that begins with `$ ` is a command, one with `> ` goes on with it, and what follows is what it prints.
"""
import os
import re
import shutil
import subprocess
import tempfile

import tap

DOCUMENTS = ["README.md", "doc/ack.md", "doc/views.md"]
# What the examples use that need not be there.
TOOLS = ["jq", "sqlite3"]
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BUILD = os.path.dirname(os.path.abspath(tap.REMEDI))
PATH = os.pathsep.join([BUILD, os.path.join(BUILD, "samples"), os.environ.get("PATH", "")])


def commands(block):
    """Each command with the lines that it should print."""
    found = []
    for line in block.splitlines(keepends=True):
        if line.startswith("$ "):
            found.append([line[2:], ""])
        elif line.startswith("> "):
            found[-1][0] += line[2:]
        else:
            found[-1][1] += line
    return found


def run(command, folder):
    environment = {**os.environ, "PATH": PATH, "LC_ALL": "C.UTF-8", "REMEDI_CODES": "/nonexistent"}
    done = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, text=True)
    return done.stdout


def problems(document, block, folder):
    wrong = []
    for command, wanted in commands(block):
        printed = run(command, folder)
        if printed != wanted:
            wrong += [f"$ {command.strip()}", f"{document} says:", *wanted.splitlines(), "it prints:", *printed.splitlines()]
    return wrong


# The registry's lines, and the table's.
REGISTERED = re.compile(r'^X12_FINDING\(\w+, (\d+), X12_(\w+), \d, .*, "(.*)"\)$', re.M)
EXPLAINED = re.compile(r"^\| ([EWN]\d+) \| (.*?) \| .+ \|$", re.MULTILINE)


def findings_problems():
    registry = tap.read(os.path.join(tap.SOURCE, "include", "remedi", "findings.def")).decode()
    page = tap.read(os.path.join(tap.SOURCE, "doc", "findings.md")).decode()
    registered = [(severity[0] + number, text) for number, severity, text in REGISTERED.findall(registry)]
    explained = EXPLAINED.findall(page)
    return [f"only in the registry or only on the page: {one}" for one in set(registered) ^ set(explained)] or (
        [] if registered and registered == explained else ["another order"])


def test_blocks(document, folder):
    blocks = BLOCK.findall(tap.read(os.path.join(tap.SOURCE, document)).decode())
    if not blocks:
        tap.answer(document, ["it has no console block"])
    for number, block in enumerate(blocks, 1):
        name = f"{document}, example {number}"
        missing = [tool for tool in TOOLS if tool in block and shutil.which(tool) is None]
        if missing:
            tap.skip(name, f"{missing[0]} is not at hand")
        else:
            tap.answer(name, problems(document, block, folder))


def test():
    tap.answer("doc/findings.md has every finding", findings_problems())
    with tempfile.TemporaryDirectory() as folder:
        os.symlink(os.path.join(tap.SOURCE, "samples"), os.path.join(folder, "samples"))
        for document in DOCUMENTS:
            test_blocks(document, folder)
