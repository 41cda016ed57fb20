"""PutRecords: order, routing, limits, and that a refused call stores nothing."""

import pytest

from kit import HASH_KEY_MAX, RECORD_BYTES_MAX, data_of, refused, sequence_fields, shard_id
from kit import violation, violations

KEY_TOO_LONG = "k" * 257


def entry(data=b"x", key="k", **more):
    return {"Data": data, "PartitionKey": key, **more}


def numbers(answer):
    return [record["SequenceNumber"] for record in answer["Records"]]


def test_the_answer_in_full(kinesis, stream):
    answer = kinesis.put_records(
        StreamName=stream.name, Records=[entry(key=key) for key in ("a", "b", "e", "f")]
    )

    assert answer["FailedRecordCount"] == 0
    answer.pop("ResponseMetadata")
    assert set(answer) == {"FailedRecordCount", "Records"}
    assert [record["ShardId"] for record in answer["Records"]] == [
        shard_id(shard) for shard in (0, 1, 2, 1)
    ]
    assert all(set(record) == {"ShardId", "SequenceNumber"} for record in answer["Records"])


def test_records_are_stored_in_the_order_of_the_request(kinesis, streams):
    stream = streams.create(shards=2)
    batch = [entry(f"{i}".encode(), f"key {i % 7}") for i in range(100)]

    answer = kinesis.put_records(StreamName=stream.name, Records=batch)

    for shard in (0, 1):
        expected = [
            (result["SequenceNumber"], sent["PartitionKey"], sent["Data"])
            for result, sent in zip(answer["Records"], batch)
            if result["ShardId"] == shard_id(shard)
        ]
        assert expected == sorted(expected, key=lambda record: int(record[0]))
        assert expected == [
            (record["SequenceNumber"], record["PartitionKey"], record["Data"])
            for record in stream.records(shard)
        ]


def test_records_of_one_call_lie_next_to_each_other(kinesis, streams):
    stream = streams.create()

    answer = kinesis.put_records(StreamName=stream.name, Records=[entry() for _ in range(10)])

    indexes = [sequence_fields(number)["index"] for number in numbers(answer)]
    assert indexes == list(range(indexes[0], indexes[0] + 10))


def test_awkward_data_and_keys_come_back(kinesis, streams):
    stream = streams.create()
    batch = [
        entry(b"", "empty"),
        entry(bytes(range(256)), "every byte"),
        entry("Grüße, 世界 — 🌊".encode(), "é" * 256),
        entry(b"\xff\xfe not utf-8", '"\\\n\t'),
        entry(b"/+/+", "🔑"),
    ]

    kinesis.put_records(StreamName=stream.name, Records=batch)

    assert [(r["Data"], r["PartitionKey"]) for r in stream.records()] == [
        (sent["Data"], sent["PartitionKey"]) for sent in batch
    ]


def test_explicit_hash_keys(kinesis, stream):
    answer = kinesis.put_records(
        StreamName=stream.name,
        Records=[entry(ExplicitHashKey=str(value)) for value in (0, HASH_KEY_MAX, 2**127)],
    )

    assert [r["ShardId"] for r in answer["Records"]] == [shard_id(0), shard_id(2), shard_id(1)]


def test_five_hundred_records(kinesis, streams):
    stream = streams.create()

    answer = kinesis.put_records(
        StreamName=stream.name, Records=[entry(b"%d" % i) for i in range(500)]
    )

    assert answer["FailedRecordCount"] == 0
    assert data_of(stream.records()) == [b"%d" % i for i in range(500)]


def test_ten_mebibytes_and_not_a_byte_more(kinesis, streams):
    stream = streams.create(shards=2)
    batch = [entry(bytes([65 + i]) * (RECORD_BYTES_MAX - 1), "k") for i in range(10)]

    answer = kinesis.put_records(StreamName=stream.name, Records=batch)
    tips = stream.tips()
    with refused("InvalidArgumentException"):
        kinesis.put_records(StreamName=stream.name, Records=[*batch, entry(b"", "k")])

    assert answer["FailedRecordCount"] == 0
    assert stream.nothing_since(tips)
    shard = answer["Records"][0]["ShardId"]
    assert data_of(stream.records(shard)) == [sent["Data"] for sent in batch]


