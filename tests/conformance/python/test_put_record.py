"""PutRecord: where a record goes, what comes back, and the limits of a record."""

import datetime

import pytest

from kit import HASH_KEY_MAX, RECORD_BYTES_MAX, SEQUENCE_NUMBER, data_of, hash_of, refused
from kit import sequence_fields, sequence_number, shard_id, violation, violation_set, violations

HASH_KEY_PATTERN = "satisfy regular expression pattern: "


@pytest.fixture(scope="module")
def one(shared):
    """One shard; its tip tells what the case before last put."""
    return shared.create()


def last(stream):
    return stream.records()[-1]


def test_the_answer_in_full(kinesis, stream):
    answer = kinesis.put_record(StreamName=stream.name, Data=b"x", PartitionKey="a")

    answer.pop("ResponseMetadata")
    assert set(answer) == {"ShardId", "SequenceNumber"}
    assert SEQUENCE_NUMBER.match(answer["SequenceNumber"])


@pytest.mark.parametrize(("key", "shard"), [("a", 0), ("b", 1), ("e", 2), ("f", 1)])
def test_the_shard_is_that_of_the_keys_md5(stream, key, shard):
    # These keys and shards were recorded from the service.
    answer = stream.put(b"x", key)

    assert answer["ShardId"] == shard_id(shard)
    assert hash_of("a") == 16955237001963240173058271559858726497
    assert hash_of("foo") == 229609063533823256041787889330700985560


def test_every_key_goes_to_the_shard_that_holds_its_hash(stream):
    ranges = [
        (int(s["HashKeyRange"]["StartingHashKey"]), int(s["HashKeyRange"]["EndingHashKey"]))
        for s in stream.shards()
    ]
    for key in [f"key-{i}" for i in range(25)] + ["ключ", "鍵", "🔑", " ", "é"]:
        [owner] = [i for i, (low, high) in enumerate(ranges) if low <= hash_of(key) <= high]
        assert stream.put(b"x", key)["ShardId"] == shard_id(owner), key


def test_an_explicit_hash_key_decides_both_ends_included(stream):
    for index, shard in enumerate(stream.shards()):
        for end in ("StartingHashKey", "EndingHashKey"):
            answer = stream.put(b"x", "a", ExplicitHashKey=shard["HashKeyRange"][end])
            assert answer["ShardId"] == shard_id(index)


@pytest.mark.parametrize("value", [str(2**128), str(10**39 - 1)])
def test_refuses_a_hash_key_beyond_the_space(stream, value):
    with refused(
        "InvalidArgumentException",
        "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
        f"Specified value was {value}",
    ):
        stream.put(b"x", "a", ExplicitHashKey=value)
    assert stream.put(b"x", "a", ExplicitHashKey=str(HASH_KEY_MAX))["ShardId"] == shard_id(2)


@pytest.mark.parametrize("value", ["abc", "01", "-1", "1" * 40])
def test_refuses_a_hash_key_that_is_no_number(stream, value):
    with refused(
        "ValidationException",
        starts=f"1 validation error detected: Value '{value}' at 'explicitHashKey' failed to "
        f"satisfy constraint: Member must {HASH_KEY_PATTERN}",
    ):
        stream.put(b"x", "a", ExplicitHashKey=value)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00",
        bytes(range(256)),
        "Grüße, 世界 — 🌊".encode(),
        b'{"json": "looks like this"}\n',
        b"padding1",
        b"padding22",
        b"padding333",
    ],
    ids=lambda data: f"{len(data)}-bytes",
)
def test_data_comes_back_byte_for_byte(one, data):
    put = one.put(data, "bytes")

    record = last(one)
    assert record["Data"] == data
    assert record["SequenceNumber"] == put["SequenceNumber"]


@pytest.mark.parametrize(
    "key",
    ["k", "k" * 256, "é" * 256, "世" * 256, "🔑", " ", '"quoted" \\ and \n', "\u0001"],
    ids=ascii,
)
def test_keys_come_back_as_they_were(one, key):
    one.put(b"x", key)

    assert last(one)["PartitionKey"] == key


def test_a_record_in_full(one):
    before = datetime.datetime.now(datetime.timezone.utc)
    put = one.put(b"x", "k")

    record = last(one)

    arrival = record.pop("ApproximateArrivalTimestamp")
    assert record == {"SequenceNumber": put["SequenceNumber"], "Data": b"x", "PartitionKey": "k"}
    assert abs((arrival - before).total_seconds()) < 60
    assert arrival.microsecond % 1000 == 0
    assert 0 <= int(arrival.timestamp()) - sequence_fields(put["SequenceNumber"])["time"] <= 3


