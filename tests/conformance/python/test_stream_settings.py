"""UpdateMaxRecordSize, UpdateStreamRecordDistributionStrategy, and DryRun."""

import pytest

from kit import data_of, empty, refused, refused_as, violation, violation_set, violations

MIB = 1024 * 1024
ON_DEMAND = {"StreamMode": "ON_DEMAND"}


def resize(stream, kib):
    answer = stream.client.update_max_record_size(StreamARN=stream.arn, MaxRecordSizeInKiB=kib)
    stream.wait_active()
    return answer


def distribute(stream, strategy):
    return stream.client.update_stream_record_distribution_strategy(
        StreamARN=stream.arn, RecordDistributionStrategy=strategy
    )


def kib(stream):
    return stream.summary()["MaxRecordSizeInKiB"]


def strategy(stream):
    return stream.summary().get("RecordDistributionStrategy")


# --- UpdateMaxRecordSize --------------------------------------------------------------------------


def test_the_size_goes_up_and_down(streams):
    stream = streams.create()
    assert kib(stream) == 1024

    assert empty(resize(stream, 10240))
    assert kib(stream) == 10240
    resize(stream, 2000)
    assert kib(stream) == 2000
    resize(stream, 1024)
    assert kib(stream) == 1024


@pytest.mark.parametrize("mode", ["PROVISIONED", "ON_DEMAND"])
def test_the_size_of_the_creation(streams, mode):
    stream = streams.create(
        shards=1 if mode == "PROVISIONED" else None,
        StreamModeDetails={"StreamMode": mode},
        MaxRecordSizeInKiB=2048,
    )

    assert kib(stream) == 2048
    resize(stream, 3000)
    assert kib(stream) == 3000


def test_a_record_of_ten_mebibytes(streams):
    stream = streams.create()
    resize(stream, 10240)
    data = bytes(range(256)) * (10 * MIB // 256)

    stream.put(data[1:], "k")  # the key counts, too

    assert data_of(stream.records()) == [data[1:]]


def test_refuses_a_record_over_the_streams_size(kinesis, streams):
    stream = streams.create(MaxRecordSizeInKiB=2048)
    tips = stream.tips()
    big = b"x" * (2 * MIB)

    with refused_as(kinesis, "InvalidArgumentException", "ValidationException"):
        stream.put(big, "k")
    with refused_as(kinesis, "InvalidArgumentException", "ValidationException"):
        kinesis.put_records(
            StreamName=stream.name,
            Records=[{"Data": b"small", "PartitionKey": "k"}, {"Data": big, "PartitionKey": "k"}],
        )
    assert stream.nothing_since(tips)
    stream.put(big[1:], "k")
    resize(stream, 1024)
    with refused_as(kinesis, "InvalidArgumentException", "ValidationException"):
        stream.put(big[1:], "k")
    assert data_of(stream.records()) == [big[1:]]  # what is stored stays


@pytest.mark.parametrize(
    ("size", "rule"),
    [(1023, "greater than or equal to 1024"), (10241, "less than or equal to 10240")],
)
def test_refuses_a_size_out_of_range(unchecked, stream, size, rule):
    text = violations(violation(size, "maxRecordSizeInKiB", f"have value {rule}"))

    with refused("ValidationException", text):
        unchecked.update_max_record_size(StreamARN=stream.arn, MaxRecordSizeInKiB=size)
    with refused("ValidationException", text):
        unchecked.create_stream(StreamName="never-made", ShardCount=1, MaxRecordSizeInKiB=size)
    assert kib(stream) == 1024


def test_refuses_no_size_or_no_stream(unchecked, stream):
    with refused(
        "ValidationException", violations(violation(None, "maxRecordSizeInKiB", "not be null"))
    ):
        unchecked.update_max_record_size(StreamARN=stream.arn)
    with refused_as(unchecked, "InvalidArgumentException", "ValidationException"):
        unchecked.update_max_record_size(MaxRecordSizeInKiB=2048)


# --- UpdateStreamRecordDistributionStrategy -------------------------------------------------------


def test_the_strategy_is_switched_at_any_time(streams):
    stream = streams.create(shards=None, StreamModeDetails=ON_DEMAND)
    assert strategy(stream) == "USER_PARTITION_KEY"

    for wanted in ("AUTO", "AUTO", "USER_PARTITION_KEY"):
        assert empty(distribute(stream, wanted))
        assert strategy(stream) == wanted
        assert stream.summary()["StreamStatus"] == "ACTIVE"


def test_the_strategy_of_the_creation(streams):
    stream = streams.create(
        shards=None, StreamModeDetails=ON_DEMAND, RecordDistributionStrategy="AUTO"
    )

    assert strategy(stream) == "AUTO"


def test_without_keys_the_service_spreads_the_records(kinesis, streams):
    stream = streams.create(
        shards=None, StreamModeDetails=ON_DEMAND, RecordDistributionStrategy="AUTO"
    )

    kinesis.put_record(StreamName=stream.name, Data=b"without")
    stream.put(b"with", "key")
    batch = [{"Data": str(i).encode()} for i in range(40)]
    answer = kinesis.put_records(StreamName=stream.name, Records=batch)

    assert answer["FailedRecordCount"] == 0
    assert len({entry["ShardId"] for entry in answer["Records"]}) > 1
    records = [record for shard in stream.shards() for record in stream.records(shard["ShardId"])]
    assert sorted(data_of(records)) == sorted([b"with", b"without", *(e["Data"] for e in batch)])
    keys = {record["Data"]: record.get("PartitionKey") for record in records}
    assert keys[b"with"] == "key"
    assert keys[b"without"] is None and keys[b"0"] is None
    with refused("InvalidArgumentException"):
        stream.put(b"x", SequenceNumberForOrdering=records[0]["SequenceNumber"])

    distribute(stream, "USER_PARTITION_KEY")
    with refused_as(kinesis, "ValidationException", "InvalidArgumentException"):
        kinesis.put_record(StreamName=stream.name, Data=b"x")


def test_refuses_auto_for_provisioned_streams(kinesis, streams, stream):
    with refused("InvalidArgumentException"):
        distribute(stream, "AUTO")
    with refused_as(kinesis, "InvalidArgumentException", "ValidationException"):
        streams.create(shards=1, RecordDistributionStrategy="AUTO", wait=False)
    assert strategy(stream) is None


def test_refuses_a_broken_strategy(unchecked, stream):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'SOMEHOW' at 'recordDistributionStrategy' "
        "failed to satisfy constraint: Member must satisfy enum value set: [",
    ):
        unchecked.update_stream_record_distribution_strategy(
            StreamARN=stream.arn, RecordDistributionStrategy="SOMEHOW"
        )
    with refused("ValidationException") as caught:
        unchecked.update_stream_record_distribution_strategy()
    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "streamARN", "not be null"),
        violation(None, "recordDistributionStrategy", "not be null"),
    }


