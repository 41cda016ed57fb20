"""Stream consumers: registered, described, listed, deregistered."""

import datetime
import re

import pytest

from kit import empty, refused, refused_as, violation, violation_set, violations, wait_consumer

NAME_PATTERN = "satisfy regular expression pattern: [a-zA-Z0-9_.-]+"
CONSUMERS_MAX = 20
MEMBERS = {"ConsumerName", "ConsumerARN", "ConsumerStatus", "ConsumerCreationTimestamp"}


def describe(client, **consumer):
    return client.describe_stream_consumer(**consumer)["ConsumerDescription"]


def listed(client, stream):
    found = client.list_stream_consumers(StreamARN=stream.arn)
    assert "NextToken" not in found
    return {consumer["ConsumerName"]: consumer for consumer in found["Consumers"]}


@pytest.fixture(scope="module")
def seven(shared):
    stream = shared.create()
    arns = {f"consumer-{i}": None for i in range(7)}
    for name in arns:
        arns[name] = stream.register(name)
    return stream, arns


def test_the_answer_in_full(kinesis, streams):
    stream = streams.create()
    now = datetime.datetime.now(datetime.timezone.utc)

    answer = kinesis.register_stream_consumer(StreamARN=stream.arn, ConsumerName="aZ09_.-")

    consumer = answer["Consumer"]
    assert set(consumer) == MEMBERS
    assert consumer["ConsumerName"] == "aZ09_.-"
    assert consumer["ConsumerStatus"] == "CREATING"
    created = consumer["ConsumerCreationTimestamp"]
    assert abs((created - now).total_seconds()) < 60
    assert re.fullmatch(re.escape(stream.arn) + r"/consumer/aZ09_\.-:\d+", consumer["ConsumerARN"])
    assert consumer["ConsumerARN"].rpartition(":")[2] == str(int(created.timestamp()))


def test_described_in_three_ways_and_listed(kinesis, streams):
    stream = streams.create()
    arn = stream.register("reader")

    found = describe(kinesis, ConsumerARN=arn)

    assert set(found) == MEMBERS | {"StreamARN"}
    assert found["ConsumerName"] == "reader"
    assert found["ConsumerARN"] == arn
    assert found["ConsumerStatus"] == "ACTIVE"
    assert found["StreamARN"] == stream.arn
    by_name = {"StreamARN": stream.arn, "ConsumerName": "reader"}
    assert describe(kinesis, **by_name) == found
    assert describe(kinesis, ConsumerARN=arn, **by_name) == found
    del found["StreamARN"]
    assert listed(kinesis, stream) == {"reader": found}
    assert stream.summary()["ConsumerCount"] == 1


@pytest.mark.parametrize("by_arn", [True, False])
def test_deregistered_is_gone_and_the_name_is_free(kinesis, streams, by_arn):
    stream = streams.create()
    arn = stream.register("reader")
    stream.register("other")
    by_name = {"StreamARN": stream.arn, "ConsumerName": "reader"}

    answer = kinesis.deregister_stream_consumer(**({"ConsumerARN": arn} if by_arn else by_name))

    assert empty(answer)
    wait_consumer(kinesis, "ConsumerGone", **by_name)
    with refused_as(kinesis, "ResourceNotFoundException"):
        describe(kinesis, ConsumerARN=arn)
    with refused_as(kinesis, "ResourceNotFoundException"):
        kinesis.deregister_stream_consumer(ConsumerARN=arn)
    assert set(listed(kinesis, stream)) == {"other"}
    assert stream.summary()["ConsumerCount"] == 1
    stream.register("reader")
    assert set(listed(kinesis, stream)) == {"reader", "other"}


def test_a_name_is_taken_once_on_a_stream(kinesis, streams):
    first, second = streams.create(), streams.create()
    first.register("reader")

    with refused_as(kinesis, "ResourceInUseException"):
        kinesis.register_stream_consumer(StreamARN=first.arn, ConsumerName="reader")
    second.register("reader")

    assert first.summary()["ConsumerCount"] == second.summary()["ConsumerCount"] == 1


def test_twenty_consumers_and_not_one_more(unchecked, streams):
    stream = streams.create()
    for i in range(CONSUMERS_MAX):
        stream.register(f"consumer-{i}")

    with refused_as(unchecked, "LimitExceededException"):
        unchecked.register_stream_consumer(StreamARN=stream.arn, ConsumerName="one-more")
    assert stream.summary()["ConsumerCount"] == CONSUMERS_MAX
    assert len(listed(unchecked, stream)) == CONSUMERS_MAX


def test_the_token_leads_through_all_pages(kinesis, seven):
    stream, arns = seven
    found, token = {}, {}
    for expected in (3, 3, 1):
        page = kinesis.list_stream_consumers(StreamARN=stream.arn, MaxResults=3, **token)
        assert len(page["Consumers"]) == expected
        found.update((c["ConsumerName"], c["ConsumerARN"]) for c in page["Consumers"])
        assert ("NextToken" in page) is (expected == 3)
        token = {"NextToken": page.get("NextToken")}

    assert found == arns


