"""CreateStream: modes, shards, names."""

import datetime

import pytest

from kit import HASH_KEY_MAX, REQUEST_ID, SEQUENCE_NUMBER, refused, sequence_fields, violation
from kit import violation_set, violations

NAME_PATTERN = "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"


def test_answers_at_once_with_an_empty_body(kinesis, streams):
    answer = kinesis.create_stream(StreamName=streams.name(), ShardCount=1)

    assert set(answer) == {"ResponseMetadata"}
    http = answer["ResponseMetadata"]
    assert http["HTTPStatusCode"] == 200
    assert http["HTTPHeaders"]["content-length"] == "0"
    assert REQUEST_ID.match(http["HTTPHeaders"]["x-amzn-requestid"])


def test_a_stream_that_is_being_created_shows_no_shards(streams):
    stream = streams.create(shards=2, wait=False)

    first = stream.description()  # a server may be quick
    assert first["StreamStatus"] in ("CREATING", "ACTIVE")
    assert len(first["Shards"]) == (0 if first["StreamStatus"] == "CREATING" else 2)
    assert first["HasMoreShards"] is False

    stream.wait_active()
    assert len(stream.shards()) == 2


def test_a_fresh_stream_described_in_full(streams):
    now = datetime.datetime.now(datetime.timezone.utc)
    stream = streams.create(shards=3)

    description = stream.description()

    created = description.pop("StreamCreationTimestamp")
    shards = description.pop("Shards")
    arn = description.pop("StreamARN")
    assert description == {
        "StreamName": stream.name,
        "StreamStatus": "ACTIVE",
        "StreamModeDetails": {"StreamMode": "PROVISIONED"},
        "HasMoreShards": False,
        "RetentionPeriodHours": 24,
        "EnhancedMonitoring": [{"ShardLevelMetrics": []}],
        "EncryptionType": "NONE",
    }
    assert abs((created - now).total_seconds()) < 60
    prefix, _, name = arn.partition(":stream/")
    assert prefix.split(":")[:3] == ["arn", "aws", "kinesis"] and name == stream.name
    assert len(prefix.split(":")[4]) == 12
    assert [shard["ShardId"] for shard in shards] == [f"shardId-{i:012d}" for i in range(3)]
    # The ranges AWS gave a stream of three shards.
    assert [shard["HashKeyRange"] for shard in shards] == [
        {
            "StartingHashKey": "0",
            "EndingHashKey": "113427455640312821154458202477256070484",
        },
        {
            "StartingHashKey": "113427455640312821154458202477256070485",
            "EndingHashKey": "226854911280625642308916404954512140969",
        },
        {
            "StartingHashKey": "226854911280625642308916404954512140970",
            "EndingHashKey": "340282366920938463463374607431768211455",
        },
    ]
    for shard in shards:
        assert set(shard) == {"ShardId", "HashKeyRange", "SequenceNumberRange"}
        assert set(shard["SequenceNumberRange"]) == {"StartingSequenceNumber"}
        assert SEQUENCE_NUMBER.match(shard["SequenceNumberRange"]["StartingSequenceNumber"])


def test_starting_sequence_numbers_have_the_layout_of_aws(streams):
    stream = streams.create(shards=5)

    numbers = [int(s["SequenceNumberRange"]["StartingSequenceNumber"]) for s in stream.shards()]

    # The step between the shards of one stream, recorded from the service.
    steps = {later - earlier for earlier, later in zip(numbers, numbers[1:])}
    assert steps == {22300745198530623141535718272648361505980432}
    created = stream.summary()["StreamCreationTimestamp"].timestamp()
    for index, number in enumerate(numbers):
        fields = sequence_fields(number)
        assert fields["shard"] == index
        assert fields["index"] == 0
        assert fields["time"] == fields["shard_created"]
        assert created - 10 <= fields["shard_created"] <= created  # AWS dates it back a little


@pytest.mark.parametrize("count", [1, 2, 5, 7])
def test_shards_tile_the_hash_space(streams, count):
    ranges = [s["HashKeyRange"] for s in streams.create(shards=count).shards()]

    width = 2**128 // count
    assert [int(r["StartingHashKey"]) for r in ranges] == [i * width for i in range(count)]
    assert [int(r["EndingHashKey"]) for r in ranges] == [
        (i + 1) * width - 1 for i in range(count - 1)
    ] + [HASH_KEY_MAX]


