"""GetShardIterator: the five types, and what each of them refuses."""

import base64
import datetime

import pytest

from kit import data_of, read, refused, shard_id, violation, violations

EPOCH = datetime.datetime.fromtimestamp(0, datetime.timezone.utc)
MILLISECOND = datetime.timedelta(milliseconds=1)
RULE = (
    "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and "
    "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. "
    "Request specified {kind} and {rest}."
)


@pytest.fixture(scope="module")
def written(shared):
    """One shard with ten records and their sequence numbers."""
    stream = shared.create()
    stream.numbers = [stream.put(b"%d" % i)["SequenceNumber"] for i in range(10)]
    return stream


def from_here(stream, kind, **more):
    return data_of(read(stream.client, stream.iterator(kind, **more)))


def tens(first):
    return [b"%d" % i for i in range(first, 10)]


def test_the_answer_is_an_opaque_token(kinesis, written):
    answer = kinesis.get_shard_iterator(
        StreamName=written.name, ShardId=shard_id(0), ShardIteratorType="TRIM_HORIZON"
    )

    answer.pop("ResponseMetadata")
    assert set(answer) == {"ShardIterator"}
    token = answer["ShardIterator"]
    assert 1 <= len(token) <= 512
    decoded = base64.b64decode(token, validate=True)
    assert base64.b64encode(decoded).decode() == token
    assert decoded[:8] == bytes([0, 0, 0, 0, 0, 0, 0, 1])


def test_trim_horizon_is_the_oldest_record(written):
    assert from_here(written, "TRIM_HORIZON") == tens(0)


def test_latest_is_fixed_when_the_iterator_is_made(kinesis, streams):
    stream = streams.create()
    stream.put(b"before")
    iterator = stream.iterator("LATEST")
    stream.put(b"after 1")
    stream.put(b"after 2")

    assert data_of(read(kinesis, iterator)) == [b"after 1", b"after 2"]


def test_latest_of_an_empty_shard(kinesis, streams):
    stream = streams.create()
    iterator = stream.iterator("LATEST")
    stream.put(b"first")

    assert data_of(read(kinesis, iterator)) == [b"first"]


@pytest.mark.parametrize("index", [0, 1, 5, 9])
def test_at_and_after_a_sequence_number(written, index):
    number = written.numbers[index]

    assert from_here(written, "AT_SEQUENCE_NUMBER", StartingSequenceNumber=number) == tens(index)
    assert from_here(written, "AFTER_SEQUENCE_NUMBER", StartingSequenceNumber=number) == tens(
        index + 1
    )


