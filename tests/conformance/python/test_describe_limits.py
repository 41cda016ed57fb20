"""DescribeLimits: counts of the whole account, so other runs move them meanwhile."""


def test_the_counts_cover_what_exists(kinesis, streams):
    streams.create(shards=3)
    streams.create(shards=None, StreamModeDetails={"StreamMode": "ON_DEMAND"})

    limits = kinesis.describe_limits()

    limits.pop("ResponseMetadata")
    assert all(isinstance(value, int) for value in limits.values())
    assert (
        {
            "ShardLimit",
            "OpenShardCount",
            "OnDemandStreamCount",
            "OnDemandStreamCountLimit",
        }
        <= set(limits)
        <= {
            "ShardLimit",
            "OpenShardCount",
            "OnDemandStreamCount",
            "OnDemandStreamCountLimit",
            "ChannelCount",
            "ChannelCountLimit",
        }
    )
    assert limits["OpenShardCount"] >= 3
    assert limits["OnDemandStreamCount"] >= 1
    assert limits["ShardLimit"] > 0
    assert limits["OnDemandStreamCountLimit"] > 0
