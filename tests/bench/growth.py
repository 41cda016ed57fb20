"""That rates stay as a server grows: each against a small server, or itself, run in turn."""

import base64
import pathlib

import api
import measure
import servers

RECORD_BYTES = 100
DATA = base64.b64encode(bytes(RECORD_BYTES)).decode()
SMALL = 1_000_000  # records in a small shard: as many as a reader takes in half a second


def fresh(folder, name):
    return servers.Kinetide(pathlib.Path(folder) / name).start()


class Case:
    """A stream at a server, and where its readers begin."""

    def __init__(self, server, stream, idle=0):
        self.server, self.stream, self.idle = server, stream, idle
        self.calls = api.Api(server.port)
        self.starts = {"horizon": {"kind": "TRIM_HORIZON"}}
        self.consumers = 0

    def put(self, load):
        return load.timed("run", self.server, "--scenario", "put", *self._common())

    def get(self, load, start="horizon"):
        iterator = self.calls.iterator(self.stream, **self.starts.get(start, self.starts["horizon"]))
        return load.timed("run", self.server, "--scenario", "pages", "--records", 100,
                          "--record-bytes", RECORD_BYTES, "--iterator", iterator, *self._common())

    def subscribe(self, load):
        arn = self.calls.call("DescribeStreamSummary", StreamName=self.stream)
        arn = arn["StreamDescriptionSummary"]["StreamARN"]
        self.consumers += 1
        made = self.calls.call("RegisterStreamConsumer", StreamARN=arn, ConsumerName=f"c{self.consumers}")
        got = load.command("subscribe", *measure.of(self.server), *self._common(), "--records", SMALL,
                           "--record-bytes", RECORD_BYTES, "--consumer", made["Consumer"]["ConsumerARN"])
        self.calls.call("DeregisterStreamConsumer", ConsumerARN=made["Consumer"]["ConsumerARN"])
        return got

    def _common(self):
        return ["--port", self.server.port, "--stream", self.stream, "--idle", self.idle]


def small_shard(server, load):
    """A stream of one shard with records enough to read."""
    case = Case(server, "bench")
    case.calls.create("bench", 1)
    load.fill(server, "bench", SMALL // 500, RECORD_BYTES)
    return case


def many_streams(folder, load, count):
    server = fresh(folder, "streams")
    calls = api.Api(server.port)
    for i in range(count):
        calls.call("CreateStream", StreamName=f"other-{i}", ShardCount=1)
    return small_shard(server, load)


def first_of_shards(server, count):
    """Puts go to all shards; what is read is in the first one."""
    case = Case(server, "bench")
    case.calls.create("bench", count)
    # By ExplicitHashKey: the load generator's keys go everywhere.
    record = {"Data": DATA, "PartitionKey": "k", "ExplicitHashKey": "0"}
    for _ in range(SMALL // 500):
        case.calls.call("PutRecords", StreamName="bench", Records=[record] * 500)
    return case


def many_shards(folder, load, count):
    return first_of_shards(fresh(folder, "shards"), count)


def many_records(folder, load, count):
    server = fresh(folder, "records")
    case = Case(server, "bench")
    case.calls.create("bench", 1)
    load.fill(server, "bench", count // 2 // 500, RECORD_BYTES)
    middle = case.calls.put("bench", DATA)
    load.fill(server, "bench", (count // 2 - SMALL) // 500, RECORD_BYTES)
    end = case.calls.put("bench", DATA)
    load.fill(server, "bench", SMALL // 500, RECORD_BYTES)
    for name, number in (("middle", middle), ("end", end)):
        case.starts[name] = {"kind": "AT_SEQUENCE_NUMBER", "StartingSequenceNumber": number}
    return case


def compare(small, grown, load, runs, starts):
    """By what is done: the figures of both, run by run."""
    doings = {"put": lambda c: c.put(load), "subscribe": lambda c: c.subscribe(load)}
    for start in starts:
        doings["get at the " + start] = lambda c, start=start: c.get(load, start)
    # Puts last: they make the shards longer.
    order = sorted(doings, key=lambda d: d == "put")
    results = {doing: {"small": [], "grown": []} for doing in order}
    for doing in order:
        for _ in range(runs):
            for name, case in (("small", small), ("grown", grown)):
                results[doing][name].append(doings[doing](case))
        measure.progress(f"  {doing}: {[r.get('rate', r.get('error')) for r in results[doing]['grown']]}")
    return results


def run_all(chosen, folder, load, runs, quick):
    many = 1_000 if quick else 10_000
    records = 3_000_000 if quick else 10_000_000
    idle = 500 if quick else 5_000
    results = {}

    def against_small(make, count, starts=("horizon",), shards=1):
        grown = make(folder, load, count)
        server = fresh(folder, "small")
        small = small_shard(server, load) if shards == 1 else first_of_shards(server, shards)
        found = compare(small, grown, load, runs, starts)
        server.stop()
        grown.server.stop()
        return found

    def idle_connections():
        server = fresh(folder, "idle")
        small = small_shard(server, load)
        grown = Case(server, "bench", idle)
        grown.consumers = 1_000  # other names
        found = compare(small, grown, load, runs, ("horizon",))
        server.stop()
        return found

    cases = {
        "streams": (f"{many:,} streams", lambda: against_small(many_streams, many)),
        "many_shards": (f"{many:,} shards in the stream",
                        lambda: against_small(many_shards, many, shards=64)),
        "records": (f"{records:,} records in the shard",
                    lambda: against_small(many_records, records, ("horizon", "middle", "end"))),
        "idle": (f"{idle:,} idle connections", idle_connections),
    }
    for name, (title, run) in cases.items():
        if name in chosen:
            measure.progress(f"growth: {title}")
            results[name] = {"title": title, "doings": run()}
    return results


NAMES = ["streams", "many_shards", "records", "idle"]
