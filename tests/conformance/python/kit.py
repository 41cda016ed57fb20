"""What every case needs: clients, streams that are always deleted, reading a shard to its end."""

import contextlib
import hashlib
import os
import re
import secrets
import urllib.parse

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from botocore.waiter import WaiterModel, create_waiter_with_client

SEQUENCE_NUMBER = re.compile(r"^\d{56}$")
REQUEST_ID = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
HASH_KEY_MAX = 2**128 - 1
RECORD_BYTES_MAX = 1024 * 1024
POLL = {"Delay": 0.05, "MaxAttempts": 2400}  # the SDK's own waiters, only less patient
PAGES_MAX = 500

# The SDK has no waiters for consumers; these are told in its own language.
CONSUMER_WAITERS = WaiterModel(
    {
        "version": 2,
        "waiters": {
            "ConsumerActive": {
                "operation": "DescribeStreamConsumer",
                "delay": 1,
                "maxAttempts": 100,
                "acceptors": [
                    {
                        "matcher": "path",
                        "argument": "ConsumerDescription.ConsumerStatus",
                        "expected": "ACTIVE",
                        "state": "success",
                    }
                ],
            },
            "ConsumerGone": {
                "operation": "DescribeStreamConsumer",
                "delay": 1,
                "maxAttempts": 100,
                "acceptors": [
                    {
                        "matcher": "error",
                        "expected": "ResourceNotFoundException",
                        "state": "success",
                    }
                ],
            },
        },
    }
)
MODEL = botocore.session.get_session().get_service_model("kinesis")
TYPED_ERRORS = frozenset(shape.name for shape in MODEL.error_shapes)


def endpoint():
    url = os.environ.get("KINETIDE_ENDPOINT")
    if not url:
        raise pytest.UsageError(
            "KINETIDE_ENDPOINT is not set: set it to the server's address, "
            "e.g. http://127.0.0.1:4567"
        )
    return url


def region():
    return os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1"


def against_aws():
    """Whether this is AWS itself: accounts cannot be made up there, and settings cost money."""
    host = urllib.parse.urlsplit(endpoint()).hostname or ""
    return re.search(r"\.(amazonaws\.com(\.cn)?|api\.aws)$", host) is not None


def connect(account=None, service="kinesis", **config):
    """A client; keyword arguments go to botocore's Config (parameter_validation=False, ...).

    With an account's 12 digits the client speaks for that account, as emulators understand it.
    """
    session = boto3.session.Session(region_name=region())
    credentials = {}
    if account is not None or session.get_credentials() is None:
        key = account or "test"
        credentials = {"aws_access_key_id": key, "aws_secret_access_key": "test"}
    settings = {"retries": {"mode": "standard", "total_max_attempts": 5}, "read_timeout": 120}
    return session.client(
        service, endpoint_url=endpoint(), config=Config(**{**settings, **config}), **credentials
    )


class Stream:
    """One stream of this run. `ref` names it for an operation: by name unless told otherwise."""

    def __init__(self, client, name, arn=None):
        self.client = client
        self.name = name
        self._arn = arn

    @property
    def arn(self):
        if self._arn is None:
            summary = self.client.describe_stream_summary(StreamName=self.name)
            self._arn = summary["StreamDescriptionSummary"]["StreamARN"]
        return self._arn

    @property
    def account(self):
        return self.arn.split(":")[4]

    @property
    def by_name(self):
        return {"StreamName": self.name}

    @property
    def by_arn(self):
        return {"StreamARN": self.arn}

    def wait_active(self):
        self.client.get_waiter("stream_exists").wait(StreamName=self.name, WaiterConfig=POLL)
        return self

    def delete(self):
        self.client.delete_stream(StreamName=self.name, EnforceConsumerDeletion=True)

    def wait_gone(self):
        self.client.get_waiter("stream_not_exists").wait(StreamName=self.name, WaiterConfig=POLL)

    def description(self):
        return self.client.describe_stream(StreamName=self.name)["StreamDescription"]

    def summary(self):
        answer = self.client.describe_stream_summary(StreamName=self.name)
        return answer["StreamDescriptionSummary"]

    def shards(self):
        return self.description()["Shards"]

    def open_shards(self):
        return [
            shard
            for shard in self.shards()
            if "EndingSequenceNumber" not in shard["SequenceNumberRange"]
        ]

    def put(self, data, key="key", **more):
        return self.client.put_record(StreamName=self.name, Data=data, PartitionKey=key, **more)

    def iterator(self, kind="TRIM_HORIZON", shard=0, **more):
        answer = self.client.get_shard_iterator(
            StreamName=self.name, ShardId=shard_id(shard), ShardIteratorType=kind, **more
        )
        return answer["ShardIterator"]

    def tips(self):
        """LATEST iterators of all shards; `nothing_since` proves that a call stored nothing."""
        return [self.iterator("LATEST", shard["ShardId"]) for shard in self.shards()]

    def nothing_since(self, tips):
        return all(not read(self.client, tip) for tip in tips)

    def records(self, shard=0):
        return read(self.client, self.iterator("TRIM_HORIZON", shard))

    def register(self, name, **more):
        """A consumer's ARN, once the consumer is ACTIVE."""
        answer = self.client.register_stream_consumer(
            StreamARN=self.arn, ConsumerName=name, **more
        )
        arn = answer["Consumer"]["ConsumerARN"]
        wait_consumer(self.client, "ConsumerActive", ConsumerARN=arn)
        return arn


