"""SplitShard, MergeShards, UpdateShardCount: which shards there are afterwards."""

import pytest

from kit import HASH_KEY_MAX, empty, refused, refused_as, sequence_fields, shard_id
from kit import violation, violation_set, violations

MIDDLE = 2**127
NAME_PATTERN = "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"


def split(stream, shard, key, **reference):
    answer = stream.client.split_shard(
        **(reference or stream.by_name), ShardToSplit=shard_id(shard), NewStartingHashKey=str(key)
    )
    stream.wait_active()
    return answer


def merge(stream, shard, adjacent, **reference):
    answer = stream.client.merge_shards(
        **(reference or stream.by_name),
        ShardToMerge=shard_id(shard),
        AdjacentShardToMerge=shard_id(adjacent),
    )
    stream.wait_active()
    return answer


def scale(stream, target, **reference):
    answer = stream.client.update_shard_count(
        **(reference or stream.by_name), TargetShardCount=target, ScalingType="UNIFORM_SCALING"
    )
    stream.wait_active()
    return answer


def range_of(shard):
    bounds = shard["HashKeyRange"]
    return int(bounds["StartingHashKey"]), int(bounds["EndingHashKey"])


def ids(shards):
    return [shard["ShardId"] for shard in shards]


def assert_closed(shard):
    """The end that AWS gives a closed shard: its own layout, above every record's number."""
    numbers = shard["SequenceNumberRange"]
    start = sequence_fields(numbers["StartingSequenceNumber"])
    end = sequence_fields(numbers["EndingSequenceNumber"])
    assert end["index"] == 0x7FFFFFFFFFFFFFFF
    assert (end["shard"], end["shard_created"]) == (start["shard"], start["shard_created"])
    return end


def assert_tiled(shards):
    ranges = sorted(range_of(shard) for shard in shards)
    assert ranges[0][0] == 0 and ranges[-1][1] == HASH_KEY_MAX
    assert [start for start, _ in ranges[1:]] == [end + 1 for _, end in ranges[:-1]]


@pytest.fixture(scope="module")
def used(shared):
    """Shard 0 was split into 2 and 3, then these were merged into 4; 1 is as it was."""
    stream = shared.create(shards=2)
    split(stream, 0, 2**126)
    merge(stream, 2, 3)
    return stream


@pytest.fixture(scope="module")
def on_demand(shared):
    return shared.create(shards=None, StreamModeDetails={"StreamMode": "ON_DEMAND"})


# --- SplitShard -----------------------------------------------------------------------------------


def test_a_split_closes_the_parent_and_opens_two(streams):
    stream = streams.create()
    before = stream.shards()[0]

    assert empty(split(stream, 0, MIDDLE))

    parent, lower, upper = stream.shards()
    end = assert_closed(parent)
    del parent["SequenceNumberRange"]["EndingSequenceNumber"]
    assert parent == before
    for number, child in ((1, lower), (2, upper)):
        assert set(child) == {"ShardId", "ParentShardId", "HashKeyRange", "SequenceNumberRange"}
        assert child["ShardId"] == shard_id(number)
        assert child["ParentShardId"] == shard_id(0)
        assert set(child["SequenceNumberRange"]) == {"StartingSequenceNumber"}
        fields = sequence_fields(child["SequenceNumberRange"]["StartingSequenceNumber"])
        assert fields["index"] == 0
        assert fields["shard"] == number
        assert fields["shard_created"] == end["time"] + 1
    assert range_of(lower) == (0, MIDDLE - 1)
    assert range_of(upper) == (MIDDLE, HASH_KEY_MAX)
    assert stream.summary()["OpenShardCount"] == 2
    assert stream.client.list_shards(**stream.by_name)["Shards"] == stream.shards()


@pytest.mark.parametrize("key", [2, HASH_KEY_MAX - 1])
def test_the_least_and_the_greatest_key_of_a_split(streams, key):
    stream = streams.create()

    split(stream, 0, key, **stream.by_arn)

    assert [range_of(shard) for shard in stream.open_shards()] == [
        (0, key - 1),
        (key, HASH_KEY_MAX),
    ]


