"use strict";
// Streams: their life, their description, their lists, their settings.

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const {
  CreateStreamCommand,
  DecreaseStreamRetentionPeriodCommand,
  DeleteStreamCommand,
  DescribeLimitsCommand,
  DescribeStreamCommand,
  DescribeStreamSummaryCommand,
  IncreaseStreamRetentionPeriodCommand,
  InvalidArgumentException,
  ListShardsCommand,
  ListStreamsCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateStreamModeCommand,
  ValidationException,
  paginateListStreams,
} = require("@aws-sdk/client-kinesis");
const { Streams, overEachTransport, refused, shardId } = require("./kit.js");

overEachTransport((client) => {
  const streams = new Streams(client);
  let three;

  before(async () => {
    three = await streams.create({ ShardCount: 3 });
  });
  after(async () => {
    await streams.deleteAll();
    client.destroy();
  });

  const describe = async (input) =>
    (await client.send(new DescribeStreamCommand(input))).StreamDescription;
  const summarize = async (input) =>
    (await client.send(new DescribeStreamSummaryCommand(input))).StreamDescriptionSummary;
  const active = (StreamName) => streams.waitActive(StreamName);
  const ids = (shards) => shards.map((shard) => shard.ShardId);

  test("a fresh stream is described in full", async () => {
    const { Shards, StreamCreationTimestamp, ...rest } = await describe({
      StreamName: three.name,
    });

    assert.deepEqual(rest, {
      StreamName: three.name,
      StreamARN: three.arn,
      StreamStatus: "ACTIVE",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      HasMoreShards: false,
      RetentionPeriodHours: 24,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
    });
    assert.ok(Math.abs(StreamCreationTimestamp.getTime() - Date.now()) < 60_000);
    assert.deepEqual(ids(Shards), [0, 1, 2].map(shardId));
    assert.equal(Shards[0].HashKeyRange.StartingHashKey, "0");
    assert.equal(Shards[0].HashKeyRange.EndingHashKey, "113427455640312821154458202477256070484");
    assert.equal(Shards[2].HashKeyRange.EndingHashKey, "340282366920938463463374607431768211455");
    for (const shard of Shards) {
      assert.match(shard.SequenceNumberRange.StartingSequenceNumber, /^\d{56}$/);
      assert.equal(shard.SequenceNumberRange.EndingSequenceNumber, undefined);
    }
  });

  test("name and ARN give the same description", async () => {
    assert.deepEqual(
      await describe({ StreamName: three.name }),
      await describe({ StreamARN: three.arn }),
    );
    const summary = await summarize({ StreamARN: three.arn });
    assert.deepEqual(summary, await summarize({ StreamName: three.name }));
    assert.equal(summary.OpenShardCount, 3);
    assert.equal(summary.ConsumerCount, 0);
    assert.equal(summary.StreamId, undefined); // a client that is told one leaves a custom endpoint
  });

  test("on demand starts with four shards", async () => {
    const stream = await streams.create({ StreamModeDetails: { StreamMode: "ON_DEMAND" } });

    const summary = await summarize({ StreamName: stream.name });
    assert.deepEqual(summary.StreamModeDetails, { StreamMode: "ON_DEMAND" });
    assert.equal(summary.OpenShardCount, 4);
  });

  test("a name is taken once", async () => {
    await refused(
      client.send(new CreateStreamCommand({ StreamName: three.name, ShardCount: 1 })),
      ResourceInUseException,
      `Stream ${three.name} under account ${three.account} already exists.`,
    );
  });

  test("a name with other characters is refused", async () => {
    await refused(
      client.send(new CreateStreamCommand({ StreamName: "a b", ShardCount: 1 })),
      ValidationException,
      "1 validation error detected: Value 'a b' at 'streamName' failed to satisfy constraint: " +
        "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    );
  });

  test("a deleted stream is gone and its name is free", async () => {
    const stream = await streams.create();
    await client.send(new DeleteStreamCommand({ StreamARN: stream.arn }));
    await streams.waitGone(stream.name);

    await refused(
      describe({ StreamName: stream.name }),
      ResourceNotFoundException,
      `Stream ${stream.name} under account ${stream.account} not found.`,
    );
    await client.send(new CreateStreamCommand({ StreamName: stream.name, ShardCount: 2 }));
    await active(stream.name);
    assert.equal((await summarize({ StreamName: stream.name })).OpenShardCount, 2);
  });

  test("an unknown stream is named in the error, by name and by ARN", async () => {
    const absent = streams.name("-absent");
    const message = `Stream ${absent} under account ${three.account} not found.`;
    const StreamARN = three.arn.replace(three.name, absent);

    await refused(describe({ StreamName: absent }), ResourceNotFoundException, message);
    await refused(describe({ StreamARN }), ResourceNotFoundException, message);
    await refused(summarize({ StreamARN }), ResourceNotFoundException, message);
    await refused(
      client.send(new DeleteStreamCommand({ StreamName: absent })),
      ResourceNotFoundException,
      message,
    );
    await refused(
      client.send(new ListShardsCommand({ StreamName: absent })),
      ResourceNotFoundException,
      message,
    );
  });

  test("DescribeStream page by page", async () => {
    const first = await describe({ StreamName: three.name, Limit: 2 });
    const rest = await describe({ StreamName: three.name, ExclusiveStartShardId: shardId(1) });

    assert.deepEqual([ids(first.Shards), first.HasMoreShards], [[0, 1].map(shardId), true]);
    assert.deepEqual([ids(rest.Shards), rest.HasMoreShards], [[shardId(2)], false]);
  });

  test("ListShards page by page", async () => {
    for (const MaxResults of [1, 2, 3, 10000]) {
      const found = [];
      let where = { StreamName: three.name };
      while (where) {
        const page = await client.send(new ListShardsCommand({ ...where, MaxResults }));
        assert.ok(page.Shards.length <= MaxResults);
        found.push(...page.Shards);
        assert.ok(found.length <= 3, "shards are repeated");
        where = page.NextToken && { NextToken: page.NextToken };
      }
      assert.deepEqual(ids(found), [0, 1, 2].map(shardId));
    }
    const byArn = await client.send(new ListShardsCommand({ StreamARN: three.arn }));
    assert.deepEqual(byArn.Shards, (await describe({ StreamName: three.name })).Shards);
  });

  test("ListShards refuses neither stream nor token", async () => {
    await refused(
      client.send(new ListShardsCommand({})),
      InvalidArgumentException,
      "Either NextToken or StreamName should be provided.",
    );
  });

  test("ListStreams page by page, in byte order", async () => {
    const names = [];
    for (const suffix of ["-A", "-a", "_"]) {
      names.push((await streams.create({ ShardCount: 1 }, suffix)).name);
    }
    names.sort();

    const seen = [];
    for await (const page of paginateListStreams({ client, pageSize: 2 }, {})) {
      assert.ok(page.StreamNames.length <= 2);
      assert.deepEqual(
        page.StreamSummaries.map((summary) => summary.StreamName),
        page.StreamNames,
      );
      seen.push(...page.StreamNames.filter((name) => names.includes(name)));
    }
    assert.deepEqual(seen, names);
  });

  test("ListStreams from a start name that need not exist", async () => {
    const page = await client.send(
      new ListStreamsCommand({ ExclusiveStartStreamName: three.name.slice(0, -1), Limit: 1 }),
    );

    assert.deepEqual(page.StreamNames, [three.name]);
  });

  test("retention goes up and down", async () => {
    const stream = await streams.create();
    const hours = async () => (await summarize({ StreamName: stream.name })).RetentionPeriodHours;
    const change = async (Command, input) => {
      await client.send(new Command(input));
      await active(stream.name);
    };

    const up = IncreaseStreamRetentionPeriodCommand;
    const down = DecreaseStreamRetentionPeriodCommand;
    await change(up, { StreamName: stream.name, RetentionPeriodHours: 8760 });
    assert.equal(await hours(), 8760);
    await change(down, { StreamARN: stream.arn, RetentionPeriodHours: 48 });
    assert.equal(await hours(), 48);
    await refused(
      change(up, { StreamName: stream.name, RetentionPeriodHours: 24 }),
      InvalidArgumentException,
      `Requested retention period (24 hours) for stream ${stream.name} can not be shorter than ` +
        "existing retention period (48 hours). Use DecreaseRetentionPeriod API.",
    );
    await refused(
      change(down, { StreamName: stream.name, RetentionPeriodHours: 72 }),
      InvalidArgumentException,
      `Requested retention period (72 hours) for stream ${stream.name} can not be longer than ` +
        "existing retention period (48 hours). Use IncreaseRetentionPeriod API.",
    );
    await refused(
      change(down, { StreamName: stream.name, RetentionPeriodHours: 23 }),
      InvalidArgumentException,
      "Minimum allowed retention period is 24 hours. " +
        "Requested retention period (23 hours) is too short.",
    );
    assert.equal(await hours(), 48);
  });

  test("the mode changes and the shards stay", async () => {
    const stream = await streams.create({ ShardCount: 2 });
    for (const StreamMode of ["ON_DEMAND", "PROVISIONED"]) {
      await client.send(
        new UpdateStreamModeCommand({
          StreamARN: stream.arn,
          StreamModeDetails: { StreamMode },
        }),
      );
      await active(stream.name);
      const summary = await summarize({ StreamName: stream.name });
      assert.deepEqual(summary.StreamModeDetails, { StreamMode });
      assert.equal(summary.OpenShardCount, 2);
    }
  });

  test("DescribeLimits counts what exists", async () => {
    const { $metadata, ...limits } = await client.send(new DescribeLimitsCommand({}));

    for (const value of Object.values(limits)) assert.ok(Number.isInteger(value));
    assert.ok(limits.OpenShardCount >= 3);
    assert.ok(limits.ShardLimit > 0);
    assert.ok(limits.OnDemandStreamCount >= 0);
    assert.ok(limits.OnDemandStreamCountLimit > 0);
  });
});
