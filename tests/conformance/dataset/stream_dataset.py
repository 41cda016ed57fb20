"""Streams the data set through four shards and has every SDK read it back.

boto3 writes all rows with PutRecords, in the files' order.  On the way calls that AWS refuses are
made as well, filled up with good rows, so that anything stored of them would show up as a double.
Then each reader reads every shard to its end and prints, a line a shard, the count and the SHA-256
of all sequence numbers, keys and data in the order read.  All must equal what was written.

    stream_dataset.py DATA_DIRECTORY --reader NAME COMMAND [--reader ...]
"""

import argparse
import collections
import hashlib
import pathlib
import shlex
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "python"))

import events  # noqa: E402
import kit  # noqa: E402
from botocore.exceptions import ClientError  # noqa: E402

BATCH = 500
RETRIES_MAX = 100
TOO_LONG = "k" * 257


class Mismatch(Exception):
    pass


def entries(batch):
    return [{"Data": data, "PartitionKey": key} for key, data in batch]


def bad_calls(batch):
    """Calls of otherwise good rows: what is wrong, records, error, the text's beginning and end."""
    good = entries(batch)
    position = len(good) // 2
    member = f"at 'records.{position + 1}.member."
    rule = "failed to satisfy constraint: Member must "

    def with_bad(entry):
        return [*good[:position], entry, *good[position + 1 :]]

    one = "1 validation error detected: Value "
    return [
        (
            "missing Data",
            with_bad({"PartitionKey": "405"}),
            "ValidationException",
            f"{one}null {member}data' {rule}not be null",
            "",
        ),
        (
            "1 MiB and a byte",
            with_bad({"PartitionKey": "405", "Data": b"x" * (kit.RECORD_BYTES_MAX + 1)}),
            "InvalidArgumentException",  # its text was never recorded
            "",
            "",
        ),
        (
            "a key of 257",
            with_bad({"PartitionKey": TOO_LONG, "Data": b"x"}),
            "ValidationException",
            f"{one}'{TOO_LONG}' {member}partitionKey' {rule}have length less than or equal to 256",
            "",
        ),
        (
            "501 records",
            good + good[: BATCH + 1 - len(good)],
            "ValidationException",
            f"{one}'[",
            f"]' at 'records' {rule}have length less than or equal to 500",
        ),
    ]


def complaint_about(client, stream, what, records, error, start, end):
    """What is wrong with the answer to a bad call; None when it is refused as AWS does."""
    try:
        client.put_records(StreamName=stream.name, Records=records)
    except ClientError as refusal:
        got = refusal.response["Error"]
        text = got["Message"]
        if got["Code"] != error or not (text.startswith(start) and text.endswith(end)):
            return f"{what}: expected {error} {start} ... {end}\n  got {got['Code']} {text}"
    else:
        return f"{what}: accepted, but {error} was due"
    return None


class Writer:
    """Writes batches; keeps for each shard what was acknowledged: (sequence number, key, data)."""

    def __init__(self, client, stream):
        self.client = client
        self.stream = stream
        self.retried = 0
        self.written = {}
        self.ranges = []
        for shard in stream.shards():
            held = shard["HashKeyRange"]
            self.ranges.append(
                (int(held["StartingHashKey"]), int(held["EndingHashKey"]), shard["ShardId"])
            )
            self.written[shard["ShardId"]] = []
        self.owners = {}

    def owner(self, key):
        if key not in self.owners:
            value = kit.hash_of(key)
            [self.owners[key]] = [shard for low, high, shard in self.ranges if low <= value <= high]
        return self.owners[key]

    def put(self, batch):
        for _ in range(RETRIES_MAX):
            answer = self.client.put_records(StreamName=self.stream.name, Records=entries(batch))
            if len(answer["Records"]) != len(batch):
                raise Mismatch(f"{len(batch)} records sent, {len(answer['Records'])} answered")
            failed = []
            for event, result in zip(batch, answer["Records"]):
                if "ErrorCode" in result:  # a server that keeps AWS's rates
                    failed.append(event)
                    continue
                key, data = event
                if result["ShardId"] != self.owner(key):
                    raise Mismatch(
                        f"key {key!r}: by MD5 of {self.owner(key)}, put into {result['ShardId']}"
                    )
                self.written[result["ShardId"]].append((result["SequenceNumber"], key, data))
            if answer["FailedRecordCount"] != len(failed):
                raise Mismatch(
                    f"FailedRecordCount {answer['FailedRecordCount']}, {len(failed)} failed"
                )
            if not failed:
                return
            self.retried += len(failed)
            batch = failed
        raise Mismatch(f"records refused {RETRIES_MAX} times over")

    def expected(self):
        """For each shard its records in the order a reader must find them."""
        for records in self.written.values():
            numbers = [int(number) for number, _, _ in records]
            if not self.retried and any(a >= b for a, b in zip(numbers, numbers[1:])):
                raise Mismatch("sequence numbers do not rise in the order of the requests")
            if len(set(numbers)) != len(numbers):
                raise Mismatch("a sequence number was given twice")
            records.sort(key=lambda record: int(record[0]))
        return self.written


