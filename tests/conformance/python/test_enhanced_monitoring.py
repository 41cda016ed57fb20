"""EnableEnhancedMonitoring and DisableEnhancedMonitoring: the metrics before and after."""

import pytest

from kit import refused, violation, violations

ALL = {
    "IncomingBytes",
    "IncomingRecords",
    "IteratorAgeMilliseconds",
    "OutgoingBytes",
    "OutgoingRecords",
    "ReadProvisionedThroughputExceeded",
    "WriteProvisionedThroughputExceeded",
}
ENABLE, DISABLE = "enable_enhanced_monitoring", "disable_enhanced_monitoring"


def change(stream, operation, *metrics, **reference):
    """The metrics before and after, by the answer."""
    call = getattr(stream.client, operation)
    answer = call(**(reference or stream.by_name), ShardLevelMetrics=list(metrics))
    stream.wait_active()
    del answer["ResponseMetadata"]
    assert answer.pop("StreamName") == stream.name
    assert answer.pop("StreamARN") == stream.arn
    before, after = answer.pop("CurrentShardLevelMetrics"), answer.pop("DesiredShardLevelMetrics")
    assert not answer
    assert len(before) == len(set(before)) and len(after) == len(set(after))
    return set(before), set(after)


def metrics(stream):
    monitoring = stream.description()["EnhancedMonitoring"]
    assert stream.summary()["EnhancedMonitoring"] == monitoring
    assert len(monitoring) == 1
    return set(monitoring[0]["ShardLevelMetrics"])


def test_enabled_and_disabled(streams):
    stream = streams.create()
    one, two = {"IncomingBytes"}, {"IncomingBytes", "OutgoingRecords"}

    assert change(stream, ENABLE, "IncomingBytes") == (set(), one)
    assert metrics(stream) == one
    assert change(stream, ENABLE, "OutgoingRecords", "IncomingBytes") == (one, two)
    assert metrics(stream) == two
    assert change(stream, DISABLE, "IncomingBytes", **stream.by_arn) == (two, {"OutgoingRecords"})
    assert metrics(stream) == {"OutgoingRecords"}
    assert change(stream, DISABLE, "OutgoingRecords") == ({"OutgoingRecords"}, set())
    assert metrics(stream) == set()


def test_all_stands_for_seven(streams):
    stream = streams.create()

    assert change(stream, ENABLE, "ALL", **stream.by_arn) == (set(), ALL)
    assert metrics(stream) == ALL
    assert change(stream, DISABLE, "IncomingBytes") == (ALL, ALL - {"IncomingBytes"})
    assert change(stream, DISABLE, "ALL") == (ALL - {"IncomingBytes"}, set())
    assert metrics(stream) == set()


def test_all_seven_by_name_and_what_is_off_already(streams):
    stream = streams.create()

    assert change(stream, DISABLE, "IncomingBytes") == (set(), set())
    assert change(stream, ENABLE, *sorted(ALL)) == (set(), ALL)
    assert metrics(stream) == ALL


@pytest.mark.parametrize("operation", [ENABLE, DISABLE])
def test_refuses_broken_lists(unchecked, stream, operation):
    call = getattr(unchecked, operation)
    with refused(
        "ValidationException",
        violations(violation("[]", "shardLevelMetrics", "have length greater than or equal to 1")),
    ):
        call(StreamName=stream.name, ShardLevelMetrics=[])
    with refused(
        "ValidationException", violations(violation(None, "shardLevelMetrics", "not be null"))
    ):
        call(StreamName=stream.name)
    eight = [*sorted(ALL), "ALL"]
    with refused(
        "ValidationException",
        violations(
            violation(
                f"[{', '.join(eight)}]",
                "shardLevelMetrics",
                "have length less than or equal to 7",
            )
        ),
    ):
        call(StreamName=stream.name, ShardLevelMetrics=eight)
    with refused("ValidationException"):
        call(StreamName=stream.name, ShardLevelMetrics=["Tides"])
    assert metrics(stream) == set()


@pytest.mark.parametrize("operation", [ENABLE, DISABLE])
def test_an_unknown_stream(kinesis, stream, absent, account, operation):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        getattr(kinesis, operation)(StreamName=absent, ShardLevelMetrics=["ALL"])
    with refused("ResourceNotFoundException", text):
        getattr(kinesis, operation)(
            StreamARN=stream.arn.replace(stream.name, absent), ShardLevelMetrics=["ALL"]
        )
