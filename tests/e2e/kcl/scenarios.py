#!/usr/bin/env python3
"""What an application of the KCL goes through, with real workers: scenarios.py [PATTERN].

They run side by side; each has its own stream and application.  Ends with `N passed, N failed`.
"""

import collections
import concurrent.futures
import fnmatch
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request

import kit
from feed import Feed, check_exactly_once, check_keys_in_order, check_order, has
from worker import CACHE, ENDPOINT, TRUST_STORE, Worker

SIDE_BY_SIDE = 4
SCENARIOS = {}


def scenario(name, over_tls=False):
    """Also run by the TLS part when `over_tls`."""
    def register(body):
        if over_tls or not TRUST_STORE:
            SCENARIOS[name] = body
        return body
    return register


class Application:
    """The workers of one application; none of them outlives its scenario."""

    def __init__(self, name, stream):
        self.name, self.stream, self.workers = name, stream, []

    def start(self, version, name="one", mode="polling", **options):
        self.workers.append(Worker(version, self.name, self.stream, name, mode, **options))
        return self.workers[-1]

    def items(self, table=None):
        dynamodb = kit.connect(service="dynamodb")
        pages = dynamodb.get_paginator("scan").paginate(TableName=table or self.name)
        return [{k: next(iter(v.values())) for k, v in item.items()} for page in pages for item in page["Items"]]

    def leases(self):
        return {item["leaseKey"]: item for item in self.items()
                if item["leaseKey"].startswith("shardId-")}

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        for worker in self.workers:
            worker.close()


def reads(version, mode, **options):
    """2,000 records that were there before: each once, in order, and checkpointed."""
    name = f"reads-{version}-{mode}".replace(".", "-")
    feed = Feed(name)
    feed.put(2_000)
    with Application(name, name) as application:
        worker = application.start(version, mode=mode, **options)
        worker.wait("2,000 records", has(2_000))
        first = worker.wait("checkpoint", lambda w: len({c[0] for c in w.lines("checkpoint")}) == 4)
        worker.stop()
        check_exactly_once(first.records(), feed)
        check_order(first.records())
        leases = application.leases()
        last = {r.shard: r.sequence for r in worker.records()}
        saved = {c[0]: c[1] for c in worker.lines("checkpoint") if c[1].isdigit()}
        for shard, lease in leases.items():
            assert int(lease["checkpoint"]) in (last[shard], int(saved[shard])), lease
        assert not worker.errors(), worker.errors()
        return application


for which, how in [("3.5.1", "polling"), ("3.5.1", "fanout"), ("2.7.2", "polling"), ("2.7.2", "fanout"),
                   ("2.7.1", "fanout"), ("3.1.3", "fanout"), ("1.15.3", "polling")]:
    in_tls = which in ("3.5.1", "2.7.1")
    scenario(f"{which}-{how}-reads", over_tls=in_tls)(lambda v=which, m=how: reads(v, m))


@scenario("3.5.1-keeps-its-state-in-the-lease-table")
def keeps_state():
    """The documented columns, the migration's state and the worker's metrics; CloudWatch on."""
    feed = Feed("state", shards=2)
    feed.put(500)
    with Application("state", "state") as application:
        worker = application.start("3.5.1", metrics="on", checkpoint_every=1)
        worker.wait("500 records", has(500))
        feed.kinesis.split_shard(StreamName="state", ShardToSplit="shardId-000000000000",
                                 NewStartingHashKey=str(2**126))
        worker.wait("end of the parent", lambda w: ["shardId-000000000000"] in w.lines("ended"))
        worker.wait("children", lambda w: len(w.lines("started")) >= 4)
        items = {item["leaseKey"]: item for item in application.items()}
        assert items["Migration3.0"]["cv"] == "CLIENT_VERSION_3X"
        worker.wait("metrics", lambda w: any(
            item.get("entityType") == "WORKER_METRIC_STATS" for item in application.items()), 60)
        leases = application.leases()
        parent, child = leases["shardId-000000000000"], leases["shardId-000000000002"]
        assert parent["checkpoint"] == "SHARD_END"
        assert sorted(parent["childShardIds"]) == ["shardId-000000000002", "shardId-000000000003"]
        assert child["parentShardId"] == ["shardId-000000000000"]
        assert child["leaseOwner"] == "one"
        for column in ("leaseCounter", "checkpoint", "checkpointSubSequenceNumber", "ownerSwitchesSinceCheckpoint",
                       "startingHashKey", "endingHashKey"):
            assert column in child, f"the lease has no {column}: {child}"
        shown = json.loads(urllib.request.urlopen(f"{ENDPOINT}/_kinetide/leases").read())
        mine = next(a for a in shown["applications"] if a["application"] == "state")
        lease = next(one for one in mine["leases"] if one["shard"] == "shardId-000000000001")
        assert lease["worker"] == "one" and lease["stream"] == "state", lease
        assert lease["records_behind"] == 0 and lease["milliseconds_behind"] == 0, lease
        worker.stop()
        assert not worker.errors(), worker.errors()


