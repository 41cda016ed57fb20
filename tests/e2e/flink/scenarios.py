#!/usr/bin/env python3
"""What jobs on Flink's Kinesis connectors go through, on mini-clusters: scenarios.py [PATTERN].

They run side by side; each has its own stream and jobs.
"""

import sys

import kit  # of the conformance tests
import runner
from cluster import Cluster
from feed import Feed, check_exactly_once, check_order, has

SIDE_BY_SIDE = 3


def arn(feed):
    return kit.Stream(feed.kinesis, feed.name).arn


def consumers(feed):
    return feed.kinesis.list_stream_consumers(StreamARN=arn(feed))["Consumers"]


def goes_on_from_a_savepoint(source, reader):
    """Stopped amid 5,000 records, and started again: each of them counts once in Flink's state.

    What a stopping job does after its savepoint, the next one does again: reports may repeat."""
    feed = Feed(f"savepoint-{reader}")
    feed.put(2_500)
    before = source.start(f"{feed.name}-before", feed.name, reader)
    before.wait("first records", has(1))
    assert [c["ConsumerName"] for c in consumers(feed)] == [f"{feed.name}-before"] * (reader == "EFO")
    feed.put(1_000)
    savepoint = before.stop()
    before.wait("end of its consumer", lambda _: not consumers(feed))
    feed.put(1_500)
    after = source.start(f"{feed.name}-after", feed.name, reader, savepoint)
    after.wait("the rest", lambda job: job.counted() >= feed.count)
    after.stop()
    assert after.counted() == feed.count, f"Flink's state has counted {after.counted()} records"
    both = {(r.key, r.number) for r in before.records() + after.records()}
    assert len(both) == feed.count, f"{feed.count - len(both)} of {feed.count} records are missing"
    check_order(before.records())
    check_order(after.records())


def follows_reshards(source, reader):
    """A split and a merge amid 5,000 records: each of them once.  (It reads children beside their parents.)"""
    feed = Feed(f"reshard-{reader}", shards=2)
    feed.put(1_000)
    job = source.start(feed.name, feed.name, reader)
    job.wait("first records", has(1))
    feed.kinesis.split_shard(StreamName=feed.name, ShardToSplit="shardId-000000000000",
                             NewStartingHashKey=str(2**126))
    feed.put(2_000)
    feed.when_active()
    feed.kinesis.merge_shards(StreamName=feed.name, ShardToMerge="shardId-000000000003",
                              AdjacentShardToMerge="shardId-000000000001")
    feed.put(2_000)
    job.wait("5,000 records", has(5_000))
    job.stop()
    assert len({r.shard for r in job.records()}) == 5
    check_exactly_once(job.records(), feed)
    check_order(job.records())


def writes(sink, _):
    """5,000 records, which boto3 reads back."""
    feed = Feed("written")
    sink.start("written", feed.name, 5_000).wait("end", lambda job: job.said("finished"))
    records = [record for shard in kit.read_through(kit.Stream(feed.kinesis, feed.name)).values() for record in shard]
    assert all(record["PartitionKey"] == record["Data"].decode().split(":")[0] for record in records)
    numbers = sorted(int(record["Data"].decode().split(":")[1]) for record in records)
    assert numbers == list(range(5_000)), f"{len(numbers)} records, {len(set(numbers))} different ones"


SCENARIOS = {
    "polling-goes-on-from-a-savepoint": ("source", goes_on_from_a_savepoint, "POLLING"),
    "fanout-goes-on-from-a-savepoint": ("source", goes_on_from_a_savepoint, "EFO"),
    "polling-follows-reshards": ("source", follows_reshards, "POLLING"),
    "fanout-follows-reshards": ("source", follows_reshards, "EFO"),
    "sink-writes": ("sink", writes, None),
}


def main():
    clusters = {kind: Cluster(kind) for kind in ("source", "sink")}
    good = runner.run({name: lambda kind=kind, body=body, reader=reader: body(clusters[kind], reader)
                       for name, (kind, body, reader) in SCENARIOS.items()}, SIDE_BY_SIDE)
    for cluster in clusters.values():
        cluster.close()
    errors = [line for cluster in clusters.values() for line in cluster.errors()]
    print("".join(errors), end="")
    sys.exit(not good or bool(errors))


if __name__ == "__main__":
    main()
