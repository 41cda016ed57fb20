"""CloudWatch and STS beside the streams: metrics in every protocol that the SDK has for them."""

import datetime
import secrets

import boto3
import botocore.session
import pytest

import kit

PROTOCOLS = ("query", "json", "smithy-rpc-v2-cbor")
HOUR = datetime.timedelta(hours=1)


def service(name, protocol=None):
    """A client of another service at the same endpoint; the SDK's own choice of protocol if none."""
    session = botocore.session.get_session()
    loader = session.get_component("data_loader")
    if protocol is not None:
        model = loader.load_service_model(name, "service-2")
        model["metadata"]["protocols"] = [protocol]
        model["metadata"]["protocol"] = protocol
    client = boto3.session.Session(botocore_session=session, region_name=kit.region())
    credentials = {}
    if client.get_credentials() is None:
        credentials = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    return client.client(name, endpoint_url=kit.endpoint(), **credentials)


def now():
    return datetime.datetime.now(datetime.timezone.utc)


@pytest.fixture(params=[None, *PROTOCOLS])
def cloudwatch(request):
    if kit.against_aws():
        pytest.skip("values show up there after minutes, and cost money")
    return service("cloudwatch", request.param)


@pytest.fixture
def namespace():
    return f"kt-boto3-{secrets.token_hex(4)}"


def query(metric, stat="Sum"):
    return {"Id": "q", "MetricStat": {"Metric": metric, "Period": 60, "Stat": stat}}


def total(cloudwatch, metric, stat="Sum"):
    answer = cloudwatch.get_metric_data(
        MetricDataQueries=[query(metric, stat)], StartTime=now() - HOUR, EndTime=now() + HOUR
    )
    (result,) = answer["MetricDataResults"]
    assert result["StatusCode"] == "Complete"
    assert len(result["Timestamps"]) == len(result["Values"])
    return sum(result["Values"])


def test_values_are_read_back(cloudwatch, namespace):
    dimensions = [{"Name": "Operation", "Value": "a & <x>"}, {"Name": "A", "Value": "1"}]
    at = now() - datetime.timedelta(minutes=5)
    statistics = {"SampleCount": 4, "Sum": 10, "Minimum": 1, "Maximum": 4}
    cloudwatch.put_metric_data(
        Namespace=namespace,
        MetricData=[
            {"MetricName": "m", "Dimensions": dimensions, "Timestamp": at, "Value": 1.25},
            {"MetricName": "m", "Dimensions": dimensions, "StatisticValues": statistics},
            {"MetricName": "m", "Dimensions": dimensions, "Values": [2, 3], "Counts": [1, 2]},
        ],
    )
    metric = {"Namespace": namespace, "MetricName": "m", "Dimensions": dimensions}
    assert total(cloudwatch, metric) == 1.25 + 10 + 8
    assert total(cloudwatch, metric, "SampleCount") == 1 + 4 + 3
    points = cloudwatch.get_metric_statistics(
        **metric,
        Period=60,
        StartTime=now() - HOUR,
        EndTime=now() + HOUR,
        Statistics=["Sum", "Maximum"],
        Unit="None",
    )["Datapoints"]
    first = min(points, key=lambda point: point["Timestamp"])
    assert first["Sum"] == first["Maximum"] == 1.25
    assert first["Timestamp"] == at.replace(second=0, microsecond=0)


def test_a_large_call_comes_compressed(cloudwatch, namespace):
    data = [{"MetricName": f"m{i}", "Value": i, "Unit": "Count"} for i in range(600)]
    cloudwatch.put_metric_data(Namespace=namespace, MetricData=data)
    found = cloudwatch.get_paginator("list_metrics").paginate(Namespace=namespace)
    names = [metric["MetricName"] for metric in found.search("Metrics")]
    assert sorted(names) == sorted(datum["MetricName"] for datum in data)
    assert total(cloudwatch, {"Namespace": namespace, "MetricName": "m599"}) == 599


def test_refusals_are_typed(cloudwatch, namespace):
    def put(datum, name=namespace):
        cloudwatch.put_metric_data(Namespace=name, MetricData=[datum])

    with kit.refused("InvalidParameterValue", "The value AWS/x for parameter Namespace is invalid."):
        put({"MetricName": "m", "Value": 1}, "AWS/x")
    with kit.refused("InvalidParameterValue", ends="MetricName contains non-ASCII characters."):
        put({"MetricName": "größe", "Value": 1})
    with kit.refused("MissingParameter", "The parameter MetricData.member.1.Value is required."):
        put({"MetricName": "m"})
    with kit.refused("InvalidParameterCombination"):
        put({"MetricName": "m", "Value": 1, "Values": [1]})
    with kit.refused("InvalidAction", starts="Kinetide does not serve DescribeAlarms"):
        cloudwatch.describe_alarms()


def test_streams_have_metrics(cloudwatch, streams):
    stream = streams.create(shards=2)
    shard_level = ["IncomingRecords"]
    stream.client.enable_enhanced_monitoring(
        StreamName=stream.name, ShardLevelMetrics=shard_level
    )
    stream.wait_active()
    entries = [{"Data": b"four", "PartitionKey": str(i)} for i in range(10)]
    stream.client.put_records(StreamName=stream.name, Records=entries)
    stream.put(b"four", key="0")
    read = len(stream.records(0)) + len(stream.records(1))
    assert read == 11

    of_stream = [{"Name": "StreamName", "Value": stream.name}]

    def count(name, stat="Sum", dimensions=of_stream):
        metric = {"Namespace": "AWS/Kinesis", "MetricName": name, "Dimensions": dimensions}
        return total(cloudwatch, metric, stat)

    assert count("IncomingRecords") == 11
    assert count("IncomingBytes") == 11 * 5
    assert count("PutRecords.TotalRecords") == 10
    assert count("PutRecord.Success") == 1
    assert count("GetRecords.Records") == 11
    listed = cloudwatch.list_metrics(
        Namespace="AWS/Kinesis", MetricName="IncomingRecords", Dimensions=of_stream
    )["Metrics"]
    by_shard = [m["Dimensions"] for m in listed if len(m["Dimensions"]) == 2]
    assert len(by_shard) == 2
    assert sum(count("IncomingRecords", dimensions=d) for d in by_shard) == 11


def test_the_caller_is_the_streams_account(streams):
    if kit.against_aws():
        pytest.skip("needs leave for STS")
    identity = service("sts").get_caller_identity()
    stream = streams.create()
    assert identity["Account"] == stream.account
    assert identity["Arn"].startswith(f"arn:aws:iam::{stream.account}:")
