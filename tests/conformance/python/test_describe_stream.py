"""DescribeStream and DescribeStreamSummary: by name, by ARN, page by page."""

import pytest

from kit import refused, shard_id, violation, violations


@pytest.fixture(scope="module")
def five(shared):
    return shared.create(shards=5)


def ids(description):
    return [shard["ShardId"] for shard in description["Shards"]]


def test_name_and_arn_give_the_same_description(kinesis, stream):
    by_name = kinesis.describe_stream(**stream.by_name)["StreamDescription"]
    by_arn = kinesis.describe_stream(**stream.by_arn)["StreamDescription"]
    by_both = kinesis.describe_stream(**stream.by_name, **stream.by_arn)["StreamDescription"]

    assert by_name == by_arn == by_both
    assert by_name["StreamARN"] == stream.arn


def test_the_summary_in_full(kinesis, stream):
    by_name = kinesis.describe_stream_summary(**stream.by_name)["StreamDescriptionSummary"]
    by_arn = kinesis.describe_stream_summary(**stream.by_arn)["StreamDescriptionSummary"]

    assert by_name == by_arn
    description = stream.description()
    for member in ("StreamCreationTimestamp", "StreamARN"):
        assert by_name.pop(member) == description[member]
    # Newer members may or may not be shown; where they are, a fresh stream has these values.
    assert by_name.pop("MaxRecordSizeInKiB", 1024) == 1024
    assert by_name.pop("ChannelCount", 0) == 0
    assert by_name.pop("QueueCount", 0) == 0
    assert by_name == {
        "StreamName": stream.name,
        "StreamStatus": "ACTIVE",
        "StreamModeDetails": {"StreamMode": "PROVISIONED"},
        "RetentionPeriodHours": 24,
        "EnhancedMonitoring": [{"ShardLevelMetrics": []}],
        "EncryptionType": "NONE",
        "OpenShardCount": 3,
        "ConsumerCount": 0,
    }


def test_the_creation_time_is_a_whole_second(stream):
    assert stream.summary()["StreamCreationTimestamp"].microsecond == 0


def test_a_limit_cuts_the_list_of_shards(kinesis, five):
    first = kinesis.describe_stream(StreamName=five.name, Limit=2)["StreamDescription"]
    rest = kinesis.describe_stream(
        StreamName=five.name, Limit=3, ExclusiveStartShardId=ids(first)[-1]
    )["StreamDescription"]

    assert (ids(first), first["HasMoreShards"]) == ([shard_id(0), shard_id(1)], True)
    assert (ids(rest), rest["HasMoreShards"]) == ([shard_id(i) for i in (2, 3, 4)], False)


def test_nothing_follows_the_last_shard(kinesis, five):
    after = kinesis.describe_stream(StreamName=five.name, ExclusiveStartShardId=shard_id(4))

    assert after["StreamDescription"]["Shards"] == []
    assert after["StreamDescription"]["HasMoreShards"] is False


@pytest.mark.parametrize("size", [1, 2, 5, 10000])
def test_the_paginator_finds_every_shard_once(kinesis, five, size):
    found = kinesis.get_paginator("describe_stream").paginate(
        **five.by_arn, PaginationConfig={"PageSize": size}
    )

    listed = [shard for page in found for shard in ids(page["StreamDescription"])]
    assert listed == [shard_id(i) for i in range(5)]


def test_a_hundred_shards_are_a_page(kinesis, streams):
    big = streams.create(shards=101)

    page = kinesis.describe_stream(StreamName=big.name)["StreamDescription"]
    capped = kinesis.describe_stream(StreamName=big.name, Limit=10000)["StreamDescription"]

    assert ids(page) == ids(capped) == [shard_id(i) for i in range(100)]
    assert page["HasMoreShards"] is capped["HasMoreShards"] is True


@pytest.mark.parametrize(
    ("limit", "rule"), [(0, "greater than or equal to 1"), (10001, "less than or equal to 10000")]
)
def test_refuses_a_limit_out_of_range(unchecked, stream, limit, rule):
    with refused(
        "ValidationException", violations(violation(limit, "limit", f"have value {rule}"))
    ):
        unchecked.describe_stream(StreamName=stream.name, Limit=limit)


@pytest.mark.parametrize("operation", ["describe_stream", "describe_stream_summary"])
def test_an_unknown_stream_is_named_also_when_asked_for_by_arn(
    kinesis, stream, absent, account, operation
):
    text = f"Stream {absent} under account {account} not found."
    call = getattr(kinesis, operation)

    with pytest.raises(kinesis.exceptions.ResourceNotFoundException) as caught:
        call(StreamName=absent)
    assert caught.value.response["Error"]["Message"] == text
    with refused("ResourceNotFoundException", text):
        call(StreamARN=stream.arn.replace(stream.name, absent))


@pytest.mark.parametrize("operation", ["describe_stream", "describe_stream_summary"])
def test_refuses_neither_name_nor_arn(unchecked, operation):
    with refused("InvalidArgumentException"):
        getattr(unchecked, operation)()


def test_refuses_a_name_and_an_arn_of_two_streams(kinesis, stream, five):
    with refused("InvalidArgumentException"):
        kinesis.describe_stream_summary(StreamName=five.name, StreamARN=stream.arn)


def test_refuses_what_is_no_arn(kinesis):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'stream/x' at 'streamARN' failed to satisfy "
        "constraint: Member must satisfy regular expression pattern: arn:aws",
    ):
        kinesis.describe_stream(StreamARN="stream/x")
