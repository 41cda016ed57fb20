"""ListShards: pages, filters, and what may not be combined."""

import pytest

from kit import refused, shard_id, violation, violations


@pytest.fixture(scope="module")
def five(shared):
    return shared.create(shards=5)


def ids(shards):
    return [shard["ShardId"] for shard in shards]


ALL = [shard_id(i) for i in range(5)]


def test_the_shards_are_those_of_describe_stream(kinesis, five):
    by_name = kinesis.list_shards(**five.by_name)
    by_arn = kinesis.list_shards(**five.by_arn)

    assert by_name["Shards"] == by_arn["Shards"] == five.shards()
    assert "NextToken" not in by_name


def test_the_token_leads_through_all_pages(kinesis, five):
    first = kinesis.list_shards(StreamName=five.name, MaxResults=2)
    second = kinesis.list_shards(NextToken=first["NextToken"], MaxResults=2)
    third = kinesis.list_shards(NextToken=second["NextToken"])

    assert ids(first["Shards"]) == ALL[:2]
    assert ids(second["Shards"]) == ALL[2:4]
    assert ids(third["Shards"]) == ALL[4:]
    assert "NextToken" not in third


def test_a_full_last_page_has_no_token(kinesis, five):
    assert "NextToken" not in kinesis.list_shards(StreamName=five.name, MaxResults=5)


@pytest.mark.parametrize("size", [5, 10000])
def test_the_paginator_where_one_page_is_enough(kinesis, five, size):
    found = kinesis.get_paginator("list_shards").paginate(
        StreamName=five.name, PaginationConfig={"PageSize": size}
    )

    assert ids(shard for page in found for shard in page["Shards"]) == ALL


def test_the_paginator_sends_the_name_with_the_token_and_is_refused(kinesis, five):
    # So it is on AWS: boto/botocore issue 2009.
    found = kinesis.get_paginator("list_shards").paginate(
        StreamName=five.name, PaginationConfig={"PageSize": 2}
    )

    with refused(
        "InvalidArgumentException", "NextToken and StreamName cannot be provided together."
    ):
        list(found)


def test_the_start_shard_is_left_out(kinesis, five):
    after = kinesis.list_shards(StreamName=five.name, ExclusiveStartShardId=ALL[1])
    nothing = kinesis.list_shards(StreamName=five.name, ExclusiveStartShardId=ALL[4])

    assert ids(after["Shards"]) == ALL[2:]
    assert nothing["Shards"] == []


@pytest.mark.parametrize(
    "kind", ["AT_LATEST", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_TIMESTAMP", "FROM_TIMESTAMP"]
)
def test_every_filter_shows_the_open_shards(kinesis, five, kind):
    wanted = {"Type": kind}
    if kind.endswith("TIMESTAMP"):
        five.put(b"tells the server's time")
        wanted["Timestamp"] = max(
            record["ApproximateArrivalTimestamp"] for shard in ALL for record in five.records(shard)
        )

    assert ids(kinesis.list_shards(StreamName=five.name, ShardFilter=wanted)["Shards"]) == ALL


def test_the_filter_after_a_shard(kinesis, five):
    found = kinesis.list_shards(
        StreamName=five.name, ShardFilter={"Type": "AFTER_SHARD_ID", "ShardId": ALL[2]}
    )

    assert ids(found["Shards"]) == ALL[3:]


@pytest.mark.parametrize(
    "wanted",
    [
        {"Type": "AFTER_SHARD_ID"},
        {"Type": "AT_TIMESTAMP"},
        {"Type": "FROM_TIMESTAMP"},
        {"Type": "AT_LATEST", "ShardId": ALL[0]},
    ],
    ids=lambda wanted: "-".join(wanted.values()),
)
def test_refuses_a_filter_with_the_wrong_members(kinesis, five, wanted):
    with pytest.raises(kinesis.exceptions.InvalidArgumentException):
        kinesis.list_shards(StreamName=five.name, ShardFilter=wanted)


def test_refuses_neither_stream_nor_token(kinesis):
    with refused("InvalidArgumentException", "Either NextToken or StreamName should be provided."):
        kinesis.list_shards()


@pytest.mark.parametrize(
    "member", ["StreamName", "StreamARN", "ExclusiveStartShardId", "ShardFilter"]
)
def test_refuses_a_token_together_with(kinesis, five, member):
    # Four texts of the service: boto/botocore issue 2009, aws/aws-cli issue 9635,
    # awslabs/amazon-kinesis-scaling-utils pull request 82, apache/beam issue 33478.
    token = kinesis.list_shards(StreamName=five.name, MaxResults=1)["NextToken"]
    value = {
        "StreamName": five.name,
        "StreamARN": five.arn,
        "ExclusiveStartShardId": ALL[0],
        "ShardFilter": {"Type": "AT_LATEST"},
    }[member]

    with refused(
        "InvalidArgumentException", f"NextToken and {member} cannot be provided together."
    ):
        kinesis.list_shards(NextToken=token, **{member: value})


def test_refuses_a_token_that_it_did_not_make(kinesis):
    with refused("InvalidArgumentException"):
        kinesis.list_shards(NextToken="AAAA")


@pytest.mark.parametrize(
    ("size", "rule"), [(0, "greater than or equal to 1"), (10001, "less than or equal to 10000")]
)
def test_refuses_a_page_size_out_of_range(unchecked, five, size, rule):
    with refused(
        "ValidationException", violations(violation(size, "maxResults", f"have value {rule}"))
    ):
        unchecked.list_shards(StreamName=five.name, MaxResults=size)


def test_an_unknown_stream(kinesis, stream, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.list_shards(StreamName=absent)
    with refused("ResourceNotFoundException", text):
        kinesis.list_shards(StreamARN=stream.arn.replace(stream.name, absent))
