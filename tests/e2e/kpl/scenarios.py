#!/usr/bin/env python3
"""What goes through the KPL comes out of the KCL: scenarios.py [PATTERN]."""

import datetime
import hashlib
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import kit
import runner
from application import Application
from feed import Feed
from worker import CACHE
from writer import PORT, Writer, data

SIDE_BY_SIDE = 2
SCENARIOS = {}


def scenario(name):
    def register(body):
        SCENARIOS[name] = body
        return body
    return register


def read(feed, texts):
    """What a KCL application reads, once it has seen all of these user records."""
    with Application(feed.name, feed.name) as application:
        worker = application.start("3.5.1")
        def missing():
            return texts - {r[3] for r in worker.lines("record")}
        try:
            worker.wait(f"{len(texts)} user records", lambda _: not missing(), 150)
        except AssertionError as failure:
            raise AssertionError(f"{len(missing())} are missing, e.g. {sorted(missing())[:5]}; {failure}") from None
        records = worker.lines("record")
        worker.stop()
    return records


def user_records(record):
    """The writer's texts in it."""
    return [data(int(number)) for number in re.findall(rb"k\d+:(\d+):", record["Data"])]


def ranges(feed):
    return {s["ShardId"]: range(int(s["HashKeyRange"]["StartingHashKey"]), int(s["HashKeyRange"]["EndingHashKey"]) + 1)
            for s in feed.shards()}


def hash_key(text):
    return int(hashlib.md5(text.split(":")[0].encode()).hexdigest(), 16)


def records_of(feed, shard):
    records = []
    iterator = feed.kinesis.get_shard_iterator(StreamName=feed.name, ShardId=shard["ShardId"],
                                               ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
    while iterator:
        answer = feed.kinesis.get_records(ShardIterator=iterator)
        records += answer["Records"]
        iterator = answer.get("NextShardIterator") if answer["MillisBehindLatest"] else None
    return records


def stored_records(feed):
    """The records of Kinesis that those are."""
    return [record for shard in feed.shards() for record in records_of(feed, shard)]


def told_cloudwatch(namespace, metric):
    """The sum that the KPL gave for its one stream."""
    cloudwatch = kit.connect(service="cloudwatch")
    now = datetime.datetime.now(datetime.timezone.utc)
    day = datetime.timedelta(days=1)
    points = cloudwatch.get_metric_statistics(
        Namespace=namespace, MetricName=metric, Dimensions=[{"Name": "StreamName", "Value": namespace}],
        StartTime=now - day, EndTime=now + day, Period=3600, Statistics=["Sum"])["Datapoints"]
    return sum(point["Sum"] for point in points)


def aggregates(version, count, tells_once=True):
    feed = Feed(f"kpl-{version}".replace(".", "-"), shards=2)
    with Writer(version, feed.name, count=count, stay_ms=3_000) as writer:
        writer.says("begun")
        assert writer.says("sent") == [count, 0]
        writer.ended()
    stored = len(stored_records(feed))
    assert stored < count / 20, f"{count} user records were stored as {stored}: hardly aggregated"
    sent = {data(number) for number in range(count)}
    records = read(feed, sent)
    assert {r[3] for r in records} == sent
    assert len(records) == count, f"{len(records) - count} came twice"
    assert max(int(r[2]) for r in records) > 10, "no sub-sequence numbers"
    for metric in ("UserRecordsReceived", "UserRecordsPut"):
        told = told_cloudwatch(feed.name, metric)
        assert told == count or (told > count and not tells_once), f"{metric} is {told}"


scenario("1.0.7-aggregates")(lambda: aggregates("1.0.7", 50_000))
# 0.15.12 uploads what it has counted of late again and again, when it uploads every second as here.
scenario("0.15.12-aggregates")(lambda: aggregates("0.15.12", 5_000, tells_once=False))


@scenario("1.0.7-goes-through-a-split")
def splits():
    """The KPL sends by its own map of the shards and has to learn the new one."""
    feed = Feed("kpl-split", shards=2)
    count = 20_000
    with Writer("1.0.7", feed.name, count=count, pause_ms=50) as writer:
        writer.says("begun")
        time.sleep(1.5)  # in the midst of its 4 s
        feed.kinesis.split_shard(StreamName=feed.name, ShardToSplit="shardId-000000000000",
                                 NewStartingHashKey=str(2**126))
        assert writer.says("sent") == [count, 0]
        writer.ended()
    where = ranges(feed)
    stored, whole = set(), set()
    for shard in feed.shards():
        for record in records_of(feed, shard):
            texts = user_records(record)
            stored.update(texts)
            if all(hash_key(text) in where[shard["ShardId"]] for text in texts):
                whole.update(texts)
    lost = {data(number) for number in range(count)} - stored
    assert not lost, f"{len(lost)} were acknowledged and are nowhere, e.g. {lost.pop()}"
    # What the KPL had put together before it knew of the split lies in one of the halves.  It sends again what belongs
    # to the other, but the KCL leaves out all of it.
    assert len(whole) > 0.95 * count, f"the KCL will leave out {count - len(whole)}"
    records = read(feed, whole)
    for shard, _, _, text in records:
        assert hash_key(text) in where[shard], f"{text} was read from {shard}"
    assert {r[0] for r in records} == set(where), "a shard got nothing"


@scenario("1.0.7-runs-the-program-of-docs-kpl-md")
def documented():
    """As it stands there, but for the port."""
    page = pathlib.Path(__file__).parents[3].joinpath("docs", "kpl.md").read_text(encoding="utf-8")
    program = re.search(r"```java\n(.*?)```", page, re.S)[1].replace("4567", PORT)
    feed = Feed("orders", shards=2)
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "Main.java")
        source.write_text(program, encoding="utf-8")
        libraries = f"{CACHE}/kpl-1.0.7/lib/*"
        subprocess.run(["javac", "-nowarn", "-d", folder, "-cp", libraries, source], check=True)
        done = subprocess.run(["java", "-cp", f"{folder}:{CACHE}/kpl-1.0.7/classes:{libraries}", "Main"],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
    stored = b"".join(r["Data"] for r in stored_records(feed))
    missing = [i for i in range(100) if f"order {i}".encode() not in stored]
    assert not missing, missing


if __name__ == "__main__":
    sys.exit(not runner.run(SCENARIOS, SIDE_BY_SIDE))
