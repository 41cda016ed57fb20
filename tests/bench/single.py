"""The rows of the second table that need a server of their own: latency, start, memory, leases, size."""

import pathlib
import shutil
import subprocess
import tempfile
import time

import api
import leases
import measure
import servers

STREAM = "bench"
KEY_BYTES = len("pk-0123456789abcdef")


def started(kind, folder):
    return kind(pathlib.Path(folder) / (kind.name + "-own")).start()


def latency(peers, load, runs):
    """Put to get at 500/s with a tight poller."""
    results = {s.name: [] for s in peers if not s.fixed}
    for _ in range(runs):
        for server in peers:
            if server.fixed:
                continue
            calls = api.Api(server.port)
            calls.create(STREAM, 1)
            got = load.timed("latency", server, "--port", server.port, "--stream", STREAM,
                             "--iterator", calls.iterator(STREAM, "LATEST"))
            calls.delete(STREAM)
            results[server.name].append(got)
    return results


def start(kinds, folder, load, runs):
    """From exec to the first answered ListStreams, and the memory after it."""
    results = {kind.name: [] for kind in kinds if not kind.fixed}
    for _ in range(runs):
        for kind in kinds:
            if not kind.fixed:
                port = servers.free_ports(1)[0]
                command = kind(pathlib.Path(folder) / (kind.name + "-start")).command(port)
                results[kind.name].append(load.command("start", "--port", port, "--starts", 9, "--", *command))
    return results


def idle_memory(kinds, folder):
    """Resident bytes before anything was asked."""
    results = {}
    for kind in kinds:
        if not kind.fixed:
            server = started(kind, folder)
            time.sleep(0.3)  # until it has settled
            results[kind.name] = server.resident()
            server.stop()
    return results


def full_memory(kinds, folder, load, quick):
    """Resident bytes after so many KiB records, and after their stream is deleted."""
    requests = 200 if quick else 1_000
    results = {}
    for kind in kinds:
        if kind.fixed or kind.name == "kinesalite":  # which would take minutes
            continue
        server = started(kind, folder)
        calls = api.Api(server.port)
        calls.create(STREAM, 64)
        before = server.resident()
        load.fill(server, STREAM, requests)
        full = server.resident()
        calls.delete(STREAM)
        results[kind.name] = {"records": requests * 500, "before": before, "full": full,
                              "stored": requests * 500 * (1024 + KEY_BYTES),
                              "after_deletion": settled(server)}
        server.stop()
    return results


def settled(server):
    """Resident bytes once they no longer fall: Kinetide keeps memory for about 20 seconds."""
    lowest, since = server.resident(), time.monotonic()
    give_up = since + 60
    while time.monotonic() < min(since + 22, give_up):
        time.sleep(0.25)
        now = server.resident()
        if now < lowest:
            lowest, since = now, time.monotonic()
    return lowest


def bytes_a_record(folder, load, quick):
    """What a record costs beyond its data and key, by the size of the data."""
    results = {}
    for size in (100, 1024):
        server = started(servers.Kinetide, folder)
        api.Api(server.port).create(STREAM, 4)
        load.fill(server, STREAM, 8, size)  # what is made once
        before = server.resident()
        requests = 400 if quick else 2_000
        load.fill(server, STREAM, requests, size)
        records = requests * 500
        results[str(size)] = (server.resident() - before) / records - size - KEY_BYTES
        server.stop()
    return results


def renewals(folder, load, runs):
    """Of leases, at a server of their own each time: their counters begin anew."""
    results = {pattern: [] for pattern in leases.PATTERNS}
    for _ in range(runs):
        for pattern, figures in results.items():
            server = started(servers.Kinetide, folder)
            figures.append(leases.renew(server, load, pattern))
            server.stop()
    return results


def executable_bytes(binary):
    """Stripped."""
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "kinetide"
        shutil.copy(binary, copy)
        subprocess.run(["strip", str(copy)], check=True)
        return copy.stat().st_size


def run_all(chosen, peers, kinds, folder, load, runs, quick):
    """Of the chosen rows, by name."""
    kinds = [servers.Kinetide, *kinds]
    rows = {
        "latency": lambda: latency(peers, load, runs),
        "start": lambda: start(kinds, folder, load, runs),
        "idle_memory": lambda: idle_memory(kinds, folder),
        "full_memory": lambda: full_memory(kinds, folder, load, quick),
        "record_memory": lambda: bytes_a_record(folder, load, quick),
        "leases": lambda: renewals(folder, load, runs),
        "executable": lambda: executable_bytes(servers.Kinetide.binary),
    }
    results = {}
    for name, run in rows.items():
        if name in chosen:
            measure.progress(name)
            results[name] = run()
    return results


NAMES = ["latency", "start", "idle_memory", "full_memory", "record_memory", "leases", "executable"]
