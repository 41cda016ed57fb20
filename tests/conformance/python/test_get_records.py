"""GetRecords: pages, iterators that are not used up, and the tip of a shard."""

import pytest

from kit import RECORD_BYTES_MAX, data_of, pages, read, refused, violation, violations

PAGE_BYTES_MAX = 10 * 1024 * 1024


@pytest.fixture(scope="module")
def thousand(shared):
    stream = shared.create()
    for start in range(0, 1000, 500):
        stream.client.put_records(
            StreamName=stream.name,
            Records=[
                {"Data": b"%d" % i, "PartitionKey": f"key {i % 13}"}
                for i in range(start, start + 500)
            ],
        )
    return stream


ALL = [b"%d" % i for i in range(1000)]


def test_a_page_in_full(kinesis, thousand):
    page = kinesis.get_records(ShardIterator=thousand.iterator(), Limit=3)

    page.pop("ResponseMetadata")
    assert set(page) == {"Records", "NextShardIterator", "MillisBehindLatest"}
    for record in page["Records"]:
        assert set(record) == {
            "SequenceNumber",
            "ApproximateArrivalTimestamp",
            "Data",
            "PartitionKey",
        }
    assert data_of(page["Records"]) == ALL[:3]
    assert [record["PartitionKey"] for record in page["Records"]] == ["key 0", "key 1", "key 2"]


@pytest.mark.parametrize("limit", [1, 7, 100, 999, 1000, 10000])
def test_pages_of_any_size_lose_and_repeat_nothing(kinesis, thousand, limit):
    wanted = 20 if limit == 1 else 1000
    found = []
    for page in pages(kinesis, thousand.iterator(), Limit=limit):
        assert len(page["Records"]) <= limit
        found += data_of(page["Records"])
        if len(found) >= wanted:
            break

    assert found == ALL[:wanted]


def test_without_a_limit_up_to_ten_thousand_come(kinesis, thousand):
    assert data_of(read(kinesis, thousand.iterator())) == ALL


def test_numbers_and_times_rise(kinesis, thousand):
    records = read(kinesis, thousand.iterator())

    numbers = [int(record["SequenceNumber"]) for record in records]
    times = [record["ApproximateArrivalTimestamp"] for record in records]
    assert numbers == sorted(set(numbers))
    assert times == sorted(times)


def test_an_iterator_is_not_used_up(kinesis, thousand):
    iterator = thousand.iterator()

    first = kinesis.get_records(ShardIterator=iterator, Limit=5)
    again = kinesis.get_records(ShardIterator=iterator, Limit=5)

    assert first["Records"] == again["Records"]


def test_the_next_iterator_is_another_one_also_at_the_tip(kinesis, streams):
    stream = streams.create()
    iterator = stream.iterator()

    page = kinesis.get_records(ShardIterator=iterator)
    later = kinesis.get_records(ShardIterator=page["NextShardIterator"])

    assert page["Records"] == later["Records"] == []
    assert page["MillisBehindLatest"] == 0
    assert len({iterator, page["NextShardIterator"], later["NextShardIterator"]}) == 3


def test_records_arrive_at_a_reader_that_waits_at_the_tip(kinesis, streams):
    stream = streams.create()
    iterator = stream.iterator()
    for i in range(5):
        iterator = kinesis.get_records(ShardIterator=iterator)["NextShardIterator"]
        stream.put(b"%d" % i)
        page = kinesis.get_records(ShardIterator=iterator)
        assert data_of(page["Records"]) == [b"%d" % i]
        iterator = page["NextShardIterator"]


def test_behind_the_tip_the_lag_is_told(kinesis, thousand):
    behind = kinesis.get_records(ShardIterator=thousand.iterator(), Limit=1)
    caught_up = kinesis.get_records(ShardIterator=thousand.iterator("LATEST"))

    assert behind["MillisBehindLatest"] > 0
    assert caught_up["MillisBehindLatest"] == 0


def test_a_shards_records_stay_with_the_shard(kinesis, streams):
    stream = streams.create(shards=3)
    for key in ("a", "b", "e", "f"):  # shards 0, 1, 2, 1
        stream.put(key.encode(), key)

    assert [data_of(stream.records(shard)) for shard in range(3)] == [[b"a"], [b"b", b"f"], [b"e"]]


def test_a_page_holds_ten_mebibytes_at_most(kinesis, streams):
    stream = streams.create()
    sent = [bytes([65 + i]) * (RECORD_BYTES_MAX - 1) for i in range(12)]
    for data in sent:
        stream.put(data, "k")

    found = list(pages(kinesis, stream.iterator()))

    for page in found:
        assert sum(len(record["Data"]) for record in page["Records"]) <= PAGE_BYTES_MAX
    assert [data for page in found for data in data_of(page["Records"])] == sent
    assert len(found) >= 2


def test_an_iterator_in_quotes_is_taken(kinesis, thousand):
    # People paste what a command line printed.
    page = kinesis.get_records(ShardIterator=f'"{thousand.iterator()}"', Limit=2)

    assert data_of(page["Records"]) == ALL[:2]


def test_with_the_streams_arn(kinesis, thousand):
    page = kinesis.get_records(ShardIterator=thousand.iterator(), Limit=2, StreamARN=thousand.arn)

    assert data_of(page["Records"]) == ALL[:2]


@pytest.mark.parametrize("token", ["x", "AAAA", "not an iterator", "A" * 512])
def test_refuses_an_iterator_that_it_did_not_make(kinesis, token):
    with refused("InvalidArgumentException", "Invalid ShardIterator."):
        kinesis.get_records(ShardIterator=token)


def test_refuses_an_iterator_that_was_tampered_with(kinesis, thousand):
    token = thousand.iterator()
    middle = len(token) // 2
    spoilt = token[:middle] + ("B" if token[middle] == "A" else "A") + token[middle + 1 :]

    with refused("InvalidArgumentException", "Invalid ShardIterator."):
        kinesis.get_records(ShardIterator=spoilt)


@pytest.mark.parametrize(
    ("limit", "rule"), [(0, "greater than or equal to 1"), (10001, "less than or equal to 10000")]
)
def test_refuses_a_limit_out_of_range(unchecked, thousand, limit, rule):
    with refused(
        "ValidationException", violations(violation(limit, "limit", f"have value {rule}"))
    ):
        unchecked.get_records(ShardIterator=thousand.iterator(), Limit=limit)


def test_refuses_an_iterator_of_a_wrong_length(unchecked):
    with refused(
        "ValidationException",
        violations(violation("", "shardIterator", "have length greater than or equal to 1")),
    ):
        unchecked.get_records(ShardIterator="")
    with refused(
        "ValidationException",
        violations(violation("A" * 513, "shardIterator", "have length less than or equal to 512")),
    ):
        unchecked.get_records(ShardIterator="A" * 513)


def test_refuses_a_missing_iterator(unchecked):
    with refused(
        "ValidationException", violations(violation(None, "shardIterator", "not be null"))
    ):
        unchecked.get_records()
