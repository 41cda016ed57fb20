"""PutResourcePolicy, GetResourcePolicy, DeleteResourcePolicy: kept as written, and obeyed."""

import json

import pytest

from kit import data_of, empty, read, refused, refused_as, violation, violation_set, violations


def policy(arn, account, *actions, effect="Allow"):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [
                {
                    "Sid": "shared",
                    "Effect": effect,
                    "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
                    "Action": [f"kinesis:{action}" for action in actions],
                    "Resource": arn,
                }
            ],
        }
    )


def policy_of(client, arn):
    return client.get_resource_policy(ResourceARN=arn)["Policy"]


def test_put_replaced_deleted(kinesis, streams):
    stream = streams.create()
    assert policy_of(kinesis, stream.arn) == "{}"  # so the service answers without one

    for actions in (["PutRecord"], ["GetRecords", "GetShardIterator"]):
        text = policy(stream.arn, stream.account, *actions)
        assert empty(kinesis.put_resource_policy(ResourceARN=stream.arn, Policy=text))
        assert json.loads(policy_of(kinesis, stream.arn)) == json.loads(text)

    assert empty(kinesis.delete_resource_policy(ResourceARN=stream.arn))
    assert policy_of(kinesis, stream.arn) == "{}"
    with refused_as(kinesis, "ResourceNotFoundException"):
        kinesis.delete_resource_policy(ResourceARN=stream.arn)


def test_a_consumers_policy_is_its_own(kinesis, streams):
    stream = streams.create()
    consumer = stream.register("reader")
    text = policy(consumer, stream.account, "DescribeStreamConsumer", "SubscribeToShard")

    kinesis.put_resource_policy(ResourceARN=consumer, Policy=text)

    assert json.loads(policy_of(kinesis, consumer)) == json.loads(text)
    assert policy_of(kinesis, stream.arn) == "{}"
    kinesis.delete_resource_policy(ResourceARN=consumer)
    assert policy_of(kinesis, consumer) == "{}"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "nothing",
        lambda text: "[]",
        lambda text: text[:-1],
        lambda text: text.replace("stream/", "stream/another-"),
        lambda text: text.replace("kinesis:PutRecord", "kinesis:*"),
        lambda text: text.replace('"Principal"', '"Nobody"'),
        lambda text: text.replace("Allow", "Perhaps"),
    ],
    ids=["no JSON", "a list", "cut off", "of another", "any action", "no principal", "no effect"],
)
def test_refuses_a_policy_that_is_none(kinesis, stream, account, change):
    with refused_as(kinesis, "InvalidArgumentException"):
        kinesis.put_resource_policy(
            ResourceARN=stream.arn, Policy=change(policy(stream.arn, account, "PutRecord"))
        )
    assert policy_of(kinesis, stream.arn) == "{}"


def test_refuses_missing_members(unchecked, stream):
    with refused("ValidationException") as caught:
        unchecked.put_resource_policy()
    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "resourceARN", "not be null"),
        violation(None, "policy", "not be null"),
    }
    for call in (unchecked.get_resource_policy, unchecked.delete_resource_policy):
        with refused(
            "ValidationException", violations(violation(None, "resourceARN", "not be null"))
        ):
            call()


def test_an_unknown_resource(kinesis, stream, absent, account):
    unknown = stream.arn.replace(stream.name, absent)
    for arn in (unknown, f"{stream.arn}/consumer/reader:1"):
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.put_resource_policy(ResourceARN=arn, Policy=policy(arn, account, "PutRecord"))
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.get_resource_policy(ResourceARN=arn)
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.delete_resource_policy(ResourceARN=arn)


def test_another_account_may_do_what_the_policy_says(kinesis, streams, stranger, strange_account):
    stream = streams.create()
    actions = ["PutRecord", "DescribeStreamSummary", "GetShardIterator", "GetRecords"]
    text = policy(stream.arn, strange_account, *actions)

    def put():
        return stranger.put_record(StreamARN=stream.arn, Data=b"x", PartitionKey="k")

    with refused_as(stranger, "AccessDeniedException"):
        put()
    kinesis.put_resource_policy(ResourceARN=stream.arn, Policy=text)
    put()
    summary = stranger.describe_stream_summary(StreamARN=stream.arn)["StreamDescriptionSummary"]
    assert summary["StreamARN"] == stream.arn
    iterator = stranger.get_shard_iterator(
        StreamARN=stream.arn, ShardId="shardId-000000000000", ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    assert data_of(read(stranger, iterator, StreamARN=stream.arn)) == [b"x"]
    with refused_as(stranger, "AccessDeniedException"):
        stranger.list_shards(StreamARN=stream.arn)
    with refused_as(stranger, "ResourceNotFoundException"):
        stranger.put_record(StreamName=stream.name, Data=b"x", PartitionKey="k")

    kinesis.delete_resource_policy(ResourceARN=stream.arn)
    with refused_as(stranger, "AccessDeniedException"):
        put()
    assert data_of(stream.records()) == [b"x"]


def test_a_denial_is_stronger(kinesis, streams, stranger, strange_account):
    stream = streams.create()
    both = json.loads(policy(stream.arn, strange_account, "PutRecord"))
    both["Statement"] += json.loads(
        policy(stream.arn, strange_account, "PutRecord", effect="Deny").replace("shared", "denied")
    )["Statement"]
    kinesis.put_resource_policy(ResourceARN=stream.arn, Policy=json.dumps(both))

    with refused("AccessDeniedException"):
        stranger.put_record(StreamARN=stream.arn, Data=b"x", PartitionKey="k")
    assert stream.records() == []
