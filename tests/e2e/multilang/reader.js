// A record processor in JavaScript: tells a file, KINETIDE_TOLD, what it is given, and checkpoints it.
'use strict';

const fs = require('fs');
const kcl = require('aws-kcl');

let shard;

function tell(...words) {
  fs.appendFileSync(process.env.KINETIDE_TOLD, words.join(' ') + '\n');
}

kcl({
  initialize(input, done) {
    shard = input.shardId;
    tell('started', shard);
    done();
  },

  processRecords(input, done) {
    for (const r of input.records) {
      tell('record', shard, r.sequenceNumber, r.subSequenceNumber || 0, Buffer.from(r.data, 'base64').toString());
    }
    const last = input.records[input.records.length - 1];
    if (!last) return done();
    input.checkpointer.checkpoint(last.sequenceNumber, () => done());
  },

  leaseLost(input, done) {
    tell('lost', shard);
    done();
  },

  shardEnded(input, done) {
    input.checkpointer.checkpoint(() => {
      tell('ended', shard);
      done();
    });
  },

  shutdownRequested(input, done) {
    input.checkpointer.checkpoint(() => {
      tell('stopped', shard);
      done();
    });
  },
}).run();