@pytest.mark.parametrize("kind", ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_the_shards_own_starting_number_is_a_position(written, kind):
    start = written.shards()[0]["SequenceNumberRange"]["StartingSequenceNumber"]

    assert from_here(written, kind, StartingSequenceNumber=start) == tens(0)


def test_a_timestamp_separates_records_one_millisecond_apart(streams):
    stream = streams.create()
    # Puts until there are neighbours in time, which a quick server gives at once.
    for i in range(400):
        stream.put(b"%d" % i)
        if i >= 20 and (i % 20) == 0:
            times = [r["ApproximateArrivalTimestamp"] for r in stream.records()]
            if MILLISECOND in {b - a for a, b in zip(times, times[1:])} or i > 60:
                break

    records = stream.records()
    times = [record["ApproximateArrivalTimestamp"] for record in records]
    assert times == sorted(times)
    for at in sorted({t + d for t in times for d in (-MILLISECOND, 0 * MILLISECOND)})[:12]:
        expected = [r["Data"] for r in records if r["ApproximateArrivalTimestamp"] >= at]
        assert from_here(stream, "AT_TIMESTAMP", Timestamp=at) == expected, at
    assert from_here(stream, "AT_TIMESTAMP", Timestamp=times[-1]) == [
        r["Data"] for r in records if r["ApproximateArrivalTimestamp"] == times[-1]
    ]


def test_a_timestamp_older_than_everything(written):
    assert from_here(written, "AT_TIMESTAMP", Timestamp=EPOCH + datetime.timedelta(days=1)) == tens(
        0
    )


def test_refuses_a_timestamp_in_the_future(written):
    now = datetime.datetime.now(datetime.timezone.utc)
    millis = (now + datetime.timedelta(days=1) - EPOCH) // MILLISECOND
    future = EPOCH + millis * MILLISECOND

    with refused(
        "InvalidArgumentException",
        starts="The timestampInMillis parameter cannot be greater than the "
        f"currentTimestampInMillis. timestampInMillis: {millis}, currentTimestampInMillis: ",
    ):
        written.iterator("AT_TIMESTAMP", Timestamp=future)


def test_refuses_at_timestamp_without_one(written):
    with refused(
        "InvalidArgumentException",
        "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. "
        "Current request has no timestamp parameter.",
    ):
        written.iterator("AT_TIMESTAMP")


@pytest.mark.parametrize("kind", ["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"])
def test_refuses_a_missing_number(written, kind):
    with refused(
        "InvalidArgumentException", RULE.format(kind=kind, rest="no StartingSequenceNumber")
    ):
        written.iterator(kind)


@pytest.mark.parametrize("kind", ["TRIM_HORIZON", "LATEST"])
def test_refuses_a_needless_number(written, kind):
    with refused(
        "InvalidArgumentException", RULE.format(kind=kind, rest="also a StartingSequenceNumber")
    ):
        written.iterator(kind, StartingSequenceNumber=written.numbers[0])


def test_refuses_a_number_of_another_shard(stream):
    number = stream.put(b"x", "b")["SequenceNumber"]

    with refused(
        "InvalidArgumentException",
        f"Invalid StartingSequenceNumber. It encodes {shard_id(1)}, "
        f"while it was used in a call to a shard with {shard_id(0)}",
    ):
        stream.iterator("AT_SEQUENCE_NUMBER", 0, StartingSequenceNumber=number)


def test_five_is_a_number_of_the_fifth_shard(written):
    with refused(
        "InvalidArgumentException",
        f"Invalid StartingSequenceNumber. It encodes {shard_id(5)}, "
        f"while it was used in a call to a shard with {shard_id(0)}",
    ):
        written.iterator("AT_SEQUENCE_NUMBER", StartingSequenceNumber="5")


def test_zero_is_an_internal_failure(unchecked, written):
    # What the service answered, odd as it is.
    with refused("InternalFailure"):
        unchecked.get_shard_iterator(
            StreamName=written.name,
            ShardId=shard_id(0),
            ShardIteratorType="AT_SEQUENCE_NUMBER",
            StartingSequenceNumber="0",
        )


def test_refuses_a_number_of_no_layout(written):
    number = "9" * 56

    with refused(
        "InvalidArgumentException",
        f"StartingSequenceNumber {number} used in GetShardIterator on shard {shard_id(0)} in "
        f"stream {written.name} under account {written.account} is invalid.",
    ):
        written.iterator("AT_SEQUENCE_NUMBER", StartingSequenceNumber=number)


@pytest.mark.parametrize("given", ["0", "shard-0", "shardId-0", "shardId-000000000000", "any-0"])
def test_a_shard_id_is_read_leniently(written, given):
    assert data_of(read(written.client, written.iterator(shard=given))) == tens(0)


@pytest.mark.parametrize("index", [1, 5, 2147483647])
def test_an_unknown_shard(kinesis, written, index):
    with pytest.raises(kinesis.exceptions.ResourceNotFoundException) as caught:
        written.iterator(shard=index)

    assert caught.value.response["Error"]["Message"] == (
        f"Shard {shard_id(index)} in stream {written.name} "
        f"under account {written.account} does not exist"
    )


def test_an_unknown_shard_is_named_in_full(written):
    with refused("ResourceNotFoundException", starts=f"Shard {shard_id(7)} in stream "):
        written.iterator(shard="7")


@pytest.mark.parametrize("given", ["2147483648", "shardId-002147483648", "ABKLFD8", "2.14E4"])
def test_what_is_no_shard_id(written, given):
    with refused(
        "ResourceNotFoundException",
        f"Could not find shard {given} in stream {written.name} under account {written.account}.",
    ):
        written.iterator(shard=given)


def test_of_an_unknown_stream_the_shard_is_missed(kinesis, stream, absent, account):
    text = f"Shard {shard_id(0)} in stream {absent} under account {account} does not exist"
    where = {"ShardId": shard_id(0), "ShardIteratorType": "LATEST"}

    with refused("ResourceNotFoundException", text):
        kinesis.get_shard_iterator(StreamName=absent, **where)
    with refused("ResourceNotFoundException", text):
        kinesis.get_shard_iterator(StreamARN=stream.arn.replace(stream.name, absent), **where)


def test_by_arn(kinesis, written):
    iterator = kinesis.get_shard_iterator(
        StreamARN=written.arn, ShardId=shard_id(0), ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]

    assert data_of(read(kinesis, iterator)) == tens(0)


def test_refuses_an_unknown_type(written):
    with refused(
        "ValidationException",
        violations(
            violation(
                "SOMEWHERE",
                "shardIteratorType",
                "satisfy enum value set: [AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, "
                "AT_SEQUENCE_NUMBER, TRIM_HORIZON]",
            )
        ),
    ):
        written.iterator("SOMEWHERE")


def test_refuses_missing_members(unchecked, written):
    with refused("ValidationException", starts="2 validation errors detected: ") as caught:
        unchecked.get_shard_iterator(StreamName=written.name)

    text = caught.value.response["Error"]["Message"]
    assert violation(None, "shardId", "not be null") in text
    assert violation(None, "shardIteratorType", "not be null") in text


def test_refuses_a_timestamp_that_is_text(kinesis, written):
    def spoil(request, **_):
        request.data = request.data.replace(b": 86400", b': "86400"')

    events = kinesis.meta.events
    events.register_first("before-sign.kinesis.GetShardIterator", spoil, unique_id="spoil")
    try:
        with refused(
            "SerializationException",
            "class java.lang.String can not be converted to milliseconds since epoch",
        ):
            written.iterator("AT_TIMESTAMP", Timestamp=EPOCH + datetime.timedelta(days=1))
    finally:
        events.unregister("before-sign.kinesis.GetShardIterator", unique_id="spoil")