def digest_line(shard, records):
    """What every reader prints of a shard."""
    digest = hashlib.sha256()
    for number, key, data in records:
        digest.update(f"{number}\0{key}\0{len(data)}\0".encode() + data)
    return f"{shard} {len(records)} {digest.hexdigest()}"


def check_with_boto3(stream, expected, all_events, retried):
    """Record by record, and the order of each key against the files themselves."""
    in_files = collections.defaultdict(list)
    for key, data in all_events:
        in_files[key].append(data)
    found_of_key = collections.defaultdict(list)
    lines = []
    for shard, wanted in expected.items():
        found = [
            (record["SequenceNumber"], record["PartitionKey"], record["Data"])
            for record in stream.records(shard)
        ]
        for index, (want, got) in enumerate(zip(wanted, found)):
            if want != got:
                raise Mismatch(f"{shard}, record {index}: expected {want}, got {got}")
        if len(found) != len(wanted):
            raise Mismatch(f"{shard}: {len(wanted)} records written, {len(found)} read")
        for _, key, data in found:
            found_of_key[key].append(data)
        lines.append(digest_line(shard, found))
    for key, rows in in_files.items():
        got, rows = (
            (sorted(found_of_key[key]), sorted(rows)) if retried else (found_of_key[key], rows)
        )
        if got != rows:
            raise Mismatch(f"key {key!r}: not the files' rows in the files' order")
    if len(found_of_key) != len(in_files):
        raise Mismatch("keys that were never written")
    return lines


def write(client, stream, all_events):
    writer = Writer(client, stream)
    batches = [all_events[i : i + BATCH] for i in range(0, len(all_events), BATCH)]
    bad_at = {0, len(batches) // 3, 2 * len(batches) // 3}
    complaints = []
    for index, batch in enumerate(batches):
        if index in bad_at:
            tips = stream.tips()
            complaints += [complaint_about(client, stream, *call) for call in bad_calls(batch)]
            if not stream.nothing_since(tips):
                complaints.append("a refused call has stored something")
        writer.put(batch)
    return writer, complaints


def timed(what, began):
    print(f"dataset: {what} ({time.monotonic() - began:.1f} s)", flush=True)


def run(arguments, client, streams):
    began = time.monotonic()
    all_events = events.events(arguments.directory)
    stream = streams.create(shards=4)
    timed(f"{len(all_events)} rows at hand", began)

    began = time.monotonic()
    writer, complaints = write(client, stream, all_events)
    expected = writer.expected()
    again = f", {writer.retried} sent again" if writer.retried else ""
    timed(
        f"boto3 wrote {len(all_events)} records, {len(complaints)} bad calls between{again}", began
    )
    answered = len(complaints)
    complaints = [complaint for complaint in complaints if complaint]
    for complaint in complaints:
        print(f"dataset: FAILED {complaint}", flush=True)

    lines = [digest_line(shard, records) for shard, records in expected.items()]
    failures = len(complaints)
    for name, command in [("boto3", None), *arguments.reader]:
        began = time.monotonic()
        try:
            if command is None:
                got = check_with_boto3(stream, expected, all_events, writer.retried)
            else:
                output = subprocess.run(
                    [*shlex.split(command), stream.name],
                    check=True,
                    stdout=subprocess.PIPE,
                    text=True,
                ).stdout
                got = output.splitlines()
            if got != lines:
                raise Mismatch("expected\n  " + "\n  ".join(lines) + "\ngot\n  " + "\n  ".join(got))
            timed(f"{name} read every shard alike", began)
        except (Mismatch, subprocess.CalledProcessError) as failure:
            failures += 1
            timed(f"FAILED {name}: {failure}", began)
    checks = answered + 1 + len(arguments.reader)
    print(f"dataset: {checks - failures} passed, {failures} failed")
    return 1 if failures else 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("directory")
    parser.add_argument(
        "--reader", nargs=2, action="append", default=[], metavar=("NAME", "COMMAND")
    )
    arguments = parser.parse_args()
    client = kit.connect(parameter_validation=False)
    streams = kit.Streams(client)
    try:
        return run(arguments, client, streams)
    except Mismatch as mismatch:
        print(f"dataset: FAILED {mismatch}\ndataset: 0 passed, 1 failed")
        return 1
    finally:
        streams.delete_all()


if __name__ == "__main__":
    sys.exit(main())
