"use strict";
// Records: written, found again from every kind of position, refused where they must be.

const assert = require("node:assert/strict");
const { after, before, test } = require("node:test");
const {
  DescribeStreamCommand,
  GetRecordsCommand,
  InvalidArgumentException,
  PutRecordCommand,
  PutRecordsCommand,
  ResourceNotFoundException,
  ValidationException,
} = require("@aws-sdk/client-kinesis");
const {
  Streams,
  bytes,
  overEachTransport,
  iterator,
  read,
  refused,
  shardId,
  text,
} = require("./kit.js");

const MIB = 1024 * 1024;
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

  const put = (stream, data, PartitionKey = "key", more = {}) =>
    client.send(
      new PutRecordCommand({
        StreamName: stream.name,
        Data: typeof data === "string" ? bytes(data) : data,
        PartitionKey,
        ...more,
      }),
    );
  const putAll = (stream, Records) =>
    client.send(new PutRecordsCommand({ StreamName: stream.name, Records }));
  const entry = (data, PartitionKey, more = {}) => ({ Data: bytes(data), PartitionKey, ...more });
  const from = async (stream, type, more, shard = 0) =>
    (await read(client, await iterator(client, stream, shard, type, more))).map(text);
  const tips = () =>
    Promise.all([0, 1, 2].map((shard) => iterator(client, three, shard, "LATEST")));
  const nothingSince = async (marks) => {
    for (const mark of marks) assert.deepEqual(await read(client, mark), []);
  };

  test("the shard is that of the key's MD5", async () => {
    for (const [key, shard] of [
      ["a", 0],
      ["b", 1],
      ["e", 2],
      ["f", 1],
    ]) {
      const { $metadata, ...answer } = await put(three, "x", key);
      assert.deepEqual(Object.keys(answer).sort(), ["SequenceNumber", "ShardId"]);
      assert.equal(answer.ShardId, shardId(shard));
      assert.match(answer.SequenceNumber, /^\d{56}$/);
    }
  });

  test("an explicit hash key decides, both ends of a range included", async () => {
    const answer = await client.send(new DescribeStreamCommand({ StreamName: three.name }));
    for (const { ShardId, HashKeyRange } of answer.StreamDescription.Shards) {
      for (const ExplicitHashKey of Object.values(HashKeyRange)) {
        assert.equal((await put(three, "x", "a", { ExplicitHashKey })).ShardId, ShardId);
      }
    }
    await refused(
      put(three, "x", "a", { ExplicitHashKey: String(2n ** 128n) }),
      InvalidArgumentException,
      "Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. " +
        "Specified value was 340282366920938463463374607431768211456",
    );
  });

  test("awkward data and keys come back byte for byte", async () => {
    const stream = await streams.create();
    const sent = [
      [Buffer.alloc(0), "empty"],
      [Buffer.from(Array.from({ length: 256 }, (_, i) => i)), "every byte"],
      [bytes("Grüße, 世界 — 🌊"), "é".repeat(256)],
      [Buffer.from([0xff, 0xfe]), '"\\\n\t'],
      [bytes("x"), "🔑"],
    ];
    for (const [data, key] of sent) await put(stream, data, key);
    await putAll(
      stream,
      sent.map(([Data, PartitionKey]) => ({ Data, PartitionKey })),
    );

    const found = await read(client, await iterator(client, stream));
    assert.deepEqual(
      found.map((record) => [Buffer.from(record.Data), record.PartitionKey]),
      [...sent, ...sent],
    );
  });

  test("PutRecords keeps the order of the request", async () => {
    const stream = await streams.create({ ShardCount: 2 });
    const batch = Array.from({ length: 500 }, (_, i) => entry(String(i), `key ${i % 11}`));

    const answer = await putAll(stream, batch);

    assert.equal(answer.FailedRecordCount, 0);
    for (const shard of [0, 1]) {
      const expected = answer.Records.map((result, i) => [result, batch[i]])
        .filter(([result]) => result.ShardId === shardId(shard))
        .map(([result, sent]) => [result.SequenceNumber, sent.PartitionKey, text(sent)]);
      const found = await read(client, await iterator(client, stream, shard));
      assert.deepEqual(
        found.map((record) => [record.SequenceNumber, record.PartitionKey, text(record)]),
        expected,
      );
    }
  });

  test("a record in full, and the page around it", async () => {
    const stream = await streams.create();
    const { SequenceNumber } = await put(stream, "x", "k");

    const { $metadata, ...page } = await client.send(
      new GetRecordsCommand({
        ShardIterator: await iterator(client, stream),
        StreamARN: stream.arn,
      }),
    );

    assert.deepEqual(Object.keys(page).sort(), [
      "MillisBehindLatest",
      "NextShardIterator",
      "Records",
    ]);
    assert.equal(page.MillisBehindLatest, 0);
    const [{ ApproximateArrivalTimestamp, Data, ...rest }] = page.Records;
    assert.deepEqual(rest, { SequenceNumber, PartitionKey: "k" });
    assert.equal(Buffer.from(Data).toString(), "x");
    assert.ok(Math.abs(ApproximateArrivalTimestamp.getTime() - Date.now()) < 60_000);
  });

  test("pages of any size lose and repeat nothing", async () => {
    const stream = await streams.create();
    const all = Array.from({ length: 50 }, (_, i) => String(i));
    await putAll(
      stream,
      all.map((data) => entry(data, "k")),
    );

    for (const Limit of [1, 7, 50, 10000]) {
      const found = await read(client, await iterator(client, stream), { Limit });
      assert.deepEqual(found.map(text), all);
    }
    const mark = await iterator(client, stream);
    for (let twice = 0; twice < 2; ++twice) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: mark, Limit: 3 }));
      assert.deepEqual(page.Records.map(text), ["0", "1", "2"]);
      assert.notEqual(page.NextShardIterator, mark);
    }
  });

  test("positions by sequence number", async () => {
    const stream = await streams.create();
    const numbers = [];
    for (let i = 0; i < 4; ++i) numbers.push((await put(stream, String(i))).SequenceNumber);

    const at = { StartingSequenceNumber: numbers[2] };
    assert.deepEqual(await from(stream, "TRIM_HORIZON"), ["0", "1", "2", "3"]);
    assert.deepEqual(await from(stream, "AT_SEQUENCE_NUMBER", at), ["2", "3"]);
    assert.deepEqual(await from(stream, "AFTER_SEQUENCE_NUMBER", at), ["3"]);
  });

  test("LATEST is fixed when the iterator is made", async () => {
    const stream = await streams.create();
    await put(stream, "before");
    const mark = await iterator(client, stream, 0, "LATEST");
    await put(stream, "after");

    assert.deepEqual((await read(client, mark)).map(text), ["after"]);
  });

  test("a timestamp separates records one millisecond apart", async () => {
    const stream = await streams.create();
    for (let i = 0; i < 30; ++i) await put(stream, String(i));
    const all = await read(client, await iterator(client, stream));

    const times = all.map((record) => record.ApproximateArrivalTimestamp.getTime());
    for (const time of [...new Set(times.slice(0, 12))]) {
      for (const at of [time, time - 1]) {
        const expected = all.filter((_, i) => times[i] >= at).map(text);
        const found = await from(stream, "AT_TIMESTAMP", { Timestamp: new Date(at) });
        assert.deepEqual(found, expected);
      }
    }
  });

  test("iterators that cannot be are refused", async () => {
    const ask = (type, more, shard = 0) => iterator(client, three, shard, type, more);
    const { SequenceNumber } = await put(three, "x", "b");

    await refused(
      ask("AT_SEQUENCE_NUMBER"),
      InvalidArgumentException,
      "Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER and " +
        "StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber. " +
        "Request specified AT_SEQUENCE_NUMBER and no StartingSequenceNumber.",
    );
    await refused(
      ask("AT_SEQUENCE_NUMBER", { StartingSequenceNumber: SequenceNumber }),
      InvalidArgumentException,
      `Invalid StartingSequenceNumber. It encodes ${shardId(1)}, ` +
        `while it was used in a call to a shard with ${shardId(0)}`,
    );
    await refused(
      ask("AT_TIMESTAMP"),
      InvalidArgumentException,
      "Must specify timestampInMillis parameter for iterator of type AT_TIMESTAMP. " +
        "Current request has no timestamp parameter.",
    );
    await refused(
      ask("AT_TIMESTAMP", { Timestamp: new Date(Date.now() + 86_400_000) }),
      InvalidArgumentException,
      /^The timestampInMillis parameter cannot be greater than the currentTimestampInMillis\. /,
    );
    await refused(
      ask("LATEST", {}, 9),
      ResourceNotFoundException,
      `Shard ${shardId(9)} in stream ${three.name} under account ${three.account} does not exist`,
    );
    await refused(
      client.send(new GetRecordsCommand({ ShardIterator: "AAAA" })),
      InvalidArgumentException,
      "Invalid ShardIterator.",
    );
  });

  test("a record of exactly one mebibyte, key included", async () => {
    const stream = await streams.create();
    const data = Buffer.alloc(MIB - 2, "0123456789abcdef");

    await put(stream, data, "é");
    await refused(put(stream, Buffer.alloc(MIB - 1), "é"), InvalidArgumentException);

    const found = await read(client, await iterator(client, stream));
    assert.equal(found.length, 1);
    assert.ok(data.equals(found[0].Data));
  });

  test("one bad entry refuses the whole call", async () => {
    const marks = await tips();
    const long = "k".repeat(257);
    const withBad = (bad) => putAll(three, [entry("1", "a"), bad, entry("3", "b")]);

    await refused(
      withBad({ PartitionKey: "k" }),
      ValidationException,
      "1 validation error detected: Value null at 'records.2.member.data' " +
        "failed to satisfy constraint: Member must not be null",
    );
    await refused(
      withBad(entry("2", long)),
      ValidationException,
      `1 validation error detected: Value '${long}' at 'records.2.member.partitionKey' ` +
        "failed to satisfy constraint: Member must have length less than or equal to 256",
    );
    await refused(
      withBad({ Data: Buffer.alloc(MIB), PartitionKey: "k" }),
      InvalidArgumentException,
    );
    await nothingSince(marks);
  });

  test("501 records are refused", async () => {
    const marks = await tips();

    await refused(
      putAll(
        three,
        Array.from({ length: 501 }, () => entry("x", "a")),
      ),
      ValidationException,
      new RegExp(
        "^1 validation error detected: Value '\\[.*\\]' at 'records' failed to satisfy constraint: " +
          "Member must have length less than or equal to 500$",
        "s",
      ),
    );
    await nothingSince(marks);
  });

  test("writing to an unknown stream, by name and by ARN", async () => {
    const absent = streams.name("-absent");
    const message = `Stream ${absent} under account ${three.account} not found.`;
    const StreamARN = three.arn.replace(three.name, absent);

    await refused(put({ name: absent }, "x"), ResourceNotFoundException, message);
    await refused(
      client.send(new PutRecordsCommand({ StreamARN, Records: [entry("x", "k")] })),
      ResourceNotFoundException,
      message,
    );
  });

  test("writing by ARN", async () => {
    await client.send(
      new PutRecordCommand({
        StreamARN: three.arn,
        Data: bytes("by arn"),
        PartitionKey: "e",
      }),
    );

    assert.equal((await from(three, "TRIM_HORIZON", {}, 2)).pop(), "by arn");
  });
});
