"""A table of leases as the KCL keeps it, and its renewals."""

import http.client
import json

import api

COUNT = 10_000  # of a hundred workers
INDEX = [{"Create": {
    "IndexName": "LeaseOwnerToLeaseKeyIndex", "Projection": {"ProjectionType": "KEYS_ONLY"},
    "KeySchema": [{"AttributeName": "leaseOwner", "KeyType": "HASH"},
                  {"AttributeName": "leaseKey", "KeyType": "RANGE"}]}}]


def attributes(*names):
    return [{"AttributeName": name, "AttributeType": "S"} for name in names]


def lease(number):
    return {"leaseKey": {"S": f"shardId-{number:012d}"}, "leaseCounter": {"N": "0"}, "leaseOwner": {"S": "worker"},
            "checkpoint": {"S": "TRIM_HORIZON"}, "checkpointSubSequenceNumber": {"N": "0"},
            "ownerSwitchesSinceCheckpoint": {"N": "0"}, "startingHashKey": {"S": "0"},
            "endingHashKey": {"S": "170141183460469231731687303715884105727"}}


def fill(port, table):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def call(operation, **body):
        fields = dict(api.SIGNED, **{"X-Amz-Target": "DynamoDB_20120810." + operation,
                                     "Content-Type": "application/x-amz-json-1.0"})
        connection.request("POST", "/", json.dumps(body), fields)
        answer = connection.getresponse()
        data = answer.read()
        if answer.status != 200:
            raise api.Refused(f"{operation}: {answer.status} {data[:300]!r}")

    call("CreateTable", TableName=table, BillingMode="PAY_PER_REQUEST", AttributeDefinitions=attributes("leaseKey"),
         KeySchema=[{"AttributeName": "leaseKey", "KeyType": "HASH"}])
    call("UpdateTable", TableName=table, AttributeDefinitions=attributes("leaseOwner", "leaseKey"),
         GlobalSecondaryIndexUpdates=INDEX)
    for number in range(COUNT):
        call("PutItem", TableName=table, Item=lease(number))


PATTERNS = {
    "busy": ["--connections", 16],
    # As many workers renew: each has a hundred leases, 20 threads and 3 s.
    "bursts": ["--connections", 20, "--burst", 100, "--burst-ms", 30],
}


def renew(server, load, pattern):
    """Of a table of its own, in which each counter is 0."""
    fill(server.port, pattern)
    return load.timed("run", server, "--port", server.port, "--scenario", "renewals", "--stream", pattern,
                      "--records", COUNT, *PATTERNS[pattern])
