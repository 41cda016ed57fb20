"""Reads every shard of a stream to its end with the AWS CLI, a process a page.

Prints one line a shard: id, count, digest.  The digest is SHA-256 over
"<sequence number>\\0<key>\\0<data length>\\0<data>" of each record in turn.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys

PAGES_MAX = 500


def aws(*arguments):
    command = [os.environ["AWS_CLI"], "--endpoint-url", os.environ["KINETIDE_ENDPOINT"]]
    command += ["--output", "json", "kinesis", *arguments]
    environment = {"AWS_DEFAULT_REGION": os.environ.get("AWS_REGION", "us-east-1"), **os.environ}
    if not (environment.get("AWS_ACCESS_KEY_ID") or environment.get("AWS_PROFILE")):
        environment |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
    return json.loads(
        subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
    )


def read(stream, shard):
    iterator = aws(
        "get-shard-iterator", "--stream-name", stream, "--shard-id", shard,
        "--shard-iterator-type", "TRIM_HORIZON",
    )["ShardIterator"]  # fmt: skip
    digest, count = hashlib.sha256(), 0
    for _ in range(PAGES_MAX):
        page = aws("get-records", "--shard-iterator", iterator)
        for record in page["Records"]:
            data = base64.b64decode(record["Data"], validate=True)
            head = f"{record['SequenceNumber']}\0{record['PartitionKey']}\0{len(data)}\0"
            digest.update(head.encode() + data)
            count += 1
        iterator = page.get("NextShardIterator")
        if iterator is None or page["MillisBehindLatest"] == 0:
            return count, digest.hexdigest()
    raise SystemExit(f"{shard} not read to its end in {PAGES_MAX} pages")


for shard in aws("list-shards", "--stream-name", sys.argv[1])["Shards"]:
    print(shard["ShardId"], *read(sys.argv[1], shard["ShardId"]), flush=True)
