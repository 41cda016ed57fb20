"""Subscribers: every record once and in its key's order, across a split and a new subscription.

A file of its own name, not found by pytest: the part `fanout_boto3` asks for it.
"""

import collections
import queue
import threading
import time

import kit
import pytest

KEYS, ROUNDS = 500, 40  # a key is in each PutRecords once: what is put again cannot overtake
SECURE_S = 5.1  # nobody may take a subscription over before 5 s are past
PAUSE_S = 0.5  # amid the writing, so that the readers see more than its end
PATIENCE_S = 90


def subscribe(client, consumer, position, shard=0):
    answer = client.subscribe_to_shard(
        ConsumerARN=consumer, ShardId=kit.shard_id(shard), StartingPosition=position
    )
    return answer["EventStream"]


def first(client, consumer, position, count=1, then=None):
    """The first records from a position; `then` is called once the subscription stands."""
    stream = subscribe(client, consumer, position)
    if then:
        then()
    records = []
    for event in stream:
        records += event["SubscribeToShardEvent"]["Records"]
        if len(records) >= count:
            break
    stream.close()
    return records


class Subscribers:
    """One thread a shard, which follows it to its end and then its children."""

    def __init__(self, client, consumer):
        self.client = client
        self.consumer = consumer
        self.found = queue.Queue()  # records, and what went wrong

    def follow(self, shard, **how):
        # Nobody waits for them: an open shard has no end.
        threading.Thread(target=self._follow, args=(shard,), kwargs=how, daemon=True).start()

    def _follow(self, shard, interrupted=False):
        try:
            position = {"Type": "TRIM_HORIZON"}
            while True:
                children, number = self._read(shard, position, interrupted)
                for child in children:
                    self.follow(child["ShardId"])
                if children:
                    return
                position = {"Type": "AFTER_SEQUENCE_NUMBER", "SequenceNumber": number}
                if interrupted:
                    time.sleep(SECURE_S)
                interrupted = False
        except Exception as error:
            self.found.put(error)

    def _read(self, shard, position, interrupted):
        """One subscription, to its end or, if it is to be interrupted, to its first records."""
        stream = subscribe(self.client, self.consumer, position, shard)
        number = position.get("SequenceNumber")
        for event in (each["SubscribeToShardEvent"] for each in stream):
            for record in event["Records"]:
                self.found.put(record)
            number = event.get("ContinuationSequenceNumber")
            assert (number is None) == bool(event.get("ChildShards")), event
            if number is None:
                return event["ChildShards"], None
            if interrupted and event["Records"]:
                stream.close()
                break
        return [], number


def put_all(stream, entries):
    while entries:
        answer = stream.client.put_records(StreamName=stream.name, Records=entries)
        entries = [e for e, r in zip(entries, answer["Records"], strict=True) if "ErrorCode" in r]
        if entries:
            time.sleep(0.1)


def split(stream, shard):
    ends = stream.shards()[shard]["HashKeyRange"]
    middle = (int(ends["StartingHashKey"]) + int(ends["EndingHashKey"])) // 2
    stream.client.split_shard(
        StreamName=stream.name, ShardToSplit=kit.shard_id(shard), NewStartingHashKey=str(middle)
    )


def test_every_record_once_and_in_order_while_a_shard_splits(kinesis, streams):
    stream = streams.create(shards=3)
    subscribers = Subscribers(kinesis, stream.register("reader"))
    for shard in range(3):
        subscribers.follow(shard, interrupted=shard == 0)

    for turn in range(ROUNDS):
        data = str(turn).encode()
        put_all(stream, [{"PartitionKey": f"key-{k}", "Data": data} for k in range(KEYS)])
        if turn == ROUNDS // 2:
            split(stream, 2)
            time.sleep(PAUSE_S)

    found = collections.defaultdict(list)
    for _ in range(KEYS * ROUNDS):
        record = subscribers.found.get(timeout=PATIENCE_S)
        if isinstance(record, Exception):
            raise record
        found[record["PartitionKey"]].append(int(record["Data"]))
    assert found == {f"key-{k}": list(range(ROUNDS)) for k in range(KEYS)}


@pytest.fixture(scope="module")
def two(shared):
    """A stream of one shard with two records, and those as a subscriber gets them."""
    stream = shared.create()
    for data in (b"one", b"two"):
        stream.put(data)
        time.sleep(0.01)  # so that their times differ
    consumer = stream.register("first")
    return stream, consumer, first(stream.client, consumer, {"Type": "TRIM_HORIZON"}, 2)


def test_from_the_trim_horizon(two):
    assert kit.data_of(two[2]) == [b"one", b"two"]


def test_a_second_subscription_within_five_seconds_is_refused(two):
    stream, _, _ = two
    consumer = stream.register("hasty")
    subscribe(stream.client, consumer, {"Type": "LATEST"})
    with kit.refused("ResourceInUseException"):
        subscribe(stream.client, consumer, {"Type": "LATEST"})


@pytest.mark.parametrize("kind", ["AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_from_a_record_on(two, kind):
    stream, _, (one, second) = two
    position = {
        "AT_TIMESTAMP": {"Timestamp": second["ApproximateArrivalTimestamp"]},
        "AT_SEQUENCE_NUMBER": {"SequenceNumber": second["SequenceNumber"]},
        "AFTER_SEQUENCE_NUMBER": {"SequenceNumber": one["SequenceNumber"]},
    }[kind]
    consumer = stream.register(kind)
    found = first(stream.client, consumer, {"Type": kind, **position})
    assert kit.data_of(found)[0] == b"two"


def test_from_the_latest_on(two):
    stream, _, _ = two
    consumer = stream.register("latest")
    found = first(stream.client, consumer, {"Type": "LATEST"}, then=lambda: stream.put(b"three"))
    assert kit.data_of(found) == [b"three"]


def test_an_unknown_consumer_is_refused(two):
    stream, consumer, _ = two
    with kit.refused("ResourceNotFoundException"):
        subscribe(stream.client, consumer.replace("/first:", "/absent:"), {"Type": "LATEST"})