@pytest.mark.parametrize("key", [0, 1, HASH_KEY_MAX])
def test_refuses_a_split_at_the_ends(streams, key):
    stream = streams.create()

    with refused(
        "InvalidArgumentException",
        f"NewStartingHashKey {key} used in SplitShard() on shard {shard_id(0)} in stream "
        f"{stream.name} under account {stream.account} is not both greater than one plus the "
        f"shard's StartingHashKey 0 and less than the shard's EndingHashKey {HASH_KEY_MAX}.",
    ):
        split(stream, 0, key)
    assert len(stream.shards()) == 1


def test_refuses_a_split_outside_the_shard(used):
    start, end = range_of(used.shards()[1])

    with refused(
        "InvalidArgumentException",
        f"NewStartingHashKey 5 used in SplitShard() on shard {shard_id(1)} in stream "
        f"{used.name} under account {used.account} is not both greater than one plus the "
        f"shard's StartingHashKey {start} and less than the shard's EndingHashKey {end}.",
    ):
        split(used, 1, 5)


def test_refuses_a_split_of_a_closed_shard(used):
    for shard in (0, 2, 3):
        with refused(
            "InvalidArgumentException",
            f"Shard {shard_id(shard)} in stream {used.name} under account {used.account} has "
            "already been merged or split, and thus is not eligible for merging or splitting.",
        ):
            split(used, shard, range_of(used.shards()[shard])[0] + 2)


@pytest.mark.parametrize("given", [shard_id(7), "shard-7", "7"])
def test_refuses_a_split_of_an_absent_shard(used, given):
    with refused(
        "ResourceNotFoundException",
        f"Could not find shard {shard_id(7)} in stream {used.name} under account {used.account}.",
    ):
        split(used, given, MIDDLE)


def test_refuses_a_split_of_what_is_no_shard_id(used):
    with refused(
        "ResourceNotFoundException",
        f"Could not find shard ABKLFD8 in stream {used.name} under account {used.account}.",
    ):
        split(used, "ABKLFD8", MIDDLE)


def test_refuses_a_split_with_missing_members(unchecked, used):
    with refused("ValidationException") as caught:
        unchecked.split_shard(StreamName=used.name)

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "newStartingHashKey", "not be null"),
        violation(None, "shardToSplit", "not be null"),
    }


@pytest.mark.parametrize("key", ["", "01", "-1", "x", "1" * 40])
def test_refuses_a_split_at_what_is_no_hash_key(unchecked, used, key):
    with refused(
        "ValidationException",
        starts=f"1 validation error detected: Value '{key}' at 'newStartingHashKey' failed to "
        "satisfy constraint: Member must satisfy regular expression pattern: ",
    ):
        unchecked.split_shard(
            StreamName=used.name, ShardToSplit=shard_id(1), NewStartingHashKey=key
        )


# --- MergeShards ----------------------------------------------------------------------------------


def test_a_merge_closes_two_and_opens_one(streams):
    stream = streams.create(shards=3)
    before = stream.shards()

    assert empty(merge(stream, 0, 1))

    first, second, third, child = stream.shards()
    ends = [assert_closed(first), assert_closed(second)]
    assert ends[0]["time"] == ends[1]["time"]
    assert third == before[2]
    assert set(child) == {
        "ShardId",
        "ParentShardId",
        "AdjacentParentShardId",
        "HashKeyRange",
        "SequenceNumberRange",
    }
    assert child["ShardId"] == shard_id(3)
    assert child["ParentShardId"] == shard_id(0)
    assert child["AdjacentParentShardId"] == shard_id(1)
    assert range_of(child) == (0, range_of(before[1])[1])
    fields = sequence_fields(child["SequenceNumberRange"]["StartingSequenceNumber"])
    assert fields["shard_created"] == ends[0]["time"] + 1
    assert stream.summary()["OpenShardCount"] == 2