@pytest.mark.parametrize(
    ("bad", "error", "text"),
    [
        pytest.param(
            {"PartitionKey": "k"},
            "ValidationException",
            violations(violation(None, "records.2.member.data", "not be null")),
            id="no-data",
        ),
        pytest.param(
            entry(key=""),
            "ValidationException",
            violations(
                violation(
                    "", "records.2.member.partitionKey", "have length greater than or equal to 1"
                )
            ),
            id="empty-key",
        ),
        pytest.param(
            entry(key=KEY_TOO_LONG),
            "ValidationException",
            violations(
                violation(
                    KEY_TOO_LONG,
                    "records.2.member.partitionKey",
                    "have length less than or equal to 256",
                )
            ),
            id="key-of-257",
        ),
        pytest.param(
            {"Data": b"x"},
            "ValidationException",
            violations(violation(None, "records.2.member.partitionKey", "not be null")),
            id="no-key",
        ),
        pytest.param(
            entry(ExplicitHashKey=str(2**128)),
            "InvalidArgumentException",
            "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. "
            f"Specified value was {2**128}",
            id="hash-key-beyond-the-space",
        ),
        pytest.param(
            entry(b"x" * RECORD_BYTES_MAX, "k"), "InvalidArgumentException", None, id="1-MiB-and-1"
        ),
    ],
)
def test_one_bad_entry_refuses_the_whole_call(unchecked, stream, bad, error, text):
    tips = stream.tips()

    with refused(error, text):
        unchecked.put_records(
            StreamName=stream.name, Records=[entry(key="a"), bad, entry(key="b"), entry(key="e")]
        )

    assert stream.nothing_since(tips)


def test_refuses_501_records(unchecked, stream):
    tips = stream.tips()

    with refused(
        "ValidationException",
        starts="1 validation error detected: Value '[",
        ends="]' at 'records' failed to satisfy constraint: "
        "Member must have length less than or equal to 500",
    ):
        unchecked.put_records(StreamName=stream.name, Records=[entry(key="a")] * 501)

    assert stream.nothing_since(tips)


def test_refuses_an_empty_list(unchecked, stream):
    with refused(
        "ValidationException",
        violations(violation("[]", "records", "have length greater than or equal to 1")),
    ):
        unchecked.put_records(StreamName=stream.name, Records=[])


def test_refuses_no_list(unchecked, stream):
    with refused("ValidationException", violations(violation(None, "records", "not be null"))):
        unchecked.put_records(StreamName=stream.name)


def test_ten_broken_constraints_are_told_at_most(unchecked, stream):
    with refused("ValidationException", starts="10 validation errors detected: ") as caught:
        unchecked.put_records(StreamName=stream.name, Records=[entry(key="")] * 30)

    text = caught.value.response["Error"]["Message"]
    for index in range(1, 11):
        assert f"Value '' at 'records.{index}.member.partitionKey' failed" in text
    assert "records.11.member" not in text


@pytest.mark.parametrize(
    ("records", "message"),
    [
        ("text", "Expected list or null"),
        ({"a": 1}, "Start of structure or map found where not expected."),
        ([[]], "Start of list found where not expected"),
        (["text"], "Expected null"),
    ],
    ids=["text", "map", "list-in-list", "text-in-list"],
)
def test_refuses_a_wrong_type(kinesis, stream, records, message):
    import json

    def spoil(request, **_):
        request.data = json.dumps({"StreamName": stream.name, "Records": records}).encode()

    events = kinesis.meta.events
    events.register_first("before-sign.kinesis.PutRecords", spoil, unique_id="spoil")
    try:
        with refused("SerializationException", message):
            kinesis.put_records(StreamName=stream.name, Records=[entry()])
    finally:
        events.unregister("before-sign.kinesis.PutRecords", unique_id="spoil")


def test_by_arn(kinesis, stream):
    answer = kinesis.put_records(StreamARN=stream.arn, Records=[entry(b"by arn", "e")])

    assert answer["FailedRecordCount"] == 0
    assert stream.records(2)[-1]["SequenceNumber"] == numbers(answer)[0]


def test_an_unknown_stream(kinesis, stream, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.put_records(StreamName=absent, Records=[entry()])
    with refused("ResourceNotFoundException", text):
        kinesis.put_records(StreamARN=stream.arn.replace(stream.name, absent), Records=[entry()])
