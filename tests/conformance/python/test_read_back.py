"""What infrastructure tools rely on: whatever can be set is read back the same.

The calls are those of Terraform's resources for streams, consumers and policies.
"""

import json

from kit import refused_as, wait_consumer

KEY = "alias/aws/kinesis"


class Resource:
    """A stream with its consumers and its policy, as a tool would declare them."""

    def __init__(self, client, stream):
        self.client = client
        self.stream = stream

    def wait(self):
        self.stream.wait_active()
        assert self.stream.summary()["StreamStatus"] == "ACTIVE"  # what such tools look at

    def apply(self, wanted):
        """Calls whatever leads from what is read to what is wanted, and nothing else."""
        present = self.read()
        for what, value in wanted.items():
            if present[what] != value:
                getattr(self, f"set_{what}")(present[what], value)
                self.wait()

    def read(self):
        summary = self.stream.summary()
        description = self.stream.description()
        for member in ("StreamModeDetails", "RetentionPeriodHours", "EnhancedMonitoring"):
            assert description[member] == summary[member]
        assert summary["ConsumerCount"] == len(self.listed_consumers())
        return {
            "mode": summary["StreamModeDetails"]["StreamMode"],
            "shards": summary["OpenShardCount"],
            "retention": summary["RetentionPeriodHours"],
            "encryption": (summary["EncryptionType"], summary.get("KeyId")),
            "metrics": set(summary["EnhancedMonitoring"][0]["ShardLevelMetrics"]),
            "kib": summary["MaxRecordSizeInKiB"],
            "tags": self.tags(self.stream.arn),
            "consumers": {
                name: self.tags(arn) for name, arn in self.listed_consumers().items()
            },
            "policy": json.loads(
                self.client.get_resource_policy(ResourceARN=self.stream.arn)["Policy"]
            ),
            "strategy": summary.get("RecordDistributionStrategy", "USER_PARTITION_KEY"),
        }

    def tags(self, arn):
        return {
            tag["Key"]: tag["Value"]
            for tag in self.client.list_tags_for_resource(ResourceARN=arn)["Tags"]
        }

    def listed_consumers(self):
        found = self.client.get_paginator("list_stream_consumers").paginate(
            StreamARN=self.stream.arn
        )
        return {c["ConsumerName"]: c["ConsumerARN"] for page in found for c in page["Consumers"]}

    def set_mode(self, _, mode):
        self.client.update_stream_mode(
            StreamARN=self.stream.arn, StreamModeDetails={"StreamMode": mode}
        )

    def set_shards(self, _, count):
        self.client.update_shard_count(
            StreamName=self.stream.name, TargetShardCount=count, ScalingType="UNIFORM_SCALING"
        )

    def set_retention(self, present, hours):
        call = (
            self.client.increase_stream_retention_period
            if hours > present
            else self.client.decrease_stream_retention_period
        )
        call(StreamName=self.stream.name, RetentionPeriodHours=hours)

    def set_encryption(self, present, wanted):
        kind, key = wanted
        if kind == "KMS":
            call = self.client.start_stream_encryption
        else:
            call, key = self.client.stop_stream_encryption, present[1]
        call(StreamName=self.stream.name, EncryptionType="KMS", KeyId=key)

    def set_metrics(self, present, wanted):
        for call, metrics in (
            (self.client.disable_enhanced_monitoring, present - wanted),
            (self.client.enable_enhanced_monitoring, wanted - present),
        ):
            if metrics:
                call(StreamName=self.stream.name, ShardLevelMetrics=sorted(metrics))
                self.wait()

    def set_kib(self, _, size):
        self.client.update_max_record_size(StreamARN=self.stream.arn, MaxRecordSizeInKiB=size)

    def set_tags(self, present, wanted, arn=None):
        arn = arn or self.stream.arn
        gone = [key for key in present if key not in wanted]
        if gone:
            self.client.untag_resource(ResourceARN=arn, TagKeys=gone)
        if wanted:
            self.client.tag_resource(ResourceARN=arn, Tags=wanted)

    def set_consumers(self, present, wanted):
        arns = self.listed_consumers()
        for name in present.keys() - wanted.keys():
            self.client.deregister_stream_consumer(ConsumerARN=arns[name])
            wait_consumer(self.client, "ConsumerGone", ConsumerARN=arns[name])
        for name, tags in wanted.items():
            if name not in present:
                self.stream.register(name, **({"Tags": tags} if tags else {}))
            elif tags != present[name]:
                self.set_tags(present[name], tags, arns[name])

    def set_policy(self, _, wanted):
        if wanted:
            self.client.put_resource_policy(
                ResourceARN=self.stream.arn, Policy=json.dumps(wanted)
            )
        else:
            self.client.delete_resource_policy(ResourceARN=self.stream.arn)

    def set_strategy(self, _, strategy):
        self.client.update_stream_record_distribution_strategy(
            StreamARN=self.stream.arn, RecordDistributionStrategy=strategy
        )