@pytest.mark.parametrize(("shard", "adjacent"), [(1, 0), (2, 1), (0, 2)])
def test_refuses_to_merge_what_is_not_side_by_side(stream, account, shard, adjacent):
    with refused(
        "InvalidArgumentException",
        f"Shards {shard_id(shard)} and {shard_id(adjacent)} in stream {stream.name} under account "
        f"{account} are not an adjacent pair of shards eligible for merging",
    ):
        merge(stream, shard, adjacent, **stream.by_arn)
    assert stream.summary()["OpenShardCount"] == 3


def test_refuses_to_merge_a_shard_with_itself(kinesis, stream):
    with refused_as(kinesis, "InvalidArgumentException"):
        merge(stream, 1, 1)


def test_refuses_to_merge_closed_shards(kinesis, used):
    with refused(
        "InvalidArgumentException",
        f"Shard {shard_id(2)} in stream {used.name} under account {used.account} has "
        "already been merged or split, and thus is not eligible for merging or splitting.",
    ):
        merge(used, 2, 3)


@pytest.mark.parametrize(("shard", "adjacent"), [(7, 0), (0, 7)])
def test_refuses_to_merge_an_absent_shard(stream, account, shard, adjacent):
    with refused(
        "ResourceNotFoundException",
        f"Could not find shard {shard_id(7)} in stream {stream.name} under account {account}.",
    ):
        merge(stream, shard, adjacent)


def test_refuses_a_merge_with_broken_members(unchecked, stream):
    with refused("ValidationException") as caught:
        unchecked.merge_shards(StreamName=stream.name, ShardToMerge="a b")

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation("a b", "shardToMerge", NAME_PATTERN),
        violation(None, "adjacentShardToMerge", "not be null"),
    }


# --- UpdateShardCount -----------------------------------------------------------------------------


def test_the_count_doubles_and_halves(streams):
    stream = streams.create(shards=2)
    quarter, half = 2**126, 2**127

    answer = scale(stream, 4)
    del answer["ResponseMetadata"]
    assert answer == {
        "StreamName": stream.name,
        "StreamARN": stream.arn,
        "CurrentShardCount": 2,
        "TargetShardCount": 4,
    }
    assert stream.summary()["OpenShardCount"] == 4
    assert sorted(range_of(shard) for shard in stream.open_shards()) == [
        (i * quarter, (i + 1) * quarter - 1) for i in range(4)
    ]

    answer = scale(stream, 2, **stream.by_arn)
    assert (answer["StreamName"], answer["StreamARN"]) == (stream.name, stream.arn)
    assert (answer["CurrentShardCount"], answer["TargetShardCount"]) == (4, 2)
    assert sorted(range_of(shard) for shard in stream.open_shards()) == [
        (0, half - 1),
        (half, HASH_KEY_MAX),
    ]
    assert_tiled(stream.open_shards())


@pytest.mark.parametrize(("count", "target"), [(2, 3), (3, 2), (4, 5), (5, 3)])
def test_any_count_in_between_divides_evenly(streams, count, target):
    stream = streams.create(shards=count)

    scale(stream, target)

    shards = stream.open_shards()
    assert len(shards) == target
    assert_tiled(shards)
    for start, end in map(range_of, shards):
        assert abs((end - start + 1) * target / 2**128 - 1) < 0.01
    known = set(ids(stream.shards()))
    for shard in stream.shards():
        if shard["ShardId"] not in [shard_id(i) for i in range(count)]:
            assert shard["ParentShardId"] in known
        if "EndingSequenceNumber" in shard["SequenceNumberRange"]:
            assert_closed(shard)