@scenario("3.5.1-goes-through-a-reshard")
def reshards():
    """4 to 8 shards and a merge while 20,000 records flow."""
    feed = Feed("reshard")
    feed.put(2_000)
    with Application("reshard", "reshard") as application:
        worker = application.start("3.5.1", mode="fanout", checkpoint_every=500)
        worker.wait("first records", has(1))
        feed.put(4_000, pause_seconds=0.05)
        feed.kinesis.update_shard_count(StreamName="reshard", TargetShardCount=8,
                                        ScalingType="UNIFORM_SCALING")
        feed.put(7_000, pause_seconds=0.05)
        feed.when_active()
        first, second = sorted(feed.open_shards(), key=lambda s: int(s["HashKeyRange"]["StartingHashKey"]))[:2]
        feed.kinesis.merge_shards(StreamName="reshard", ShardToMerge=first["ShardId"],
                                  AdjacentShardToMerge=second["ShardId"])
        feed.put(7_000, pause_seconds=0.05)
        worker.wait("20,000 records", has(20_000), 180)
        closed = [s["ShardId"] for s in feed.shards() if "EndingSequenceNumber" in s["SequenceNumberRange"]]
        assert len(closed) == 6, closed
        worker.wait("ends of the closed shards",
                    lambda w: {e[0] for e in w.lines("ended")} >= set(closed), 60)
        check_exactly_once(worker.records(), feed)
        check_order(worker.records())
        check_keys_in_order(worker.records())
        leases = application.leases()
        for shard in closed:
            assert shard not in leases or leases[shard]["checkpoint"] == "SHARD_END", leases[shard]
        check_children_after_parents(feed, worker)
        worker.stop()
        assert not worker.errors(), worker.errors()


def check_children_after_parents(feed, worker):
    ended = set()
    parents = {s["ShardId"]: [s[name] for name in ("ParentShardId", "AdjacentParentShardId") if name in s]
               for s in feed.shards()}
    for line in worker.story():
        if line[0] == "ended":
            ended.add(line[1])
        if line[0] == "record":
            early = [p for p in parents[line[1]] if p not in ended]
            assert not early, f"a record of {line[1]} came before the end of {early}"


@scenario("3.5.1-goes-on-from-its-checkpoint")
def restarts():
    feed = Feed("restart")
    feed.put(2_000)
    with Application("restart", "restart") as application:
        before = application.start("3.5.1", mode="fanout")
        before.wait("2,000 records", has(2_000)).stop()
        feed.put(2_000)
        after = application.start("3.5.1", mode="fanout")
        after.wait("the rest", has(2_000)).stop()
        check_exactly_once(before.records() + after.records(), feed)
        check_order(before.records() + after.records())


@scenario("3.5.1-leases-of-a-killed-worker-are-taken")
def taken_over():
    """No gap, order kept, and nothing again that lies below the last checkpoint."""
    feed = Feed("killed")
    feed.put(2_000)
    with Application("killed", "killed") as application:
        first = application.start("3.5.1", "first", checkpoint_every=50)
        first.wait("2,000 records", has(2_000))
        first.wait("checkpoints", lambda w: len({c[0] for c in w.lines("checkpoint")}) == 4)
        feed.put(1_000)
        first.wait("some more", has(2_200))
        saved = {c[0]: int(c[1]) for c in first.lines("checkpoint")}
        first.kill()
        feed.put(1_000)
        second = application.start("3.5.1", "second")
        second.wait("the rest", lambda w: len(
            {(r.key, r.number) for r in first.records() + w.records()}) == feed.count)
        check_order(second.records())
        again = {(r.shard, r.sequence) for r in first.records()} & {(r.shard, r.sequence) for r in second.records()}
        assert all(sequence > saved[shard] for shard, sequence in again), "a checkpointed record came again"
        second.wait("all leases", lambda w: {
            lease["leaseOwner"] for lease in application.leases().values()} == {"second"})
        second.stop()


