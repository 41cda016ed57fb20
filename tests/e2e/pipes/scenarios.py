#!/usr/bin/env python3
"""What programs that carry data do with streams: scenarios.py [PATTERN].

They run side by side; each has its own stream.
"""

import collections
import pathlib
import re
import sys
import tempfile

import kit  # of the conformance tests
import runner
from feed import KEYS, Feed
from telegraf import Telegraf, plugin

CHECKPOINTS = "telegraf-checkpoints"


def telegraf_writes():
    """5,000 metrics of a file, each under its key."""
    feed = Feed("telegraf-out")
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "metrics")
        source.write_text("".join(f"orders,key=k{i % KEYS} number={i}i\n" for i in range(5_000)), encoding="utf-8")
        with Telegraf(
                plugin("inputs.file", files=[str(source)], data_format="influx"),
                plugin("outputs.kinesis", streamname=feed.name, region=kit.region(), data_format="influx"),
                '  [outputs.kinesis.partition]\n    method = "tag"\n    key = "key"\n', options=["--once"]) as program:
            assert not program.ended()
    shards = kit.read_through(kit.Stream(feed.kinesis, feed.name)).values()
    found = [(r["PartitionKey"], *re.search(r"key=(\w+) number=(\d+)i", r["Data"].decode()).groups())
             for records in shards for r in records]
    assert sorted(found) == sorted((f"k{i % KEYS}", f"k{i % KEYS}", str(i)) for i in range(5_000))


def reader(feed, into):
    checkpoints = (f'  [inputs.kinesis_consumer.checkpoint_dynamodb]\n    app_name = "reader"\n'
                   f'    table_name = "{CHECKPOINTS}"\n    interval = "1s"\n')
    return Telegraf(
        plugin("inputs.kinesis_consumer", streamname=feed.name, region=kit.region(), poll_interval="100ms",
               shard_update_interval="1s", max_undelivered_messages=5_000, data_format="value", data_type="string"),
        checkpoints, plugin("outputs.file", files=[str(into)], data_format="influx"))


def telegraf_goes_on_from_its_checkpoints():
    """5,000 records, a split and a stop among them: each once."""
    feed = Feed("telegraf-in", shards=2)
    kit.connect(service="dynamodb").create_table(
        TableName=CHECKPOINTS, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "namespace", "KeyType": "HASH"}, {"AttributeName": "shard_id", "KeyType": "RANGE"}],
        AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in ("namespace", "shard_id")])
    feed.put(2_500)
    with tempfile.TemporaryDirectory() as folder:
        into = pathlib.Path(folder, "records")

        def found():
            return re.findall(r'value="(k\d+:\d+)"', into.read_text(encoding="utf-8")) if into.exists() else []

        def read(count):
            with reader(feed, into) as program:
                program.wait(f"{count} records", lambda: len(set(found())) >= count)
                errors = program.stop()
                assert not errors, errors

        read(2_500)
        feed.put(500)
        feed.kinesis.split_shard(StreamName=feed.name, ShardToSplit="shardId-000000000000",
                                 NewStartingHashKey=str(2**126))
        feed.put(2_000)
        read(5_000)
        repeated = [what for what, times in collections.Counter(found()).items() if times > 1]
        assert not repeated, f"{len(repeated)} records came twice, e.g. {repeated[0]}"


SCENARIOS = {
    "telegraf-writes": telegraf_writes,
    "telegraf-goes-on-from-its-checkpoints": telegraf_goes_on_from_its_checkpoints,
}

if __name__ == "__main__":
    sys.exit(not runner.run(SCENARIOS, side_by_side=2))
