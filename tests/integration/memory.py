"""The largest claim decides how much memory is used, not the file."""
import hashlib
import os
import subprocess
import sys
import tempfile

import tap

MIB = 1 << 20
LIMIT = 32 * MIB
SIZE = int(os.environ.get("SIZE", 64 * MIB))
GENERATE = os.environ.get("GENERATE", "bench/generate")
CASES = [("835", "one", []), ("835", "many", []), ("835", "one", ["--lines"]), ("835", "many", ["--lines"]),
         ("837P", "one", []), ("837P", "many", ["--lines"]), ("837I", "one", ["--lines"]), ("271", "one", ["--lines"])]


def peak(process):
    """Waits for the process; its exit status and the most memory that it used, or that Python did before it became the command."""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def used_well(name, process):
    """What is wrong with how a command ended."""
    status, used = peak(process)
    return [f"remedi {name}: exit status {status}, {used // 1024} KiB"] if status != 0 or used > LIMIT else []


def digest(stream):
    value = hashlib.sha256()
    while block := stream.read(MIB):
        value.update(block)
    return value.hexdigest()


def start(command, source=None, errors=None):
    process = subprocess.Popen(command, stdin=source, stdout=subprocess.PIPE, stderr=errors)
    if source is not None:
        source.close()
    return process


def generated_digest(kind, shape):
    source = start([GENERATE, kind, str(SIZE), shape])
    value = digest(source.stdout)
    source.wait()
    return value


def there_and_back(kind, shape, form):
    """What is wrong with generate | remedi json | remedi x12."""
    source = start([GENERATE, kind, str(SIZE), shape])
    findings = tempfile.TemporaryFile()
    forth = start([tap.REMEDI, "json", *form], source.stdout, findings)
    back = start([tap.REMEDI, "x12"], forth.stdout)
    problems = [] if digest(back.stdout) == generated_digest(kind, shape) else ["other bytes came back"]
    source.wait()
    for name, process in (("json", forth), ("x12", back)):
        problems += used_well(name, process)
    findings.seek(0)
    problems += findings.read().decode().splitlines()[:3]
    return problems


def rows(kind, shape):
    """What is wrong with generate | remedi csv."""
    source = start([GENERATE, kind, str(SIZE), shape])
    table = start([tap.REMEDI, "csv"], source.stdout)
    lines = sum(block.count(b"\n") for block in iter(lambda: table.stdout.read(MIB), b""))
    source.wait()
    status, used = peak(table)
    wrong = status != 0 or used > LIMIT or lines < 100
    return [f"exit status {status}, {used // 1024} KiB, {lines} lines"] if wrong else []


def by_tables(kind, shape):
    """What is wrong with generate | remedi csv --tables, and remedi x12 of what that makes."""
    problems = []
    with tempfile.TemporaryDirectory() as folder:
        tables = os.path.join(folder, "tables")
        source = start([GENERATE, kind, str(SIZE), shape])
        forth = start([tap.REMEDI, "csv", "--tables", tables], source.stdout)
        source.wait()
        problems += used_well("csv --tables", forth)
        back = start([tap.REMEDI, "x12", tables])
        problems += [] if digest(back.stdout) == generated_digest(kind, shape) else ["other bytes came back"]
        problems += used_well("x12", back)
    return problems


def endless_segment(count):
    """What is wrong when one segment has so many bytes."""
    head = tap.read(tap.samples()[0])[:106]
    process = subprocess.Popen([tap.REMEDI, "json", "--lines"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        process.stdin.write(head + b"\nNTE*ADD*")
        for _ in range(count // MIB):
            process.stdin.write(b"X" * MIB)
        process.stdin.close()
    except BrokenPipeError:
        pass
    said = process.stderr.read()
    status, used = peak(process)
    wrong = status != 3 or said.count(b"[E1003]") != 1 or used > LIMIT
    return [f"exit status {status}, {used // 1024} KiB: {said.decode()[:200]}"] if wrong else []


def test():
    name = f"memory: {SIZE // MIB} MiB through a pipe and back"
    if tap.INSTRUMENTED:
        return tap.skip(name, "a sanitizer uses memory of its own")
    if not os.access(GENERATE, os.X_OK):
        return tap.skip(name, f"{GENERATE} is not built")
    for kind, shape, form in CASES:
        tap.answer(f"{name}: {kind} {shape} {' '.join(form)}".rstrip(), there_and_back(kind, shape, form))
    for kind, shape in [("835", "one"), ("837P", "many"), ("271", "one")]:
        tap.answer(f"memory: {SIZE // MIB} MiB through a pipe into a table: {kind} {shape}", rows(kind, shape))
    for kind, shape in [("835", "many"), ("837P", "one")]:
        tap.answer(f"memory: {SIZE // MIB} MiB through a pipe into tables and back: {kind} {shape}", by_tables(kind, shape))
    tap.answer("memory: a segment of 100 MiB ends in a finding", endless_segment(100 * MIB))
    return None