@scenario("3.5.1-two-workers-share-the-leases")
def balanced():
    """By load, as the KCL 3 does: so records flow meanwhile."""
    feed = Feed("balance")
    feed.put(1_000)
    with Application("balance", "balance") as application:
        one = application.start("3.5.1", "one")
        one.wait("1,000 records", has(1_000))
        two = application.start("3.5.1", "two")

        def shared(_):
            feed.put(500)
            owners = collections.Counter(lease.get("leaseOwner") for lease in application.leases().values())
            return owners["one"] and owners["two"] and len(two.lines("started")) >= owners["two"]

        two.wait("leases for both", shared)
        feed.put(1_000)
        two.wait("all records", lambda w: len(
            {(r.key, r.number) for r in one.records() + w.records()}) == feed.count)
        assert two.records(), "the second worker read nothing"
        check_order(one.records())
        check_order(two.records())


@scenario("2.7.2-is-upgraded-to-3.5.1")
def upgraded():
    """On the same lease table, as the KCL's guide says."""
    feed = Feed("upgrade")
    feed.put(1_000)
    with Application("upgrade", "upgrade") as application:
        old = application.start("2.7.2", mode="fanout", checkpoint_every=1)
        old.wait("1,000 records", has(1_000)).stop()
        feed.put(1_000)
        new = application.start("3.5.1", mode="fanout", compatible="2x", metrics="on")
        new.wait("the rest", lambda w: len({(r.key, r.number) for r in old.records() + w.records()}) == 2_000)
        check_order(new.records())
        state = next(item for item in application.items() if item["leaseKey"] == "Migration3.0")
        assert state["cv"] in ("CLIENT_VERSION_UPGRADE_FROM_2X", "CLIENT_VERSION_3X_WITH_ROLLBACK"), state
        new.stop()


@scenario("3.5.1-runs-the-program-of-docs-kcl-md")
def documented():
    """As it stands there."""
    page = pathlib.Path(__file__).parents[3].joinpath("docs", "kcl.md").read_text(encoding="utf-8")
    program = re.search(r"```java\n(.*?)```", page, re.S)[1]
    feed = Feed("orders", shards=1)
    feed.put(10)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "Main.java")
        source.write_text(program, encoding="utf-8")
        libraries = f"{CACHE}/kcl-3.5.1/lib/*"
        subprocess.run(["javac", "-nowarn", "-d", folder, "-cp", libraries, source], check=True)
        with open(pathlib.Path(folder, "log"), "w", encoding="utf-8") as log, subprocess.Popen(
                ["java", "-cp", f"{folder}:{CACHE}/kcl-3.5.1/classes:{libraries}", "Main"], stdout=subprocess.PIPE,
                stderr=log, text=True, env={**os.environ, "AWS_ENDPOINT_URL": ENDPOINT}) as java:
            killer = threading.Timer(240, java.kill)
            killer.start()
            try:
                got = [java.stdout.readline().strip() for _ in range(feed.count)]
            finally:
                killer.cancel()
                java.kill()
    assert got == [f"k{i}:{i}" for i in range(10)], got


def run(name):
    began = time.monotonic()
    try:
        SCENARIOS[name]()
    except Exception:  # one that fails does not end the others
        return name, time.monotonic() - began, traceback.format_exc()
    return name, time.monotonic() - began, None


def main():
    pattern = sys.argv[1] if len(sys.argv) > 1 else "*"
    chosen = [name for name in SCENARIOS if fnmatch.fnmatch(name, pattern)]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        for name, seconds, failure in pool.map(run, chosen):
            print(f"{'FAILED' if failure else 'ok'} {name} ({seconds:.0f} s)", flush=True)
            if failure:
                failed += 1
                print(failure, flush=True)
    print(f"{len(chosen) - failed} passed, {failed} failed")
    sys.exit(failed > 0 or not chosen)


if __name__ == "__main__":
    main()
