#!/usr/bin/env python3
"""Measures Kinetide beside its peers and prints how it stands to its bounds.  scripts/bench starts it."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import sys
import tempfile

import growth
import measure
import report
import rows
import servers
import single

EVERY = [row.name for row in rows.ROWS] + single.NAMES + growth.NAMES


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__,
        epilog="rows: " + " ".join(EVERY))
    parser.add_argument("--quick", action="store_true", help="one short run of smaller sizes: to try the bench itself")
    parser.add_argument("--runs", type=int, help="of each row and server (default 3)")
    parser.add_argument("--only", default="", metavar="ROW,...", help="rows, see below")
    parser.add_argument("--peers", metavar="NAME,...",
                        help="of nginx, ferrokinesis, kinesalite (default: those that are installed)")
    parser.add_argument("--json", metavar="FILE", help="write all figures there (default build/bench.json)")
    parser.add_argument("--document", action="store_true", help="put the tables into docs/performance.md")
    parser.add_argument("--build", required=True, help=argparse.SUPPRESS)
    given = parser.parse_args()
    given.only = given.only.split(",") if given.only else EVERY
    unknown = set(given.only) - set(EVERY)
    if unknown:
        parser.error(f"no such row: {' '.join(sorted(unknown))}; there are: {' '.join(EVERY)}")
    given.runs = given.runs or (1 if given.quick else 3)
    if given.document and (given.quick or given.only != EVERY or given.runs < 3):
        parser.error("--document is for three runs or more of every row")
    return given, parser


def peers_of(given, parser):
    if given.peers is None:
        return [kind for kind in servers.PEERS.values() if kind.installed()]
    names = [name for name in given.peers.split(",") if name]
    for name in names:
        if name not in servers.PEERS:
            parser.error(f"no such peer: {name}; there are: {' '.join(servers.PEERS)}")
        if not servers.PEERS[name].installed():
            parser.error(f"{name} is not on the PATH; docs/performance.md says how to install it")
    return [servers.PEERS[name] for name in names]


def machine():
    model = "unknown"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": model, "cores": os.cpu_count(), "memory_bytes": memory, "kernel": platform.release(),
            "when": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")}


def run(given, kinds, folder):
    build = pathlib.Path(given.build)
    servers.Kinetide.binary = str(build / "kinetide")
    load = measure.Load(str(build / "load"), given.quick)
    chosen = [row for row in rows.ROWS if row.name in given.only]
    kinetide = servers.Kinetide(folder / "kinetide").start()
    running = [kinetide]
    try:
        for kind in kinds:
            if kind is servers.Nginx:
                measure.give_answers(kinetide, load, folder / "nginx")
            running.append(kind(folder / kind.name).start())
        results = {"rows": measure.run_rows(chosen, running, load, given.runs)}
        results["single"] = single.run_all(given.only, running, kinds, folder, load, given.runs, given.quick)
    finally:
        for server in running:
            server.stop()
    results["growth"] = growth.run_all(given.only, folder, load, given.runs, given.quick)
    return results


def document(text):
    """Between the marks of the page, instead of what is there."""
    page = pathlib.Path(__file__).resolve().parent.parent.parent / "docs" / "performance.md"
    before, begin, rest = page.read_text().partition("<!-- begin: scripts/bench -->\n")
    _, end, after = rest.partition("<!-- end: scripts/bench -->\n")
    page.write_text(before + begin + "\n" + text + "\n" + end + after)


def main():
    given, parser = arguments()
    kinds = peers_of(given, parser)
    with tempfile.TemporaryDirectory(prefix="kinetide-bench-") as folder:
        results = run(given, kinds, pathlib.Path(folder))
    results["machine"] = machine()
    results["quick"], results["runs"] = given.quick, given.runs
    text = report.text(results)
    print(text)
    if given.document:
        document(text)
    target = pathlib.Path(given.json or pathlib.Path(given.build).parent / "bench.json")
    target.write_text(json.dumps(results, indent=1) + "\n")
    for line in report.warnings(results):
        print("warning: " + line, file=sys.stderr)


if __name__ == "__main__":
    main()
