"""A stream, what was put into it, and whether that is what came out."""

import collections
import time

import kit  # of the conformance tests

KEYS = 100


class Feed:
    """Records `key:number`, the numbers of each key in order."""

    def __init__(self, name, shards=4):
        self.kinesis = kit.connect()
        self.name = name
        self.count = 0
        self.kinesis.create_stream(StreamName=name, ShardCount=shards)
        self.kinesis.get_waiter("stream_exists").wait(StreamName=name)

    def put(self, records, pause_seconds=0.0):
        """In batches; all are acknowledged when this returns."""
        while records > 0:
            batch = range(self.count, self.count + min(records, 250))
            entries = [{"PartitionKey": f"k{i % KEYS}", "Data": f"k{i % KEYS}:{i}"} for i in batch]
            answer = self.kinesis.put_records(StreamName=self.name, Records=entries)
            assert answer["FailedRecordCount"] == 0, answer
            self.count += len(batch)
            records -= len(batch)
            time.sleep(pause_seconds)

    def shards(self):
        return self.kinesis.list_shards(StreamName=self.name)["Shards"]

    def open_shards(self):
        return [s for s in self.shards() if "EndingSequenceNumber" not in s["SequenceNumberRange"]]

    def when_active(self):
        self.kinesis.get_waiter("stream_exists").wait(StreamName=self.name)


def check_order(records):
    """Each shard's records in the order of their numbers."""
    last = {}
    for r in records:
        assert r.sequence > last.get(r.shard, -1), f"{r.shard} went back at {r.sequence}"
        last[r.shard] = r.sequence


def check_exactly_once(records, feed):
    seen = collections.Counter((r.key, r.number) for r in records)
    repeated = [what for what, times in seen.items() if times > 1]
    assert not repeated, f"{len(repeated)} records came twice, e.g. {repeated[0]}"
    assert len(seen) == feed.count, f"{feed.count - len(seen)} of {feed.count} records are missing"


def check_keys_in_order(records):
    """Each key's numbers rise, across the shards that it went through."""
    last = {}
    for r in records:
        assert int(r.number) > last.get(r.key, -1), f"{r.key}: {r.number} after {last[r.key]}"
        last[r.key] = int(r.number)


def has(count):
    """At least so many different records."""
    return lambda worker: len({(r.shard, r.sequence) for r in worker.records()}) >= count