@pytest.mark.parametrize("size", [1, 3, 7, 100])
def test_the_paginator_finds_every_consumer_once(kinesis, seven, size):
    stream, arns = seven
    found = kinesis.get_paginator("list_stream_consumers").paginate(
        StreamARN=stream.arn, PaginationConfig={"PageSize": size}
    )

    every = [consumer["ConsumerName"] for page in found for consumer in page["Consumers"]]
    assert len(every) == len(arns) and set(every) == set(arns)


def test_a_stream_with_consumers_is_deleted_on_demand_only(kinesis, streams):
    stream = streams.create()
    arn = stream.register("reader")

    with refused(
        "ResourceInUseException",
        f"DeleteStream can't delete {stream.account}:{stream.name} because there are consumers "
        f"associated with this data stream. To delete {stream.name} anyway, set the "
        "EnforceConsumerDeletion parameter to true to force the deletion of all the consumers "
        "that are associated with it.",
    ):
        kinesis.delete_stream(StreamName=stream.name)
    assert stream.summary()["StreamStatus"] == "ACTIVE"

    kinesis.delete_stream(StreamName=stream.name, EnforceConsumerDeletion=True)
    stream.wait_gone()
    with refused_as(kinesis, "ResourceNotFoundException"):
        describe(kinesis, ConsumerARN=arn)


def test_a_stream_without_consumers_any_more_is_deleted(kinesis, streams):
    stream = streams.create()
    arn = stream.register("reader")
    kinesis.deregister_stream_consumer(ConsumerARN=arn)
    wait_consumer(kinesis, "ConsumerGone", ConsumerARN=arn)

    kinesis.delete_stream(StreamName=stream.name, EnforceConsumerDeletion=False)

    stream.wait_gone()


def test_refuses_broken_names(unchecked, stream):
    for name, rule in (
        ("a b", NAME_PATTERN),
        ("n" * 129, "have length less than or equal to 128"),
    ):
        with refused(
            "ValidationException", violations(violation(name, "consumerName", rule))
        ):
            unchecked.register_stream_consumer(StreamARN=stream.arn, ConsumerName=name)
    with refused("ValidationException") as caught:
        unchecked.register_stream_consumer()
    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "streamARN", "not be null"),
        violation(None, "consumerName", "not be null"),
    }


@pytest.mark.parametrize(
    ("size", "rule"), [(0, "greater than or equal to 1"), (10001, "less than or equal to 10000")]
)
def test_refuses_a_page_size_out_of_range(unchecked, stream, size, rule):
    with refused(
        "ValidationException", violations(violation(size, "maxResults", f"have value {rule}"))
    ):
        unchecked.list_stream_consumers(StreamARN=stream.arn, MaxResults=size)


def test_refuses_a_token_that_it_did_not_make(kinesis, stream):
    with refused_as(kinesis, "InvalidArgumentException"):
        kinesis.list_stream_consumers(StreamARN=stream.arn, NextToken="AAAA")


def test_refuses_too_few_members_and_a_mismatch(kinesis, seven, stream):
    with_consumers, arns = seven
    for call in (kinesis.describe_stream_consumer, kinesis.deregister_stream_consumer):
        for members in (
            {},
            {"StreamARN": with_consumers.arn},
            {"ConsumerName": "consumer-0"},
            {"ConsumerARN": arns["consumer-0"], "ConsumerName": "consumer-1"},
            {"ConsumerARN": arns["consumer-0"], "StreamARN": stream.arn},
        ):
            with refused_as(kinesis, "InvalidArgumentException"):
                call(**members)
    assert set(listed(kinesis, with_consumers)) == set(arns)


def test_an_unknown_consumer_or_stream(kinesis, stream, absent, account):
    unknown = stream.arn.replace(stream.name, absent)
    text = f"Stream {absent} under account {account} not found."

    for call in (kinesis.describe_stream_consumer, kinesis.deregister_stream_consumer):
        for members in (
            {"ConsumerARN": f"{stream.arn}/consumer/reader:1"},
            {"StreamARN": stream.arn, "ConsumerName": "reader"},
            {"ConsumerARN": f"{unknown}/consumer/reader:1"},
            {"StreamARN": unknown, "ConsumerName": "reader"},
        ):
            with refused_as(kinesis, "ResourceNotFoundException"):
                call(**members)
    with refused("ResourceNotFoundException", text):
        kinesis.register_stream_consumer(StreamARN=unknown, ConsumerName="reader")
    with refused("ResourceNotFoundException", text):
        kinesis.list_stream_consumers(StreamARN=unknown)