def test_numbers_rise_from_call_to_call(one):
    start = int(one.shards()[0]["SequenceNumberRange"]["StartingSequenceNumber"])
    numbers = [int(one.put(b"x", f"k{i}")["SequenceNumber"]) for i in range(20)]

    assert [start, *numbers] == sorted({start, *numbers})


def test_a_number_follows_the_one_given_for_ordering(stream):
    first = stream.put(b"1", "a")["SequenceNumber"]
    second = stream.put(b"2", "a", SequenceNumberForOrdering=first)["SequenceNumber"]
    other_shard = stream.put(b"3", "b", SequenceNumberForOrdering=second)["SequenceNumber"]

    assert int(first) < int(second)
    assert other_shard != second


def test_refuses_ordering_after_the_future(stream, account):
    now = sequence_fields(stream.put(b"1", "a")["SequenceNumber"])
    future = sequence_number(now["shard_created"], now["index"], now["time"] + 86400, now["shard"])

    with refused(
        "InvalidArgumentException",
        f"ExclusiveMinimumSequenceNumber {future} used in PutRecord on stream {stream.name} "
        f"under account {account} is invalid.",
    ):
        stream.put(b"2", "a", SequenceNumberForOrdering=future)


def test_refuses_ordering_after_what_is_no_number(stream):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'abc' at 'sequenceNumberForOrdering' failed to "
        "satisfy constraint: Member must satisfy regular expression pattern: ",
    ):
        stream.put(b"2", "a", SequenceNumberForOrdering="abc")


@pytest.mark.parametrize("key", ["k", "é", "k" * 256], ids=["1", "2", "256"])
def test_a_record_of_exactly_one_mebibyte(streams, key):
    stream = streams.create()
    size = RECORD_BYTES_MAX - len(key.encode())
    data = (b"0123456789abcde\n" * (size // 16 + 1))[:size]

    stream.put(data, key)
    with refused("InvalidArgumentException"):  # the key's UTF-8 bytes count
        stream.put(data + b"!", key)

    assert data_of(stream.records()) == [data]


def test_refuses_a_key_of_257(stream):
    key = "k" * 257

    with refused(
        "ValidationException",
        violations(violation(key, "partitionKey", "have length less than or equal to 256")),
    ):
        stream.put(b"x", key)


def test_refuses_an_empty_key(unchecked, stream):
    with refused(
        "ValidationException",
        violations(violation("", "partitionKey", "have length greater than or equal to 1")),
    ):
        unchecked.put_record(StreamName=stream.name, Data=b"x", PartitionKey="")


def test_refuses_missing_data(unchecked, stream):
    with refused("ValidationException", violations(violation(None, "data", "not be null"))):
        unchecked.put_record(StreamName=stream.name, PartitionKey="k")


def test_refuses_a_missing_key(unchecked, stream):
    with refused("ValidationException", violations(violation(None, "partitionKey", "not be null"))):
        unchecked.put_record(StreamName=stream.name, Data=b"x")


def test_reports_every_broken_constraint(unchecked):
    with refused("ValidationException") as caught:
        unchecked.put_record(StreamName="no such/name", PartitionKey="")

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation("no such/name", "streamName", HASH_KEY_PATTERN + "[a-zA-Z0-9_.-]+"),
        violation(None, "data", "not be null"),
        violation("", "partitionKey", "have length greater than or equal to 1"),
    }


def test_by_arn(kinesis, stream):
    kinesis.put_record(StreamARN=stream.arn, Data=b"by arn", PartitionKey="e")

    assert stream.records(2)[-1]["Data"] == b"by arn"


def test_an_unknown_stream(kinesis, stream, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.put_record(StreamName=absent, Data=b"x", PartitionKey="k")
    with refused("ResourceNotFoundException", text):
        kinesis.put_record(
            StreamARN=stream.arn.replace(stream.name, absent), Data=b"x", PartitionKey="k"
        )


def test_refuses_base64_of_a_wrong_length(kinesis, stream):
    def spoil(request, **_):
        request.data = request.data.replace(b'"eA=="', b'"23456"')

    client = kinesis
    client.meta.events.register_first("before-sign.kinesis.PutRecord", spoil, unique_id="spoil")
    try:
        with refused(
            "SerializationException",
            "'23456' can not be converted to a Blob: "
            "Base64 encoded length is expected a multiple of 4 bytes but found: 5",
        ):
            client.put_record(StreamName=stream.name, Data=b"x", PartitionKey="k")
    finally:
        client.meta.events.unregister("before-sign.kinesis.PutRecord", unique_id="spoil")
