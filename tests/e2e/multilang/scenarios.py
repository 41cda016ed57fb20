#!/usr/bin/env python3
"""Applications of the KCL in other languages: scenarios.py [PATTERN]."""

import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time

import runner
from application import Application
from feed import Feed, check_exactly_once, check_order
from worker import ENDPOINT, LOGS, Record

HERE = pathlib.Path(__file__).resolve().parent
DAEMON = os.environ["KINETIDE_MULTILANG"]
PAGE = HERE.parents[2] / "docs" / "kcl.md"


class Daemon:
    """The JVM that reads, with a child for each shard that processes; its properties are those of docs/kcl.md."""

    def __init__(self, folder, stream, command, environment):
        self._told = pathlib.Path(folder, "told")
        self._told.touch()
        properties = re.search(r"```properties\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)[1]
        for name, value in {"executableName": command, "streamName": stream, "applicationName": stream}.items():
            properties, found = re.subn(rf"(?m)^{name} = .*$", f"{name} = {value}", properties)
            assert found == 1, f"docs/kcl.md gives no {name}"
        file = pathlib.Path(folder, "reader.properties")
        file.write_text(properties, encoding="utf-8")
        LOGS.mkdir(exist_ok=True)
        self._log = LOGS / f"{stream}.log"
        with open(self._log, "a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{DAEMON}/classes:{DAEMON}/lib/*",
                 "software.amazon.kinesis.multilang.MultiLangDaemon", "--properties-file", file],
                stdout=log, stderr=log,
                env={**os.environ, "AWS_ENDPOINT_URL": ENDPOINT, "KINETIDE_TOLD": str(self._told), **environment})

    def lines(self, word):
        whole = [line for line in self._told.read_text(encoding="utf-8").splitlines(keepends=True) if line[-1] == "\n"]
        return [words[1:] for words in map(str.split, whole) if words[0] == word]

    def records(self):
        return [Record(words) for words in self.lines("record")]

    def wait(self, what, condition, seconds=150):
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until and self._process.poll() is None, f"no {what}; its log ends\n{self.tail()}"
            time.sleep(0.3)

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)

    def tail(self):
        return "".join(self._log.read_text(encoding="utf-8").splitlines(keepends=True)[-30:])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


def reads(name, command, environment):
    """5,000 records, each once and in order, and checkpointed."""
    feed = Feed(f"multilang-{name}")
    feed.put(5_000)
    with tempfile.TemporaryDirectory() as folder:
        with Daemon(folder, feed.name, command, environment) as daemon:
            daemon.wait(f"{feed.count} records", lambda: len(daemon.lines("record")) >= feed.count)
            daemon.stop()
            records = daemon.records()
    check_exactly_once(records, feed)
    check_order(records)
    last = {r.shard: r.sequence for r in records}
    with Application(feed.name, feed.name) as application:
        saved = {shard: int(lease["checkpoint"]) for shard, lease in application.leases().items()}
    assert saved == last, (saved, last)


SCENARIOS = {
    "python": lambda: reads("python", f"{sys.executable} {HERE}/reader.py",
                            {"PYTHONPATH": os.environ["KINETIDE_KCLPY"]}),
    "node": lambda: reads("node", f"node {HERE}/reader.js", {"NODE_PATH": os.environ["KINETIDE_KCL_NODE"]}),
}


if __name__ == "__main__":
    sys.exit(not runner.run(SCENARIOS, len(SCENARIOS)))
