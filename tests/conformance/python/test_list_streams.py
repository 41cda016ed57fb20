"""ListStreams: byte order, and pages that lose and repeat nothing.

Other runs make and delete streams meanwhile, so only names of this run are compared.
"""

import pytest

from kit import refused, violation, violations


@pytest.fixture(scope="module")
def listed(shared):
    """Streams side by side in the list; the suffixes are in byte order."""
    base = f"{shared.prefix}-list"
    names = [base + suffix for suffix in ("-", "-A", "-a", ".", "0", "Z", "_", "a")]
    for name in names:
        shared.made.append(name)
        shared.client.create_stream(StreamName=name, ShardCount=1)
    for name in names:
        shared.named(name).wait_active()
    return base, names


def ours(names, base):
    return [name for name in names if name.startswith(base)]


def test_names_come_in_byte_order(kinesis, listed):
    base, names = listed

    page = kinesis.list_streams(ExclusiveStartStreamName=base, Limit=len(names))

    assert page["StreamNames"] == names
    assert [summary["StreamName"] for summary in page["StreamSummaries"]] == names


def test_a_summary_tells_what_describe_stream_tells(kinesis, listed):
    base, names = listed

    summary = kinesis.list_streams(ExclusiveStartStreamName=base, Limit=1)["StreamSummaries"][0]

    description = kinesis.describe_stream(StreamName=names[0])["StreamDescription"]
    assert summary == {
        member: description[member]
        for member in (
            "StreamName",
            "StreamARN",
            "StreamStatus",
            "StreamModeDetails",
            "StreamCreationTimestamp",
        )
    }


@pytest.mark.parametrize("size", [1, 3, 7])
def test_the_start_name_leads_through_all_pages(kinesis, listed, size):
    base, names = listed
    found, start = [], base

    while len(found) < len(names):
        page = kinesis.list_streams(ExclusiveStartStreamName=start, Limit=size)
        assert 0 < len(page["StreamNames"]) <= size
        assert page["StreamNames"][0] > start
        found += ours(page["StreamNames"], base)
        start = page["StreamNames"][-1]

    assert found == names


def test_the_token_leads_through_all_pages(kinesis, listed):
    base, names = listed
    found = []

    page = kinesis.list_streams(ExclusiveStartStreamName=base, Limit=3)
    found += ours(page["StreamNames"], base)
    while len(found) < len(names):
        assert page["HasMoreStreams"] is True
        page = kinesis.list_streams(NextToken=page["NextToken"], Limit=3)
        assert 0 < len(page["StreamNames"]) <= 3
        assert not set(page["StreamNames"]) & set(found)
        found += ours(page["StreamNames"], base)

    assert found == names


def test_the_paginator_finds_every_stream_once(kinesis, listed):
    base, names = listed

    pages = kinesis.get_paginator("list_streams").paginate(PaginationConfig={"PageSize": 5})

    assert ours([name for page in pages for name in page["StreamNames"]], base) == names


def test_the_last_page_has_no_token(kinesis, listed):
    page = kinesis.list_streams(ExclusiveStartStreamName="z" * 128)

    assert page["StreamNames"] == []
    assert page["StreamSummaries"] == []
    assert page["HasMoreStreams"] is False
    assert "NextToken" not in page


def test_a_stream_is_listed_before_it_is_active(kinesis, streams):
    stream = streams.create(wait=False)

    # One character less, so that the start name sorts just before the stream's.
    page = kinesis.list_streams(ExclusiveStartStreamName=stream.name[:-1], Limit=1)

    assert page["StreamNames"] == [stream.name]
    assert page["StreamSummaries"][0]["StreamStatus"] in ("CREATING", "ACTIVE")


@pytest.mark.parametrize(
    ("limit", "rule"), [(0, "greater than or equal to 1"), (10001, "less than or equal to 10000")]
)
def test_refuses_a_limit_out_of_range(unchecked, limit, rule):
    with refused(
        "ValidationException", violations(violation(limit, "limit", f"have value {rule}"))
    ):
        unchecked.list_streams(Limit=limit)