def policy(stream, *actions):
    return {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": stream.account},
                "Action": [f"kinesis:{action}" for action in actions],
                "Resource": stream.arn,
            }
        ],
    }


DEFAULTS = {
    "retention": 24,
    "encryption": ("NONE", None),
    "metrics": set(),
    "kib": 1024,
    "tags": {},
    "consumers": {},
    "policy": {},
    "strategy": "USER_PARTITION_KEY",
}


def go_through(resource, *steps):
    """Each step is read back as declared, and a second plan finds nothing to change."""
    for wanted in steps:
        resource.apply(wanted)
        assert resource.read() == wanted
        assert resource.read() == wanted


def test_a_provisioned_stream(kinesis, streams):
    created = {"tags": {"Name": "tides", "env": ""}, "kib": 2048}
    stream = streams.create(shards=2, Tags=created["tags"], MaxRecordSizeInKiB=created["kib"])
    resource = Resource(kinesis, stream)
    fresh = {**DEFAULTS, "mode": "PROVISIONED", "shards": 2, **created}
    assert resource.read() == fresh

    full = {
        **fresh,
        "shards": 3,
        "retention": 168,
        "encryption": ("KMS", KEY),
        "metrics": {"IncomingBytes", "OutgoingBytes"},
        "consumers": {"one": {"team": "a"}, "two": {}},
        "policy": policy(stream, "PutRecord"),
    }
    changed = {
        **full,
        "shards": 2,
        "retention": 48,
        "metrics": {"OutgoingBytes", "IteratorAgeMilliseconds"},
        "kib": 10240,
        "tags": {"Name": "tides", "owner": "x"},
        "consumers": {"one": {"team": "b", "more": "c"}, "three": {}},
        "policy": policy(stream, "PutRecord", "PutRecords"),
    }
    go_through(resource, full, changed, {**DEFAULTS, "mode": "PROVISIONED", "shards": 2})

    stream.delete()
    stream.wait_gone()
    with refused_as(kinesis, "ResourceNotFoundException"):
        resource.read()


def test_a_stream_on_demand(kinesis, streams):
    tags = {"Name": "tides"}
    stream = streams.create(
        shards=None,
        StreamModeDetails={"StreamMode": "ON_DEMAND"},
        Tags=tags,
        MaxRecordSizeInKiB=4096,
        RecordDistributionStrategy="AUTO",
    )
    resource = Resource(kinesis, stream)
    fresh = {
        **DEFAULTS,
        "mode": "ON_DEMAND",
        "shards": 4,
        "tags": tags,
        "kib": 4096,
        "strategy": "AUTO",
    }
    assert resource.read() == fresh

    full = {
        **fresh,
        "retention": 8760,
        "encryption": ("KMS", KEY),
        "consumers": {"one": {"team": "a"}},
        "policy": policy(stream, "GetRecords"),
    }
    go_through(resource, full, {**DEFAULTS, "mode": "ON_DEMAND", "shards": 4})

    # To the other mode everything but the mode stays.
    stays = {**full, "strategy": "USER_PARTITION_KEY"}
    go_through(resource, stays, {**stays, "mode": "PROVISIONED"})


def test_a_new_stream_of_the_name_has_the_defaults(kinesis, streams):
    stream = streams.create(Tags={"of": "the first life"}, MaxRecordSizeInKiB=2048)
    Resource(kinesis, stream).apply(
        {
            "retention": 48,
            "encryption": ("KMS", KEY),
            "metrics": {"IncomingBytes"},
            "consumers": {"one": {"a": "b"}},
            "policy": policy(stream, "PutRecord"),
        }
    )
    stream.delete()
    stream.wait_gone()

    kinesis.create_stream(StreamName=stream.name, ShardCount=1)
    stream.wait_active()

    assert Resource(kinesis, stream).read() == {**DEFAULTS, "mode": "PROVISIONED", "shards": 1}
