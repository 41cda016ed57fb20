"""Records before, through and after a reshard: ChildShards lead to each of them once, in order."""

import collections
import functools
import itertools
import threading

import pytest

from kit import HASH_KEY_MAX, data_of, pages, read, read_through, read_to_end, shard_id

KEYS = [f"key-{i}" for i in range(40)]
PUTS_MAX = 2000


class Writer:
    """Puts numbered records of many keys and remembers which the service took."""

    def __init__(self, stream):
        self.stream = stream
        self.numbers = itertools.count()
        self.taken = []

    def put(self, count=len(KEYS)):
        batch = [
            {"Data": str(number).encode(), "PartitionKey": KEYS[number % len(KEYS)]}
            for number in itertools.islice(self.numbers, count)
        ]
        answer = self.stream.client.put_records(StreamName=self.stream.name, Records=batch)
        for entry, result in zip(batch, answer["Records"]):
            if "SequenceNumber" in result:
                self.taken.append((entry["PartitionKey"], entry["Data"], result))

    def put_through(self, change):
        """Goes on putting from before the change until it has been made."""
        started, changed, done = threading.Event(), threading.Event(), []

        def write():
            for _ in range(PUTS_MAX):
                self.put()
                started.set()
                if changed.is_set():
                    break
            done.append(True)

        thread = threading.Thread(target=write)
        thread.start()
        try:
            assert started.wait(120)
            change()
            self.stream.wait_active()
        finally:
            changed.set()
            thread.join()
        assert done, "the writer failed"

    def assert_all_read(self):
        found = read_through(self.stream)
        where = {
            record["SequenceNumber"]: shard
            for shard, records in found.items()
            for record in records
        }
        # Each record once, in the shard that the put named.
        assert sum(map(len, found.values())) == len(self.taken) == len(where)
        by_key = collections.defaultdict(list)
        for key, data, result in self.taken:
            assert where[result["SequenceNumber"]] == result["ShardId"]
            by_key[key].append(data)
        # Of each key the order of the puts, from parents to children.
        read_by_key, numbers = collections.defaultdict(list), collections.defaultdict(list)
        for records in found.values():
            for record in records:
                read_by_key[record["PartitionKey"]].append(record["Data"])
                numbers[record["PartitionKey"]].append(int(record["SequenceNumber"]))
        assert read_by_key == by_key
        for rising in numbers.values():
            assert rising == sorted(set(rising))


def split(stream, shard):
    bounds = next(s for s in stream.shards() if s["ShardId"] == shard)["HashKeyRange"]
    middle = (int(bounds["StartingHashKey"]) + int(bounds["EndingHashKey"]) + 1) // 2
    stream.client.split_shard(
        StreamName=stream.name, ShardToSplit=shard, NewStartingHashKey=str(middle)
    )


def merge(stream, shard, adjacent):
    stream.client.merge_shards(
        StreamName=stream.name, ShardToMerge=shard, AdjacentShardToMerge=adjacent
    )


def scale(stream, target):
    stream.client.update_shard_count(
        StreamName=stream.name, TargetShardCount=target, ScalingType="UNIFORM_SCALING"
    )


def test_splits_and_merges(streams):
    stream = streams.create(shards=2)
    writer = Writer(stream)

    writer.put()
    writer.put_through(lambda: split(stream, shard_id(0)))
    writer.put()
    writer.put_through(lambda: merge(stream, shard_id(3), shard_id(1)))
    writer.put()
    writer.put_through(lambda: merge(stream, shard_id(2), shard_id(4)))
    writer.put()

    assert [shard["ShardId"] for shard in stream.open_shards()] == [shard_id(5)]
    writer.assert_all_read()


def test_update_shard_count_up_and_down(streams):
    stream = streams.create(shards=2)
    writer = Writer(stream)

    writer.put()
    for target in (4, 5, 3):
        writer.put_through(functools.partial(scale, stream, target))
        assert stream.summary()["OpenShardCount"] == target
        writer.put()

    writer.assert_all_read()


def test_update_stream_mode_keeps_every_record_too(kinesis, streams):
    stream = streams.create(shards=2)
    writer = Writer(stream)

    writer.put()
    writer.put_through(
        lambda: kinesis.update_stream_mode(
            StreamARN=stream.arn, StreamModeDetails={"StreamMode": "ON_DEMAND"}
        )
    )
    writer.put()

    writer.assert_all_read()


def test_a_reader_is_led_on_by_the_end_of_its_shard(kinesis, streams):
    stream = streams.create()
    reader = stream.iterator("LATEST")
    stream.put(b"parent", ExplicitHashKey="0")
    split(stream, shard_id(0))
    stream.wait_active()
    stream.put(b"lower", ExplicitHashKey="0")
    stream.put(b"upper", ExplicitHashKey=str(HASH_KEY_MAX))

    records, children = read_to_end(kinesis, reader)

    assert data_of(records) == [b"parent"]
    shards = stream.shards()
    assert children == [
        {
            "ShardId": shard_id(number),
            "ParentShards": [shard_id(0)],
            "HashKeyRange": shards[number]["HashKeyRange"],
        }
        for number in (1, 2)
    ]
    assert data_of(stream.records(1)) == [b"lower"]
    assert data_of(stream.records(2)) == [b"upper"]


def test_both_parents_of_a_merge_lead_to_the_child(kinesis, streams):
    stream = streams.create(shards=2)
    readers = [stream.iterator(shard=shard) for shard in (0, 1)]
    merge(stream, shard_id(0), shard_id(1))
    stream.wait_active()
    stream.put(b"child")

    ends = [read_to_end(kinesis, reader) for reader in readers]

    child = {
        "ShardId": shard_id(2),
        "ParentShards": [shard_id(0), shard_id(1)],
        "HashKeyRange": {"StartingHashKey": "0", "EndingHashKey": str(HASH_KEY_MAX)},
    }
    assert ends == [([], [child]), ([], [child])]
    assert data_of(stream.records(2)) == [b"child"]


@pytest.mark.parametrize("kind", ["LATEST", "TRIM_HORIZON"])
def test_a_closed_shard_can_still_be_asked_for(kinesis, streams, kind):
    stream = streams.create()
    stream.put(b"x")
    split(stream, shard_id(0))
    stream.wait_active()

    records, children = read_to_end(kinesis, stream.iterator(kind))

    assert data_of(records) == ([b"x"] if kind == "TRIM_HORIZON" else [])
    assert [child["ShardId"] for child in children] == [shard_id(1), shard_id(2)]


def test_positions_in_a_closed_shard(kinesis, streams):
    stream = streams.create()
    numbers = [stream.put(str(i).encode())["SequenceNumber"] for i in range(3)]
    split(stream, shard_id(0))
    stream.wait_active()

    at = stream.iterator("AT_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[1])
    after = stream.iterator("AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=numbers[2])
    assert data_of(read_to_end(kinesis, at)[0]) == [b"1", b"2"]
    assert read_to_end(kinesis, after)[0] == []


def test_an_open_shard_tells_of_no_children(kinesis, streams):
    stream = streams.create()
    stream.put(b"x")

    for page in pages(kinesis, stream.iterator()):
        assert "ChildShards" not in page
        assert page["NextShardIterator"]


def test_records_go_to_the_shard_that_is_open_now(kinesis, streams):
    stream = streams.create(shards=2)
    merge(stream, shard_id(0), shard_id(1))
    stream.wait_active()

    for key in KEYS[:5]:
        assert stream.put(b"x", key)["ShardId"] == shard_id(2)
    assert len(read(kinesis, stream.iterator(shard=2))) == 5
