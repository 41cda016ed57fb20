"""DescribeAccountSettings, UpdateAccountSettings, and the warm throughput that they allow.

The commitment binds an account for a day, so each case takes an account of its own; AWS, where that
would cost money, is only asked.
"""

import datetime

import pytest

from kit import refused, refused_as, violation, violations

COMMITMENT = "MinimumThroughputBillingCommitment"
ON_DEMAND = {"StreamMode": "ON_DEMAND"}


def commitment(client):
    return client.describe_account_settings()[COMMITMENT]


def commit(client, status):
    return client.update_account_settings(**{COMMITMENT: {"Status": status}})[COMMITMENT]


@pytest.fixture
def committed(stranger, strange_streams):
    """Streams of an account of its own that has the commitment."""
    commit(stranger, "ENABLED")
    return strange_streams


@pytest.fixture(scope="module")
def on_demand(shared):
    return shared.create(shards=None, StreamModeDetails=ON_DEMAND)


def warm(stream):
    return stream.summary()["WarmThroughput"]


def test_the_settings_of_the_present_account(kinesis):
    assert commitment(kinesis)["Status"] in (
        "ENABLED",
        "DISABLED",
        "ENABLED_UNTIL_EARLIEST_ALLOWED_END",
    )


def test_a_new_account_has_no_commitment(stranger):
    assert commitment(stranger) == {"Status": "DISABLED"}


def test_enabled_for_a_day_at_least(stranger):
    now = datetime.datetime.now(datetime.timezone.utc)

    answer = commit(stranger, "ENABLED")

    assert answer["Status"] == "ENABLED"
    assert abs((answer["StartedAt"] - now).total_seconds()) < 60
    assert answer["EarliestAllowedEndAt"] - answer["StartedAt"] >= datetime.timedelta(hours=24)
    assert "EndedAt" not in answer
    assert commitment(stranger) == answer
    assert commit(stranger, "ENABLED") == answer


def test_disabled_too_early_and_enabled_again(stranger):
    started = commit(stranger, "ENABLED")["StartedAt"]

    answer = commit(stranger, "DISABLED")
    assert answer["Status"] == "ENABLED_UNTIL_EARLIEST_ALLOWED_END"
    assert commitment(stranger) == answer

    answer = commit(stranger, "ENABLED")
    assert answer["Status"] == "ENABLED"
    assert answer["StartedAt"] == started
    assert commitment(stranger) == answer


def test_disabled_stays_disabled(stranger):
    assert commit(stranger, "DISABLED") == {"Status": "DISABLED"}


def test_refuses_broken_members(unchecked):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'SOMETIMES' at "
        "'minimumThroughputBillingCommitment.status' failed to satisfy constraint: "
        "Member must satisfy enum value set: [",
    ):
        commit(unchecked, "SOMETIMES")
    with refused(
        "ValidationException",
        violations(violation(None, "minimumThroughputBillingCommitment", "not be null")),
    ):
        unchecked.update_account_settings()
    with refused(
        "ValidationException",
        violations(violation(None, "minimumThroughputBillingCommitment.status", "not be null")),
    ):
        unchecked.update_account_settings(**{COMMITMENT: {}})


# --- UpdateStreamWarmThroughput -------------------------------------------------------------------


def test_warm_throughput_is_told_by_answer_and_summary(stranger, committed):
    stream = committed.create(shards=None, StreamModeDetails=ON_DEMAND)

    for target, reference in ((100, stream.by_name), (60, stream.by_arn)):
        answer = stranger.update_stream_warm_throughput(**reference, WarmThroughputMiBps=target)
        stream.wait_active()
        assert answer["StreamName"] == stream.name
        assert answer["StreamARN"] == stream.arn
        assert answer["WarmThroughput"]["TargetMiBps"] == target
        assert answer["WarmThroughput"]["CurrentMiBps"] >= 0
        assert warm(stream)["TargetMiBps"] == target


def test_warm_throughput_of_the_creation_and_of_a_new_mode(stranger, committed):
    created = committed.create(
        shards=None, StreamModeDetails=ON_DEMAND, WarmThroughputMiBps=50
    )
    assert warm(created)["TargetMiBps"] == 50

    switched = committed.create(shards=2)
    assert "WarmThroughput" not in switched.summary()
    stranger.update_stream_mode(
        StreamARN=switched.arn, StreamModeDetails=ON_DEMAND, WarmThroughputMiBps=70
    )
    switched.wait_active()
    assert warm(switched)["TargetMiBps"] == 70


def test_ten_gibibytes_a_second_and_not_one_more(stranger, committed):
    stream = committed.create(shards=None, StreamModeDetails=ON_DEMAND)
    stranger.update_stream_warm_throughput(StreamName=stream.name, WarmThroughputMiBps=10240)
    stream.wait_active()

    with refused_as(stranger, "LimitExceededException"):
        stranger.update_stream_warm_throughput(StreamName=stream.name, WarmThroughputMiBps=10241)
    assert warm(stream)["TargetMiBps"] == 10240


def test_fifty_consumers_with_the_commitment(stranger, committed):
    stream = committed.create(shards=None, StreamModeDetails=ON_DEMAND)
    for i in range(50):
        stream.register(f"consumer-{i}")

    with refused_as(stranger, "LimitExceededException"):
        stranger.register_stream_consumer(StreamARN=stream.arn, ConsumerName="one-more")
    assert stream.summary()["ConsumerCount"] == 50


def test_refuses_warm_throughput_without_the_commitment(stranger, strange_streams):
    kinds = ("ValidationException", "InvalidArgumentException")
    stream = strange_streams.create(shards=None, StreamModeDetails=ON_DEMAND)

    with refused_as(stranger, *kinds):
        stranger.update_stream_warm_throughput(StreamName=stream.name, WarmThroughputMiBps=10)
    with refused_as(stranger, *kinds):
        strange_streams.create(
            shards=None, StreamModeDetails=ON_DEMAND, WarmThroughputMiBps=10
        )


def test_refuses_warm_throughput_of_provisioned_streams(stranger, committed):
    stream = committed.create()

    with refused_as(stranger, "ValidationException", "InvalidArgumentException"):
        stranger.update_stream_warm_throughput(StreamName=stream.name, WarmThroughputMiBps=10)
    assert "WarmThroughput" not in stream.summary()


def test_refuses_broken_warm_throughput(unchecked, on_demand):
    with refused(
        "ValidationException", violations(violation(None, "warmThroughputMiBps", "not be null"))
    ):
        unchecked.update_stream_warm_throughput(StreamName=on_demand.name)
    with refused(
        "ValidationException",
        violations(violation(-1, "warmThroughputMiBps", "have value greater than or equal to 0")),
    ):
        unchecked.update_stream_warm_throughput(StreamName=on_demand.name, WarmThroughputMiBps=-1)


def test_warm_throughput_of_an_unknown_stream(kinesis, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.update_stream_warm_throughput(StreamName=absent, WarmThroughputMiBps=10)
