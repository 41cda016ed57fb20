"""The rows of the first table: what is asked, and how much faster than whom it has to be."""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Row:
    name: str  # for --only
    title: str
    scenario: str
    load: tuple  # further flags of the load generator
    least: dict  # ratio to each peer
    setting: str  # what has to be there, see measure.py
    answer: str  # what nginx gives
    touched: bool = False  # memory is touched just before
    anew: bool = False  # with a server that was just started, and has no memory from the run before
    http2: bool = False
    tls: bool = False
    cbor: bool = False


def connections(n):
    return ("--connections", n)


def put(name, title, records, n, nginx, ferrokinesis, **more):
    least = {"nginx": nginx, "ferrokinesis": ferrokinesis}
    return Row(name, title, "put", ("--records", records, *connections(n)),
               {peer: ratio for peer, ratio in least.items() if ratio is not None},
               "empty", f"put{records}", **more)


def read(name, title, scenario, records, nginx, ferrokinesis, setting, answer):
    return Row(name, title, scenario, ("--records", records, *connections(16)),
               {"nginx": nginx, "ferrokinesis": ferrokinesis}, setting, answer)


ROWS = [
    put("put1", "PutRecord 1 KiB, c=16", 1, 16, 0.90, 1.8),
    put("put1_64", "PutRecord 1 KiB, c=64", 1, 64, 0.90, 1.8),
    put("put1_cbor", "PutRecord 1 KiB, CBOR, c=16", 1, 16, 0.90, 1.8, cbor=True),
    put("put1_64_cbor", "PutRecord 1 KiB, CBOR, c=64", 1, 64, 0.90, 1.8, cbor=True),
    put("put10", "PutRecords x 10, c=16", 10, 16, 0.60, 5),
    put("put500_1_cold", "PutRecords x 500, c=1, memory not touched", 500, 1, None, 7, anew=True),
    put("put500_cold", "PutRecords x 500, c=16, memory not touched", 500, 16, None, 7, anew=True),
    put("put500_1", "PutRecords x 500, c=1", 500, 1, 0.25, 10, touched=True),
    put("put500", "PutRecords x 500, c=16", 500, 16, 0.25, 10, touched=True),
    read("get10k", "GetRecords, 10,000 records a page, c=16", "same_page", 10_000, 0.60, 2.5, "page", "get10k"),
    read("get100", "GetRecords, Limit 100, c=16", "pages", 100, 0.50, 2.3, "page", "get100"),
    read("tip", "GetRecords at the tip, c=16", "pages", 0, 0.85, 2.6, "tip", "tip"),
    read("summary", "DescribeStreamSummary, c=16", "summary", 0, 0.80, 1.5, "empty", "summary"),
    read("shards", "ListShards of 64, c=16", "shards", 64, 0.50, 2.4, "empty", "shards"),
    put("h2_1x16", "HTTP/2 PutRecord, 1 connection x 16 streams", 1, 1, 0.80, 5, http2=True),
    put("h2_16x4", "HTTP/2 PutRecord, 16 connections x 4 streams", 1, 16, 0.80, 1.6, http2=True),
    put("tls_put1", "TLS PutRecord, c=16", 1, 16, 0.80, None, tls=True),
    put("tls_put500", "TLS PutRecords x 500, c=4", 500, 4, 0.50, None, tls=True, touched=True),
]

STREAMS = {"h2_1x16": 16, "h2_16x4": 4}


def flags(row):
    """For the load generator, whoever the server is."""
    out = ["--scenario", row.scenario, *map(str, row.load)]
    if row.http2:
        out += ["--http2", "--streams", str(STREAMS[row.name])]
    return out + ["--tls"] * row.tls
