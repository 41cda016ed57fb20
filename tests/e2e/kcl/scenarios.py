#!/usr/bin/env python3
"""What an application of the KCL goes through, with real workers: scenarios.py [PATTERN].

They run side by side; each has its own stream and application.  Ends with `N passed, N failed`.
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import urllib.request

import runner
from application import Application
from feed import Feed, check_exactly_once, check_keys_in_order, check_order, has
from worker import CACHE, ENDPOINT, TRUST_STORE

SIDE_BY_SIDE = 4
SCENARIOS = {}


def scenario(name, over_tls=False):
    """Also run by the TLS part when `over_tls`."""
    def register(body):
        if over_tls or not TRUST_STORE:
            SCENARIOS[name] = body
        return body
    return register


def reads(name, version, mode, **options):
    """2,000 records that were there before: each once, in order, and checkpointed."""
    name = name.replace(".", "-")
    feed = Feed(name)
    feed.put(2_000)
    with Application(name, name) as application:
        worker = application.start(version, mode=mode, **options)
        worker.wait("2,000 records", has(2_000))
        worker.wait("checkpoints", lambda w: len({c[0] for c in w.lines("checkpoint")}) == 4)
        worker.stop()
        check_exactly_once(worker.records(), feed)
        check_order(worker.records())
        leases = application.leases()
        assert set(leases) == {shard["ShardId"] for shard in feed.shards()}, leases
        last = {r.shard: r.sequence for r in worker.records()}
        saved = {c[0]: c[1] for c in worker.lines("checkpoint") if c[1].isdigit()}
        for shard, lease in leases.items():
            assert int(lease["checkpoint"]) in (last[shard], int(saved[shard])), lease


for which, how in [("3.5.1", "polling"), ("3.5.1", "fanout"), ("2.7.2", "polling"), ("2.7.2", "fanout"),
                   ("2.7.1", "fanout"), ("3.1.3", "fanout"), ("1.15.3", "polling")]:
    in_tls = which in ("3.5.1", "2.7.1")
    what = f"{which}-{how}-reads"
    scenario(what, over_tls=in_tls)(lambda n=what, v=which, m=how: reads(n, v, m))


@scenario("3.5.1-polling-reads-json")
def reads_json():
    reads("json", "3.5.1", "polling", jvm=["-Daws.cborEnabled=false"])


def tells_cloudwatch(version):
    """Of as many records as it processed; the older ones do so by the query protocol."""
    name = f"metrics-{version}".replace(".", "-")
    feed = Feed(name)
    feed.put(500)
    with Application(name, name) as application:
        worker = application.start(version, metrics="on")
        worker.wait("500 records", has(500))
        worker.wait("metrics of them", lambda w: application.sum_of("RecordsProcessed") == 500)
        worker.stop()


for which in ("3.5.1", "2.7.2"):
    scenario(f"{which}-tells-cloudwatch", over_tls=True)(lambda v=which: tells_cloudwatch(v))


@scenario("3.1.3-keeps-its-state-in-three-tables")
def three_tables():
    feed = Feed("tables")
    feed.put(500)
    with Application("tables", "tables") as application:
        worker = application.start("3.1.3", metrics="on", checkpoint_every=1)
        worker.wait("500 records", has(500))
        worker.wait("worker's metrics", lambda w: application.items("-WorkerMetricStats"), 60)
        assert [item["wid"] for item in application.items("-WorkerMetricStats")] == ["one"]
        coordination = {item["key"]: item for item in application.items("-CoordinatorState")}
        assert coordination["Migration3.0"]["cv"] == "CLIENT_VERSION_3X", coordination
        assert coordination["Leader"]["ownerName"] == "one", coordination
        assert {item["leaseKey"] for item in application.items()} == {s["ShardId"] for s in feed.shards()}
        worker.stop()


@scenario("3.5.1-keeps-its-state-in-the-lease-table")
def keeps_state():
    """The documented columns, the migration's state and the worker's metrics; CloudWatch on."""
    feed = Feed("state", shards=2)  # as no other stream: the page could not tell it from one made in the same second
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
        for suffix in ("-CoordinatorState", "-WorkerMetricStats"):
            assert not application.has_table(suffix), f"there is a table ...{suffix} too"
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


def upgrades(version, **options):
    """To 3.5.1 on the tables that it left: goes on from its checkpoints.  Gives the state of the migration."""
    name = f"upgrade-{version}".replace(".", "-")
    feed = Feed(name)
    feed.put(1_000)
    with Application(name, name) as application:
        old = application.start(version, mode="fanout", checkpoint_every=1)
        old.wait("1,000 records", has(1_000)).stop()
        feed.put(1_000)
        new = application.start("3.5.1", mode="fanout", metrics="on", **options)
        new.wait("the rest", has(1_000)).stop()
        check_exactly_once(old.records() + new.records(), feed)
        check_order(old.records() + new.records())
        both = application.items() + (
            application.items("-CoordinatorState") if application.has_table("-CoordinatorState") else [])
        return next(i["cv"] for i in both if "Migration3.0" in (i.get("leaseKey"), i.get("key")))


@scenario("2.7.2-is-upgraded-to-3.5.1")
def upgraded_from_2():
    """As the KCL's guide says, which leaves the way back open."""
    state = upgrades("2.7.2", compatible="2x")
    assert state in ("CLIENT_VERSION_UPGRADE_FROM_2X", "CLIENT_VERSION_3X_WITH_ROLLBACK"), state


@scenario("3.1.3-is-upgraded-to-3.5.1")
def upgraded_from_3():
    """Which goes on with the three tables that it finds."""
    state = upgrades("3.1.3")
    assert state == "CLIENT_VERSION_3X", state


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


if __name__ == "__main__":
    sys.exit(not runner.run(SCENARIOS, SIDE_BY_SIDE))
