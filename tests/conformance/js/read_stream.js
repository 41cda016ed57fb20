"use strict";
// read_stream.js TRANSPORT STREAM
// Reads every shard of a stream to its end and prints one line a shard: id, count, digest.
// The digest is SHA-256 over "<number>\0<key>\0<data length>\0<data>" of each record in turn.

const crypto = require("node:crypto");
const { ListShardsCommand } = require("@aws-sdk/client-kinesis");
const { connect, iterator, records } = require("./kit.js");

async function main(transport, StreamName) {
  const client = connect(transport);
  const { Shards } = await client.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    const digest = crypto.createHash("sha256");
    let count = 0;
    for await (const record of records(client, await iterator(client, StreamName, ShardId))) {
      digest.update(
        `${record.SequenceNumber}\0${record.PartitionKey}\0${record.Data.length}\0`,
        "utf8",
      );
      digest.update(record.Data);
      ++count;
    }
    console.log(`${ShardId} ${count} ${digest.digest("hex")}`);
  }
  client.destroy();
}

main(...process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
