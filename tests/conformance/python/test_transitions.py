"""Streams that are not ACTIVE: what may not be changed yet, and what works all the same.

A server may be quick; then these cases see ACTIVE streams only. Kinetide takes its time with
--transition-ms.
"""

import pytest

from kit import shard_id

KMS = {"EncryptionType": "KMS", "KeyId": "alias/aws/kinesis"}
CHANGES = {
    "SplitShard": lambda s: s.client.split_shard(
        StreamName=s.name, ShardToSplit=shard_id(0), NewStartingHashKey="1000"
    ),
    "MergeShards": lambda s: s.client.merge_shards(
        StreamName=s.name, ShardToMerge=shard_id(0), AdjacentShardToMerge=shard_id(1)
    ),
    "UpdateShardCount": lambda s: s.client.update_shard_count(
        StreamName=s.name, TargetShardCount=5, ScalingType="UNIFORM_SCALING"
    ),
    "IncreaseStreamRetentionPeriod": lambda s: s.client.increase_stream_retention_period(
        StreamName=s.name, RetentionPeriodHours=48
    ),
    "EnableEnhancedMonitoring": lambda s: s.client.enable_enhanced_monitoring(
        StreamName=s.name, ShardLevelMetrics=["ALL"]
    ),
    "DisableEnhancedMonitoring": lambda s: s.client.disable_enhanced_monitoring(
        StreamName=s.name, ShardLevelMetrics=["ALL"]
    ),
    "StartStreamEncryption": lambda s: s.client.start_stream_encryption(StreamName=s.name, **KMS),
    "UpdateStreamMode": lambda s: s.client.update_stream_mode(
        StreamARN=s.arn, StreamModeDetails={"StreamMode": "ON_DEMAND"}
    ),
    "UpdateMaxRecordSize": lambda s: s.client.update_max_record_size(
        StreamARN=s.arn, MaxRecordSizeInKiB=2048
    ),
}


def assert_refused_unless_active(stream, change, status):
    try:
        CHANGES[change](stream)
    except stream.client.exceptions.ResourceInUseException as refusal:
        assert refusal.response["Error"]["Message"] == (
            f"Stream {stream.name} under account {stream.account} not ACTIVE, "
            f"instead in state {status}"
        )
    else:
        # It was ACTIVE before, or the call would not have been accepted.
        assert stream.summary()["StreamStatus"] in ("ACTIVE", "UPDATING")
    stream.wait_active()


@pytest.mark.parametrize("change", CHANGES)
def test_a_stream_that_is_being_created(streams, change):
    stream = streams.create(shards=3, wait=False)
    assert stream.arn

    assert_refused_unless_active(stream, change, "CREATING")


@pytest.mark.parametrize("change", CHANGES)
def test_a_stream_that_is_being_updated(streams, change):
    stream = streams.create(shards=3)
    assert stream.arn
    stream.client.split_shard(
        StreamName=stream.name, ShardToSplit=shard_id(2), NewStartingHashKey=str(2**128 - 1000)
    )

    assert_refused_unless_active(stream, change, "UPDATING")


def test_the_shards_change_at_the_end_of_the_update(streams):
    stream = streams.create()
    stream.client.split_shard(
        StreamName=stream.name, ShardToSplit=shard_id(0), NewStartingHashKey="1000"
    )

    description = stream.description()
    assert len(description["Shards"]) == (1 if description["StreamStatus"] == "UPDATING" else 3)

    stream.wait_active()
    assert len(stream.shards()) == 3


def test_an_updating_stream_is_read_and_written(kinesis, streams):
    stream = streams.create()
    stream.put(b"before")
    kinesis.start_stream_encryption(StreamName=stream.name, **KMS)

    assert stream.put(b"through")["ShardId"] == shard_id(0)
    assert [record["Data"] for record in stream.records()] == [b"before", b"through"]
    assert kinesis.list_shards(StreamName=stream.name)["Shards"] == stream.shards()


def test_while_a_stream_is_being_created_nothing_is_written_or_read(kinesis, streams):
    stream = streams.create(wait=False)
    account = stream.account

    try:
        stream.put(b"x")
    except kinesis.exceptions.ResourceNotFoundException as refusal:
        text = f"Stream {stream.name} under account {account} not found."
        assert refusal.response["Error"]["Message"] == text
    try:
        stream.iterator()
    except kinesis.exceptions.ResourceNotFoundException as refusal:
        text = f"Shard {shard_id(0)} in stream {stream.name} under account {account} does not exist"
        assert refusal.response["Error"]["Message"] == text
    try:
        kinesis.list_shards(StreamName=stream.name)
    except kinesis.exceptions.ResourceInUseException as refusal:
        text = f"Stream {stream.name} under account {account} not ACTIVE, instead in state CREATING"
        assert refusal.response["Error"]["Message"] == text
    stream.wait_active()
    stream.put(b"x")


def test_a_consumer_is_told_of_before_it_is_active(kinesis, streams):
    stream = streams.create()
    made = kinesis.register_stream_consumer(StreamARN=stream.arn, ConsumerName="reader")
    arn = made["Consumer"]["ConsumerARN"]

    found = kinesis.describe_stream_consumer(ConsumerARN=arn)["ConsumerDescription"]
    assert found["ConsumerStatus"] in ("CREATING", "ACTIVE")
    listed = kinesis.list_stream_consumers(StreamARN=stream.arn)["Consumers"]
    assert [consumer["ConsumerARN"] for consumer in listed] == [arn]
    assert stream.summary()["ConsumerCount"] == 1
