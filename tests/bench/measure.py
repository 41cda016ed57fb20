"""Runs the load generator: the rows of the first table, the servers of a row in turn."""

import base64
import json
import subprocess
import sys

import api
import nginx
import rows as table

STREAM = "bench"
PAGE = 10_000  # records that there are to read


class Load:
    """The load generator and how long it runs."""

    def __init__(self, binary, quick):
        self.binary = binary
        self.seconds, self.warmup = ("0.7", "0.3") if quick else ("3", "1")

    def command(self, *arguments, timeout=900):
        done = subprocess.run([self.binary, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)
        if done.returncode != 0:
            return {"error": done.stderr.strip()[:500]}
        return json.loads(done.stdout)

    def timed(self, kind, server, *arguments, halved=False):
        seconds, warmup = (str(float(s) / (2 if halved else 1)) for s in (self.seconds, self.warmup))
        return self.command(kind, "--seconds", seconds, "--warmup", warmup, *of(server), *arguments)

    def fill(self, server, stream, requests, record_bytes=1024, records=500):
        got = self.command("run", "--scenario", "put", *of(server), "--port", server.port, "--stream", stream,
                           "--records", records, "--record-bytes", record_bytes, "--requests", requests,
                           "--connections", 4)
        if "error" in got:
            raise RuntimeError(f"{server.name} cannot be filled: {got['error']}")
        return got


def of(server):
    return [part for process in server.processes() for part in ("--process", process)]


def progress(text):
    print(text, file=sys.stderr, flush=True)


# What a row finds at the server.  Gives the iterator to start from, if it wants one.

def prepare(server, setting, load):
    if server.fixed:
        return "none" if setting != "empty" else None
    calls = api.Api(server.port)
    if setting == "empty":
        calls.create(STREAM, 64)  # a new one for each run: at these rates one would fill the machine
        return None
    calls.create(STREAM, 1)
    if setting == "page":
        load.fill(server, STREAM, requests=PAGE // 10, records=10)
    return calls.iterator(STREAM)


def clear(server):
    if not server.fixed:
        api.Api(server.port).delete(STREAM)


def run_row(row, server, load):
    if row.anew and not server.fixed:
        server.stop()
        server.start()
    iterator = prepare(server, row.setting, load)
    touched = load.command("touch") if row.touched else None
    arguments = ["--port", server.port_for(row), "--path", server.path_for(row), "--stream", STREAM]
    arguments += table.flags(row)
    if iterator:
        arguments += ["--iterator", iterator]
    if server.fixed:
        arguments += ["--fixed"]
    elif row.cbor:
        arguments += ["--cbor"]
    # What was touched is enough for half of the usual time.
    got = load.timed("run", server, *arguments, halved=row.touched)
    if touched:
        got["touch_bytes_rate"] = touched["bytes_rate"]
    clear(server)
    return got


def run_rows(chosen, servers, load, runs):
    """By row and server: the figures of each run.  Servers take turns, so that a slow minute hits all."""
    results = {}
    for row in chosen:
        results[row.name] = {s.name: [] for s in servers if (s.tls or not row.tls) and (s.http2 or not row.http2)}
        for _ in range(runs):
            for server in servers:
                if server.name in results[row.name]:
                    try:
                        got = run_row(row, server, load)
                    except (api.Refused, RuntimeError, OSError, subprocess.TimeoutExpired) as e:
                        got = {"error": str(e)[:500]}
                    results[row.name][server.name].append(got)
                    progress(f"{row.title}: {server.name} " +
                             (f"{got['rate']:,.0f}/s" if "rate" in got else got["error"]))
    return results


def answers_of(server, load):
    """What Kinetide says in each row, for nginx to say too."""
    calls = api.Api(server.port)
    data = base64.b64encode(bytes(1024)).decode()
    record = {"Data": data, "PartitionKey": "pk-0123456789abcdef"}
    naming = {"StreamName": STREAM}
    calls.create(STREAM, 64)
    answers = {"put1": calls.raw("PutRecord", naming | record),
               "put10": calls.raw("PutRecords", naming | {"Records": [record] * 10}),
               "put500": calls.raw("PutRecords", naming | {"Records": [record] * 500}),
               "summary": calls.raw("DescribeStreamSummary", naming),
               "shards": calls.raw("ListShards", naming)}
    iterator = prepare(server, "page", load)
    answers["get10k"] = calls.raw("GetRecords", {"ShardIterator": iterator, "Limit": 10_000})
    answers["get100"] = calls.raw("GetRecords", {"ShardIterator": iterator, "Limit": 100})
    tip = calls.iterator(STREAM, "LATEST")
    answers["tip"] = calls.raw("GetRecords", {"ShardIterator": tip})
    calls.delete(STREAM)
    return answers


def give_answers(kinetide, load, folder):
    nginx.write_answers(folder, answers_of(kinetide, load))