def test_refuses_more_than_double(unchecked, streams):
    stream = streams.create(shards=1)

    with refused(
        "LimitExceededException",
        "UpdateShardCount cannot scale up over double your current open shard count. "
        "Current open shard count: 1, Target shard count: 3",
    ):
        unchecked.update_shard_count(
            StreamName=stream.name, TargetShardCount=3, ScalingType="UNIFORM_SCALING"
        )
    assert stream.summary()["OpenShardCount"] == 1


def test_refuses_less_than_half(unchecked, stream):
    with refused(
        "LimitExceededException",
        "UpdateShardCount cannot scale down below half your current open shard count. "
        "Current open shard count: 3, Target shard count: 1",
    ):
        unchecked.update_shard_count(
            StreamName=stream.name, TargetShardCount=1, ScalingType="UNIFORM_SCALING"
        )
    assert stream.summary()["OpenShardCount"] == 3


def test_refuses_a_count_of_zero_and_an_unknown_scaling(unchecked, stream):
    with refused("ValidationException") as caught:
        unchecked.update_shard_count(
            StreamName=stream.name, TargetShardCount=0, ScalingType="SOMEHOW"
        )

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(0, "targetShardCount", "have value greater than or equal to 1"),
        violation("SOMEHOW", "scalingType", "satisfy enum value set: [UNIFORM_SCALING]"),
    }


def test_refuses_an_update_without_members(unchecked, stream):
    with refused("ValidationException") as caught:
        unchecked.update_shard_count(StreamName=stream.name)

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "targetShardCount", "not be null"),
        violation(None, "scalingType", "not be null"),
    }


# --- All three ------------------------------------------------------------------------------------

CALLS = {
    "split": lambda stream: split(stream, 0, 2**125),
    "merge": lambda stream: merge(stream, 0, 1),
    "update": lambda stream: scale(stream, 3),
}


@pytest.mark.parametrize("call", CALLS)
def test_refuses_a_stream_on_demand(on_demand, call):
    with refused("ValidationException"):
        CALLS[call](on_demand)
    assert ids(on_demand.shards()) == [shard_id(i) for i in range(4)]


@pytest.mark.parametrize("call", CALLS)
def test_an_unknown_stream(streams, absent, account, call):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        CALLS[call](streams.named(absent))


@pytest.mark.parametrize("operation", ["split_shard", "merge_shards", "update_shard_count"])
def test_refuses_neither_name_nor_arn(kinesis, operation):
    members = {
        "split_shard": {"ShardToSplit": shard_id(0), "NewStartingHashKey": str(MIDDLE)},
        "merge_shards": {"ShardToMerge": shard_id(0), "AdjacentShardToMerge": shard_id(1)},
        "update_shard_count": {"TargetShardCount": 2, "ScalingType": "UNIFORM_SCALING"},
    }[operation]

    with refused("InvalidArgumentException"):
        getattr(kinesis, operation)(**members)


# --- Lists of what has been resharded -------------------------------------------------------------


def test_the_lists_tell_of_open_and_closed_shards(kinesis, used):
    def listed(**wanted):
        return ids(kinesis.list_shards(StreamName=used.name, ShardFilter=wanted)["Shards"])

    every = [shard_id(i) for i in range(5)]
    assert ids(used.shards()) == every
    assert ids(used.open_shards()) == [shard_id(1), shard_id(4)]
    assert used.summary()["OpenShardCount"] == 2
    assert listed(Type="AT_LATEST") == [shard_id(1), shard_id(4)]
    assert listed(Type="AT_TRIM_HORIZON") == [shard_id(0), shard_id(1)]
    assert listed(Type="FROM_TRIM_HORIZON") == every
    assert listed(Type="AFTER_SHARD_ID", ShardId=shard_id(2)) == every[3:]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_the_describe_stream_paginator_finds_closed_shards_too(kinesis, used, size):
    found = kinesis.get_paginator("describe_stream").paginate(
        StreamName=used.name, PaginationConfig={"PageSize": size}
    )

    assert [
        shard for page in found for shard in page["StreamDescription"]["Shards"]
    ] == used.shards()