def test_provisioned_mode_may_be_named(streams):
    stream = streams.create(shards=2, StreamModeDetails={"StreamMode": "PROVISIONED"})

    assert stream.summary()["StreamModeDetails"] == {"StreamMode": "PROVISIONED"}
    assert stream.summary()["OpenShardCount"] == 2


def test_on_demand_starts_with_four_shards(streams):
    stream = streams.create(shards=None, StreamModeDetails={"StreamMode": "ON_DEMAND"})

    assert stream.summary()["StreamModeDetails"] == {"StreamMode": "ON_DEMAND"}
    assert stream.summary()["OpenShardCount"] == 4
    assert len(stream.shards()) == 4


def test_neither_count_nor_mode_makes_four_shards(streams):
    # The service accepted this in 2022 and made four shards.
    assert len(streams.create(shards=None).shards()) == 4


def test_a_name_is_taken_from_the_first_moment(kinesis, streams):
    stream = streams.create(wait=False)

    with refused(
        "ResourceInUseException",
        f"Stream {stream.name} under account {stream.account} already exists.",
    ):
        kinesis.create_stream(StreamName=stream.name, ShardCount=1)

    stream.wait_active()
    with pytest.raises(kinesis.exceptions.ResourceInUseException):
        kinesis.create_stream(StreamName=stream.name, ShardCount=2)
    assert stream.summary()["OpenShardCount"] == 1


def test_the_longest_name_and_all_its_characters(streams):
    suffix = "-aZ09_.-"
    stream = streams.create(
        suffix=suffix + "x" * (128 - len(streams.prefix) - len("-0") - len(suffix))
    )

    assert len(stream.name) == 128
    assert stream.description()["StreamName"] == stream.name


@pytest.mark.parametrize("name", ["a b", "a/b", "é"])
def test_refuses_other_characters(unchecked, name):
    with refused("ValidationException", violations(violation(name, "streamName", NAME_PATTERN))):
        unchecked.create_stream(StreamName=name, ShardCount=1)


def test_refuses_an_empty_name(unchecked):
    with refused("ValidationException") as caught:
        unchecked.create_stream(StreamName="", ShardCount=1)

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation("", "streamName", NAME_PATTERN),
        violation("", "streamName", "have length greater than or equal to 1"),
    }


def test_refuses_a_name_of_129(unchecked):
    with refused(
        "ValidationException",
        violations(violation("n" * 129, "streamName", "have length less than or equal to 128")),
    ):
        unchecked.create_stream(StreamName="n" * 129, ShardCount=1)


def test_reports_every_broken_constraint(unchecked):
    with refused("ValidationException") as caught:
        unchecked.create_stream(ShardCount=0)

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "streamName", "not be null"),
        violation(0, "shardCount", "have value greater than or equal to 1"),
    }


def test_refuses_an_unknown_mode(unchecked):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'SOMETIMES' at 'streamModeDetails.streamMode' "
        "failed to satisfy constraint: Member must satisfy enum value set: [",
    ):
        unchecked.create_stream(
            StreamName="never-made", ShardCount=1, StreamModeDetails={"StreamMode": "SOMETIMES"}
        )


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("ShardCount", "three", "class java.lang.String can not be converted to an Integer"),
        ("ShardCount", True, "class java.lang.Boolean can not be converted to an Integer"),
        ("StreamName", False, "class java.lang.Boolean can not be converted to an String"),
        (
            "StreamName",
            12,
            "class com.amazon.coral.value.json.numbers.TruncatingBigNumber "
            "can not be converted to an String",
        ),
        ("StreamName", ["a"], "Start of list found where not expected"),
        ("StreamName", {"a": "b"}, "Start of structure or map found where not expected."),
    ],
)
def test_refuses_a_wrong_type(unchecked, member, value, message):
    with refused("SerializationException", message):
        unchecked.create_stream(**{"StreamName": "never-made", "ShardCount": 1, member: value})
