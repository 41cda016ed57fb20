"""UpdateStreamMode: the mode changes; shards, records and iterators stay."""

import pytest

from kit import data_of, read, refused, violation, violations


def switch(stream, mode):
    answer = stream.client.update_stream_mode(
        StreamARN=stream.arn, StreamModeDetails={"StreamMode": mode}
    )
    stream.wait_active()
    return answer


def mode_of(stream):
    mode = stream.description()["StreamModeDetails"]
    assert stream.summary()["StreamModeDetails"] == mode
    return mode["StreamMode"]


def test_to_on_demand_and_back(kinesis, streams):
    stream = streams.create(shards=2)
    stream.put(b"x", ExplicitHashKey="0")
    iterator = stream.iterator()
    shards = stream.shards()

    answer = switch(stream, "ON_DEMAND")
    assert answer["ResponseMetadata"]["HTTPHeaders"]["content-length"] == "0"
    assert mode_of(stream) == "ON_DEMAND"
    assert stream.shards() == shards
    assert stream.summary()["OpenShardCount"] == 2
    stream.put(b"y", ExplicitHashKey="0")

    switch(stream, "PROVISIONED")
    assert mode_of(stream) == "PROVISIONED"
    assert stream.shards() == shards
    assert data_of(read(kinesis, iterator)) == [b"x", b"y"]


def test_from_on_demand_the_four_shards_stay(streams):
    stream = streams.create(shards=None, StreamModeDetails={"StreamMode": "ON_DEMAND"})

    switch(stream, "PROVISIONED")

    assert mode_of(stream) == "PROVISIONED"
    assert stream.summary()["OpenShardCount"] == 4


def test_refuses_an_unknown_mode(kinesis, stream):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'SOMETIMES' at 'streamModeDetails.streamMode' "
        "failed to satisfy constraint: Member must satisfy enum value set: [",
    ):
        kinesis.update_stream_mode(
            StreamARN=stream.arn, StreamModeDetails={"StreamMode": "SOMETIMES"}
        )
    assert mode_of(stream) == "PROVISIONED"


def test_refuses_missing_members(unchecked, stream):
    with refused(
        "ValidationException", violations(violation(None, "streamModeDetails", "not be null"))
    ):
        unchecked.update_stream_mode(StreamARN=stream.arn)
    with refused("ValidationException", violations(violation(None, "streamARN", "not be null"))):
        unchecked.update_stream_mode(StreamModeDetails={"StreamMode": "ON_DEMAND"})


def test_an_unknown_stream(kinesis, stream, absent, account):
    with pytest.raises(kinesis.exceptions.ResourceNotFoundException) as caught:
        kinesis.update_stream_mode(
            StreamARN=stream.arn.replace(stream.name, absent),
            StreamModeDetails={"StreamMode": "ON_DEMAND"},
        )

    text = f"Stream {absent} under account {account} not found."
    assert caught.value.response["Error"]["Message"] == text
