"""put_and_get.py ENDPOINT STREAM: makes a stream, puts a record, and gets the same one back."""

import sys

import boto3

endpoint, stream = sys.argv[1:]
kinesis = boto3.client(
    "kinesis",
    endpoint_url=endpoint,
    region_name="us-east-1",
    aws_access_key_id="try",
    aws_secret_access_key="try",
)
data = b"a record from " + stream.encode()
kinesis.create_stream(StreamName=stream, ShardCount=1)
kinesis.get_waiter("stream_exists").wait(StreamName=stream, WaiterConfig={"Delay": 1, "MaxAttempts": 20})
put = kinesis.put_record(StreamName=stream, PartitionKey="key", Data=data)
iterator = kinesis.get_shard_iterator(
    StreamName=stream, ShardId=put["ShardId"], ShardIteratorType="TRIM_HORIZON")["ShardIterator"]
got = [record["Data"] for record in kinesis.get_records(ShardIterator=iterator)["Records"]]
if got != [data]:
    sys.exit(f"put {data!r} at {endpoint}, got {got!r}")
print(f"boto3 {boto3.__version__} at {endpoint}: put a record and got it back")
