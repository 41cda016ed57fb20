"""The control calls of a benchmark, over a connection of their own."""

import http.client
import json
import time

SIGNED = {
    "Content-Type": "application/x-amz-json-1.1",
    "X-Amz-Date": "20260101T000000Z",
    "Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-1/kinesis/aws4_request, "
                     "SignedHeaders=host;x-amz-date, Signature=0f1e2d3c",
}


class Refused(Exception):
    pass


class Api:
    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def raw(self, operation, body):
        """The answer's bytes."""
        fields = dict(SIGNED, **{"X-Amz-Target": "Kinesis_20131202." + operation})
        try:
            self.connection.request("POST", "/", json.dumps(body), fields)
            answer = self.connection.getresponse()
        except (http.client.HTTPException, ConnectionError):  # idle for too long
            self.connection.close()
            self.connection.request("POST", "/", json.dumps(body), fields)
            answer = self.connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise Refused(f"{operation}: {answer.status} {data[:300]!r}")
        return data

    def call(self, operation, **body):
        return json.loads(self.raw(operation, body) or b"{}")

    def _wait(self, done, what):
        deadline = time.monotonic() + 60
        while not done():
            if time.monotonic() > deadline:
                raise Refused(what)
            time.sleep(0.02)

    def _status(self, stream):
        try:
            return self.call("DescribeStreamSummary", StreamName=stream)["StreamDescriptionSummary"]["StreamStatus"]
        except Refused:
            return None

    def create(self, stream, shards):
        self.delete(stream)
        self.call("CreateStream", StreamName=stream, ShardCount=shards)
        self._wait(lambda: self._status(stream) == "ACTIVE", f"{stream} does not become ACTIVE")

    def delete(self, stream):
        if self._status(stream) is None:
            return
        self.call("DeleteStream", StreamName=stream)
        self._wait(lambda: self._status(stream) is None, f"{stream} does not go away")

    def iterator(self, stream, kind="TRIM_HORIZON", shard="shardId-000000000000", **more):
        return self.call("GetShardIterator", StreamName=stream, ShardId=shard,
                         ShardIteratorType=kind, **more)["ShardIterator"]

    def put(self, stream, data, key="k"):
        return self.call("PutRecord", StreamName=stream, Data=data, PartitionKey=key)["SequenceNumber"]
