"""IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod: each goes one way only."""

import pytest

from kit import refused, violation, violations

INCREASE, DECREASE = "increase_stream_retention_period", "decrease_stream_retention_period"


def change(stream, operation, hours, **reference):
    call = getattr(stream.client, operation)
    answer = call(**(reference or stream.by_name), RetentionPeriodHours=hours)
    stream.wait_active()
    return answer


def hours(stream):
    period = stream.description()["RetentionPeriodHours"]
    assert stream.summary()["RetentionPeriodHours"] == period
    return period


def test_up_and_down_again(streams):
    stream = streams.create()

    for operation, period in [(INCREASE, 25), (INCREASE, 8760), (DECREASE, 25), (DECREASE, 24)]:
        answer = change(stream, operation, period)
        assert answer["ResponseMetadata"]["HTTPHeaders"]["content-length"] == "0"
        assert hours(stream) == period


def test_by_arn(streams):
    stream = streams.create()

    change(stream, INCREASE, 48, **stream.by_arn)
    assert hours(stream) == 48
    change(stream, DECREASE, 24, **stream.by_arn)
    assert hours(stream) == 24


@pytest.mark.parametrize("operation", [INCREASE, DECREASE])
def test_the_present_value_is_accepted(stream, operation):
    change(stream, operation, 24)

    assert hours(stream) == 24


def test_increase_refuses_to_shorten(streams):
    stream = streams.create()
    change(stream, INCREASE, 48)

    with refused(
        "InvalidArgumentException",
        f"Requested retention period (24 hours) for stream {stream.name} can not be shorter than "
        "existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    ):
        change(stream, INCREASE, 24)
    assert hours(stream) == 48


def test_decrease_refuses_to_lengthen(stream):
    with refused(
        "InvalidArgumentException",
        f"Requested retention period (25 hours) for stream {stream.name} can not be longer than "
        "existing retention period (24 hours). Use IncreaseRetentionPeriod API.",
    ):
        change(stream, DECREASE, 25)
    assert hours(stream) == 24


@pytest.mark.parametrize("operation", [INCREASE, DECREASE])
@pytest.mark.parametrize("period", [23, 1, 0, -1])
def test_a_day_is_the_least(stream, operation, period):
    with refused(
        "InvalidArgumentException",
        "Minimum allowed retention period is 24 hours. "
        f"Requested retention period ({period} hours) is too short.",
    ):
        change(stream, operation, period)
    assert hours(stream) == 24


@pytest.mark.parametrize("period", [8761, 100000])
def test_a_year_is_the_most(stream, period):
    with refused(
        "InvalidArgumentException",
        "Maximum allowed retention period is 8760 hours. "
        f"Requested retention period ({period} hours) is too long.",
    ):
        change(stream, INCREASE, period)
    assert hours(stream) == 24


@pytest.mark.parametrize("operation", [INCREASE, DECREASE])
def test_refuses_a_missing_period(unchecked, stream, operation):
    with refused(
        "ValidationException", violations(violation(None, "retentionPeriodHours", "not be null"))
    ):
        getattr(unchecked, operation)(StreamName=stream.name)


@pytest.mark.parametrize("operation", [INCREASE, DECREASE])
def test_an_unknown_stream(kinesis, stream, absent, account, operation):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        getattr(kinesis, operation)(StreamName=absent, RetentionPeriodHours=48)
    with refused("ResourceNotFoundException", text):
        getattr(kinesis, operation)(
            StreamARN=stream.arn.replace(stream.name, absent), RetentionPeriodHours=48
        )
