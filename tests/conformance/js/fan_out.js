"use strict";
// Subscribers: every record once and in its key's order, across a split and a new subscription.
// Not named *.test.js: the part `fanout_js` asks for it.

const assert = require("node:assert/strict");
const { setTimeout: sleep } = require("node:timers/promises");
const { after, before, test } = require("node:test");
const {
  DescribeStreamConsumerCommand,
  DescribeStreamCommand,
  PutRecordCommand,
  PutRecordsCommand,
  RegisterStreamConsumerCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  SplitShardCommand,
  SubscribeToShardCommand,
} = require("@aws-sdk/client-kinesis");
const { Streams, bytes, connect, refused, shardId, text } = require("./kit.js");

const KEYS = 500; // a key is in each PutRecords once: what is put again cannot overtake
const ROUNDS = 40;
const SECURE_MS = 5100; // nobody may take a subscription over before 5 s are past
const PAUSE_MS = 500; // amid the writing, so that the readers see more than its end
const PATIENCE_MS = 90_000;

const client = connect("HTTP/2");
const streams = new Streams(client);
after(async () => {
  await streams.deleteAll();
  client.destroy();
  // A subscription that a failed case left open would keep the process for ever.
  setTimeout(process.exit, 2000).unref();
});

async function register(stream, ConsumerName) {
  const { Consumer } = await client.send(
    new RegisterStreamConsumerCommand({ StreamARN: stream.arn, ConsumerName }),
  );
  const { ConsumerARN } = Consumer;
  for (;;) {
    const answer = await client.send(new DescribeStreamConsumerCommand({ ConsumerARN }));
    if (answer.ConsumerDescription.ConsumerStatus === "ACTIVE") return ConsumerARN;
    await sleep(50);
  }
}

async function subscribe(ConsumerARN, StartingPosition, ShardId = shardId(0), options = {}) {
  const command = new SubscribeToShardCommand({ ConsumerARN, ShardId, StartingPosition });
  return (await client.send(command, options)).EventStream;
}

/** The first records from a position; `then` is called once the subscription stands. */
async function first(consumer, position, count = 1, then = () => {}) {
  const stream = await subscribe(consumer, position);
  await then();
  const records = [];
  for await (const { SubscribeToShardEvent: event } of stream) {
    records.push(...event.Records);
    if (records.length >= count) break;
  }
  return records;
}

/** Follows a shard to its end and then its children, until `use` says that it is enough. */
async function follow(consumer, shard, use, interrupted = false) {
  let StartingPosition = { Type: "TRIM_HORIZON" };
  for (;;) {
    let number;
    for await (const { SubscribeToShardEvent: event } of await subscribe(
      consumer,
      StartingPosition,
      shard,
    )) {
      if (use(event.Records)) return;
      number = event.ContinuationSequenceNumber;
      assert.equal(number === undefined, Boolean(event.ChildShards?.length));
      if (number === undefined) {
        const children = event.ChildShards.map((child) => follow(consumer, child.ShardId, use));
        await Promise.all(children);
        return;
      }
      if (interrupted && event.Records.length > 0) break;
    }
    StartingPosition = { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber: number };
    if (interrupted) await sleep(SECURE_MS);
    interrupted = false;
  }
}

async function putAll(stream, Records) {
  while (Records.length > 0) {
    const answer = await client.send(new PutRecordsCommand({ StreamName: stream.name, Records }));
    Records = Records.filter((_, index) => answer.Records[index].ErrorCode);
    if (Records.length > 0) await sleep(100);
  }
}

async function split(stream, shard) {
  const answer = await client.send(new DescribeStreamCommand({ StreamName: stream.name }));
  const { HashKeyRange } = answer.StreamDescription.Shards[shard];
  const ends = [HashKeyRange.StartingHashKey, HashKeyRange.EndingHashKey].map(BigInt);
  await client.send(
    new SplitShardCommand({
      StreamName: stream.name,
      ShardToSplit: shardId(shard),
      NewStartingHashKey: String((ends[0] + ends[1]) / 2n),
    }),
  );
}

test("every record once and in order, while a shard splits", { timeout: PATIENCE_MS }, async () => {
  const stream = await streams.create({ ShardCount: 3 });
  const consumer = await register(stream, "reader");
  const found = {};
  let count = 0;
  const use = (records) => {
    for (const record of records) (found[record.PartitionKey] ??= []).push(Number(text(record)));
    count += records.length;
    return count >= KEYS * ROUNDS;
  };
  const readers = [0, 1, 2].map((shard) => follow(consumer, shardId(shard), use, shard === 0));

  const keys = Array.from({ length: KEYS }, (_, k) => `key-${k}`);
  const write = async () => {
    for (let turn = 0; turn < ROUNDS; ++turn) {
      const Data = bytes(String(turn));
      await putAll(
        stream,
        keys.map((PartitionKey) => ({ PartitionKey, Data })),
      );
      if (turn === ROUNDS / 2) {
        await split(stream, 2);
        await sleep(PAUSE_MS);
      }
    }
  };
  await Promise.all([write(), ...readers]);

  const turns = Array.from({ length: ROUNDS }, (_, turn) => turn);
  assert.deepEqual(found, Object.fromEntries(keys.map((key) => [key, turns])));
});

// A stream of one shard with two records, and those as a subscriber gets them.
let stream, consumer, one, two;
const put = (data) =>
  client.send(
    new PutRecordCommand({ StreamName: stream.name, PartitionKey: "k", Data: bytes(data) }),
  );
before(async () => {
  stream = await streams.create();
  await put("one");
  await sleep(10); // so that their times differ
  await put("two");
  consumer = await register(stream, "first");
  [one, two] = await first(consumer, { Type: "TRIM_HORIZON" }, 2);
});

test("from the trim horizon", () => {
  assert.deepEqual([text(one), text(two)], ["one", "two"]);
});

for (const [Type, more] of [
  ["AT_TIMESTAMP", () => ({ Timestamp: two.ApproximateArrivalTimestamp })],
  ["AT_SEQUENCE_NUMBER", () => ({ SequenceNumber: two.SequenceNumber })],
  ["AFTER_SEQUENCE_NUMBER", () => ({ SequenceNumber: one.SequenceNumber })],
]) {
  test(`from a record on: ${Type}`, async () => {
    const found = await first(await register(stream, Type), { Type, ...more() });
    assert.equal(text(found[0]), "two");
  });
}

test("from the latest on", async () => {
  const latest = await register(stream, "latest");
  const found = await first(latest, { Type: "LATEST" }, 1, () => put("three"));
  assert.deepEqual(found.map(text), ["three"]);
});

test("a second subscription within five seconds is refused", async () => {
  const hasty = await register(stream, "hasty");
  const end = new AbortController();
  await subscribe(hasty, { Type: "LATEST" }, shardId(0), { abortSignal: end.signal });
  await refused(subscribe(hasty, { Type: "LATEST" }), ResourceInUseException);
  end.abort();
});

test("an unknown consumer is refused", async () => {
  await refused(
    subscribe(consumer.replace("/first:", "/absent:"), { Type: "LATEST" }),
    ResourceNotFoundException,
  );
});