@pytest.mark.parametrize("call", [lambda s: resize(s, 2048), lambda s: distribute(s, "AUTO")])
def test_an_unknown_stream(streams, stream, absent, account, call):
    unknown = streams.named(absent, stream.arn.replace(stream.name, absent))

    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        call(unknown)


# --- DryRun ---------------------------------------------------------------------------------------

PASSED = "Request would have succeeded, but DryRun flag is set."


def test_a_dry_run_that_would_succeed_does_nothing(kinesis, streams):
    stream = streams.create()
    stream.put(b"x")
    tips = stream.tips()
    entry = {"Data": b"dry", "PartitionKey": "k"}
    iterator = stream.iterator()

    for call in (
        lambda: kinesis.put_record(StreamName=stream.name, DryRun=True, **entry),
        lambda: kinesis.put_records(StreamName=stream.name, DryRun=True, Records=[entry]),
        lambda: stream.iterator(DryRun=True),
        lambda: kinesis.get_records(ShardIterator=iterator, DryRun=True),
    ):
        with refused("DryRunOperationException", PASSED):
            call()
    assert stream.nothing_since(tips)
    stream.put(b"wet", DryRun=False)
    assert data_of(stream.records()) == [b"x", b"wet"]


def test_a_dry_run_that_would_fail_says_so(kinesis, stream, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.put_record(StreamName=absent, Data=b"x", PartitionKey="k", DryRun=True)
    with refused("InvalidArgumentException", "Invalid ShardIterator."):
        kinesis.get_records(ShardIterator="AAAA", DryRun=True)
    with refused("InvalidArgumentException"):
        stream.put(b"x", ExplicitHashKey=str(2**128), DryRun=True)
    with refused("ResourceNotFoundException"):
        stream.iterator(shard=7, DryRun=True)