class Streams:
    """Makes streams with names of their own and deletes every one of them at the end."""

    def __init__(self, client):
        self.client = client
        self.prefix = f"kt-boto3-{secrets.token_hex(4)}"
        self.made = []

    def name(self, suffix=""):
        """A name that no other run uses; the stream is deleted at the end if it exists then."""
        name = f"{self.prefix}-{len(self.made)}{suffix}"
        self.made.append(name)
        return name

    def named(self, name, arn=None):
        return Stream(self.client, name, arn)

    def create(self, shards=1, suffix="", wait=True, **more):
        name = self.name(suffix)
        if shards is not None:
            more["ShardCount"] = shards
        self.client.create_stream(StreamName=name, **more)
        stream = Stream(self.client, name)
        return stream.wait_active() if wait else stream

    def delete_all(self):
        for name in self.made:
            with contextlib.suppress(self.client.exceptions.ResourceNotFoundException):
                stream = Stream(self.client, name)
                if stream.summary()["StreamStatus"] != "DELETING":
                    stream.delete()
        self.made.clear()


def shard_id(shard):
    return f"shardId-{shard:012d}" if isinstance(shard, int) else shard


def pages(client, iterator, **more):
    """Page after page until the reader is at the shard's tip, or the shard has ended."""
    for _ in range(PAGES_MAX):
        page = client.get_records(ShardIterator=iterator, **more)
        yield page
        iterator = page.get("NextShardIterator")
        if iterator is None or page["MillisBehindLatest"] == 0:
            return
    pytest.fail(
        f"shard not read to its end in {PAGES_MAX} pages: MillisBehindLatest never became 0"
    )


def read(client, iterator, **more):
    return [record for page in pages(client, iterator, **more) for record in page["Records"]]


def read_to_end(client, iterator):
    """The rest of a shard that was split or merged, and the shards that follow it."""
    records = []
    for _ in range(PAGES_MAX):
        page = client.get_records(ShardIterator=iterator)
        records += page["Records"]
        iterator = page.get("NextShardIterator")
        if iterator is None:
            assert page["ChildShards"], "a shard's end without child shards"
            return records, page["ChildShards"]
        assert "ChildShards" not in page
    pytest.fail(f"closed shard not read to its end in {PAGES_MAX} pages")


def read_through(stream):
    """Records by shard, led by ChildShards alone: from the first shards on, parents first."""
    shards = {shard["ShardId"]: shard for shard in stream.shards()}
    found = {}
    due = [name for name, shard in shards.items() if "ParentShardId" not in shard]
    while due:
        shard = due.pop(0)
        if "EndingSequenceNumber" not in shards[shard]["SequenceNumberRange"]:
            found[shard] = stream.records(shard)
            continue
        found[shard], children = read_to_end(
            stream.client, stream.iterator("TRIM_HORIZON", shard)
        )
        for child in children:
            ready = all(parent in found for parent in child["ParentShards"])
            if ready and child["ShardId"] not in due:
                due.append(child["ShardId"])
    assert set(found) == set(shards), "ChildShards do not lead to every shard"
    return found


def wait_consumer(client, waiter, **consumer):
    """Until "ConsumerActive" or "ConsumerGone" holds."""
    create_waiter_with_client(waiter, CONSUMER_WAITERS, client).wait(**consumer, WaiterConfig=POLL)


def data_of(records):
    return [record["Data"] for record in records]


def hash_of(key):
    return int.from_bytes(hashlib.md5(key.encode()).digest(), "big")


def sequence_fields(number):
    """The parts of a sequence number that AWS's layout (version 2, 47 hex digits) holds."""
    digits = f"{int(number):047x}"
    assert len(digits) == 47 and digits[0] == "2" and digits[46] == "2", f"not version 2: {number}"
    return {
        "shard_created": int(digits[1:10], 16),
        "index": int(digits[11:27], 16),
        "time": int(digits[29:38], 16),
        "shard": int(digits[38:46], 16),
    }


def sequence_number(shard_created, index, time, shard):
    digits = f"2{shard_created:09x}{shard & 15:x}{index:016x}00{time:09x}{shard:08x}2"
    return str(int(digits, 16))


@contextlib.contextmanager
def refused(error, message=None, starts=None, ends=None):
    """The block must be refused with this error code and, where it is known, this text."""
    with pytest.raises(ClientError) as caught:
        yield caught
    answer = caught.value.response
    assert answer["Error"]["Code"] == error, answer["Error"]
    if error in TYPED_ERRORS:
        assert type(caught.value).__name__ == error  # client.exceptions.<error>
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == (
        500 if error == "InternalFailure" else 400
    )
    text = answer["Error"]["Message"]
    if message is not None:
        assert text == message
    if starts is not None:
        assert text.startswith(starts), text
    if ends is not None:
        assert text.endswith(ends), text


def refused_as(client, *errors):
    """Where the kind of error is not known for certain: one of these typed exceptions."""
    return pytest.raises(tuple(getattr(client.exceptions, error) for error in errors))


def empty(answer):
    """Operations without output members answer with no body at all."""
    return (
        set(answer) == {"ResponseMetadata"}
        and answer["ResponseMetadata"]["HTTPHeaders"]["content-length"] == "0"
    )


def violations(*parts):
    """A ValidationException's text for broken constraints, when their order is certain."""
    count = f"{len(parts)} validation error{'s' if len(parts) > 1 else ''} detected: "
    return count + "; ".join(parts)


def violation(value, path, constraint):
    shown = "null" if value is None else f"'{value}'"
    return f"Value {shown} at '{path}' failed to satisfy constraint: Member must {constraint}"


def violation_set(text):
    """The parts of a ValidationException's text; AWS does not keep their order."""
    count, _, rest = text.partition(" detected: ")
    parts = rest.split("; ")
    assert count == f"{len(parts)} validation error{'s' if len(parts) > 1 else ''}"
    return set(parts)
