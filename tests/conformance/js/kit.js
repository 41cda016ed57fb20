"use strict";
// What every case needs: clients over each transport, streams that are always deleted, reading.

const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const http = require("node:http");
const https = require("node:https");
const { describe } = require("node:test");
const {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeStreamSummaryCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ResourceNotFoundException,
  waitUntilStreamExists,
  waitUntilStreamNotExists,
} = require("@aws-sdk/client-kinesis");
const { NodeHttpHandler } = require("@smithy/node-http-handler");

const PAGES_MAX = 500;
const POLL = { maxWaitTime: 120, minDelay: 0.05, maxDelay: 0.05 };

/** What speaks for the client; without one the SDK takes its own default, which is HTTP/2. */
const HANDLERS = {
  "HTTP/1.1": () =>
    new NodeHttpHandler({
      requestTimeout: 120_000,
      httpAgent: new http.Agent({ keepAlive: true, maxSockets: 8 }),
      httpsAgent: new https.Agent({ keepAlive: true, maxSockets: 8 }),
    }),
  "HTTP/2": () => undefined,
};

/** The same cases over each transport; each is given the client to run on. */
function overEachTransport(cases) {
  for (const transport of Object.keys(HANDLERS))
    describe(transport, () => cases(connect(transport)));
}

function connect(transport) {
  const endpoint = process.env.KINETIDE_ENDPOINT;
  if (!endpoint) {
    throw new Error(
      "KINETIDE_ENDPOINT is not set: set it to the server's address, e.g. http://127.0.0.1:4567",
    );
  }
  const known = process.env.AWS_ACCESS_KEY_ID || process.env.AWS_PROFILE;
  return new KinesisClient({
    endpoint,
    region: process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION || "us-east-1",
    ...(known ? {} : { credentials: { accessKeyId: "test", secretAccessKey: "test" } }),
    maxAttempts: 5,
    requestHandler: HANDLERS[transport](),
  });
}

/** Streams of one file: `create` makes them, `deleteAll` belongs in `after`. */
class Streams {
  constructor(client) {
    this.client = client;
    this.prefix = `kt-js-${crypto.randomBytes(4).toString("hex")}`;
    this.made = [];
  }

  name(suffix = "") {
    const name = `${this.prefix}-${this.made.length}${suffix}`;
    this.made.push(name);
    return name;
  }

  async create(input = { ShardCount: 1 }, suffix = "") {
    const StreamName = this.name(suffix);
    await this.client.send(new CreateStreamCommand({ StreamName, ...input }));
    await this.waitActive(StreamName);
    const answer = await this.client.send(new DescribeStreamSummaryCommand({ StreamName }));
    const arn = answer.StreamDescriptionSummary.StreamARN;
    return { name: StreamName, arn, account: arn.split(":")[4] };
  }

  waitActive(StreamName) {
    return waitUntilStreamExists({ client: this.client, ...POLL }, { StreamName });
  }

  waitGone(StreamName) {
    return waitUntilStreamNotExists({ client: this.client, ...POLL }, { StreamName });
  }

  async deleteAll() {
    for (const StreamName of this.made.splice(0)) {
      try {
        await this.client.send(
          new DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true }),
        );
      } catch (error) {
        if (!(error instanceof ResourceNotFoundException)) throw error;
      }
    }
  }
}

const shardId = (index) => `shardId-${String(index).padStart(12, "0")}`;
const bytes = (text) => Buffer.from(text, "utf8");
const text = (record) => Buffer.from(record.Data).toString("utf8");

async function iterator(client, stream, shard = 0, type = "TRIM_HORIZON", more = {}) {
  const answer = await client.send(
    new GetShardIteratorCommand({
      StreamName: stream.name ?? stream,
      ShardId: typeof shard === "number" ? shardId(shard) : shard,
      ShardIteratorType: type,
      ...more,
    }),
  );
  return answer.ShardIterator;
}

/** Records until the reader has caught up with the shard's tip, or the shard has ended. */
async function* records(client, ShardIterator, more = {}) {
  for (let page = 0; page < PAGES_MAX; ++page) {
    const answer = await client.send(new GetRecordsCommand({ ShardIterator, ...more }));
    yield* answer.Records;
    ShardIterator = answer.NextShardIterator;
    if (!ShardIterator || answer.MillisBehindLatest === 0) return;
  }
  throw new Error(`shard not read to its end in ${PAGES_MAX} pages`);
}

async function read(client, ShardIterator, more = {}) {
  const found = [];
  for await (const record of records(client, ShardIterator, more)) found.push(record);
  return found;
}

/** The promise must be refused with this exception class (or name) and, where known, this text. */
async function refused(promise, kind, message) {
  await assert.rejects(promise, (error) => {
    if (typeof kind === "string") assert.equal(error.name, kind);
    else assert.ok(error instanceof kind, `${error.name}: ${error.message}`);
    assert.equal(error.$metadata.httpStatusCode, 400);
    if (message instanceof RegExp) assert.match(error.message, message);
    else if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}

module.exports = {
  Streams,
  bytes,
  connect,
  iterator,
  overEachTransport,
  read,
  records,
  refused,
  shardId,
  text,
};
