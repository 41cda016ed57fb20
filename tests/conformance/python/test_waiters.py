"""The SDK's waiters end when they should: only the time between their polls is lowered."""

import pytest
from botocore.exceptions import WaiterError

from kit import POLL

BRIEF = {"Delay": 0.05, "MaxAttempts": 2}


def test_every_waiter_of_streams_is_known_to_the_sdk(kinesis):
    assert {"stream_exists", "stream_not_exists"} <= set(kinesis.waiter_names)


@pytest.mark.parametrize("reference", ["by_name", "by_arn"])
def test_stream_exists_ends_at_active(kinesis, streams, reference):
    stream = streams.create(wait=False)

    kinesis.get_waiter("stream_exists").wait(**getattr(stream, reference), WaiterConfig=POLL)

    assert stream.summary()["StreamStatus"] == "ACTIVE"


@pytest.mark.parametrize("reference", ["by_name", "by_arn"])
def test_stream_not_exists_ends_at_not_found(kinesis, streams, reference):
    stream = streams.create()
    named = getattr(stream, reference)
    stream.delete()

    kinesis.get_waiter("stream_not_exists").wait(**named, WaiterConfig=POLL)

    with pytest.raises(kinesis.exceptions.ResourceNotFoundException):
        stream.description()


def test_stream_exists_passes_the_error_on(kinesis, absent):
    with pytest.raises(WaiterError) as caught:
        kinesis.get_waiter("stream_exists").wait(StreamName=absent, WaiterConfig=BRIEF)

    assert caught.value.last_response["Error"]["Code"] == "ResourceNotFoundException"


def test_stream_not_exists_gives_up_on_a_stream_that_stays(kinesis, stream):
    with pytest.raises(WaiterError) as caught:
        kinesis.get_waiter("stream_not_exists").wait(StreamName=stream.name, WaiterConfig=BRIEF)

    assert "Max attempts exceeded" in str(caught.value)


def test_stream_exists_ends_after_a_change(kinesis, streams):
    stream = streams.create()
    kinesis.split_shard(
        StreamName=stream.name, ShardToSplit="shardId-000000000000", NewStartingHashKey="1000"
    )

    kinesis.get_waiter("stream_exists").wait(StreamName=stream.name, WaiterConfig=POLL)

    assert stream.summary()["OpenShardCount"] == 2
