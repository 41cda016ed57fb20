"""DeleteStream: the name is free again and nothing of the old stream is left."""

import pytest

from kit import refused, shard_id


def test_the_stream_goes_and_the_waiter_sees_it(kinesis, streams):
    stream = streams.create()
    account = stream.account

    answer = kinesis.delete_stream(StreamName=stream.name)
    assert answer["ResponseMetadata"]["HTTPHeaders"]["content-length"] == "0"
    stream.wait_gone()

    gone = f"Stream {stream.name} under account {account} not found."
    with refused("ResourceNotFoundException", gone):
        kinesis.describe_stream(StreamName=stream.name)
    with refused("ResourceNotFoundException", gone):
        kinesis.describe_stream_summary(StreamName=stream.name)
    with refused("ResourceNotFoundException", gone):
        kinesis.put_record(StreamName=stream.name, Data=b"x", PartitionKey="k")
    with refused("ResourceNotFoundException", gone):
        kinesis.delete_stream(StreamName=stream.name)


def test_by_arn(kinesis, streams):
    stream = streams.create()

    kinesis.delete_stream(StreamARN=stream.arn)

    stream.wait_gone()


def test_a_stream_that_is_still_being_created(kinesis, streams):
    stream = streams.create(wait=False)

    kinesis.delete_stream(StreamName=stream.name)

    stream.wait_gone()


def test_while_it_goes_the_stream_is_shown_as_deleting(kinesis, streams):
    stream = streams.create()
    kinesis.delete_stream(StreamName=stream.name)

    try:
        description = kinesis.describe_stream(StreamName=stream.name)["StreamDescription"]
    except kinesis.exceptions.ResourceNotFoundException:
        return  # already gone
    assert description["StreamStatus"] == "DELETING"
    assert description["Shards"] == []


def test_a_stream_of_the_same_name_starts_empty(kinesis, streams):
    stream = streams.create()
    stream.put(b"of the first life")
    stream.delete()
    stream.wait_gone()

    kinesis.create_stream(StreamName=stream.name, ShardCount=1)
    stream.wait_active()

    assert stream.records() == []


def test_an_iterator_does_not_outlive_its_stream(kinesis, streams):
    stream = streams.create()
    account = stream.account
    stream.put(b"x")
    iterator = stream.iterator()
    stream.delete()
    stream.wait_gone()

    with refused(
        "ResourceNotFoundException",
        f"Shard {shard_id(0)} in stream {stream.name} under account {account} does not exist",
    ):
        kinesis.get_records(ShardIterator=iterator)


def test_an_unknown_stream(kinesis, absent, account):
    with pytest.raises(kinesis.exceptions.ResourceNotFoundException) as caught:
        kinesis.delete_stream(StreamName=absent)

    text = f"Stream {absent} under account {account} not found."
    assert caught.value.response["Error"]["Message"] == text
