"""A KCL application's worker: a JVM whose lines are read while it runs."""

import os
import pathlib
import signal
import subprocess
import threading
import time

CACHE = pathlib.Path(os.environ["KINETIDE_E2E_CACHE"])
ENDPOINT = os.environ["KINETIDE_ENDPOINT"]
# What the JVM trusts beside its own, for a server with TLS.
TRUST_STORE = os.environ.get("KINETIDE_TRUST_STORE")
# Where the workers' logs lie; the part over TLS may run at the same time.
LOGS = CACHE / ("kcl-logs-tls" if TRUST_STORE else "kcl-logs")
# These take their endpoint from AWS_ENDPOINT_URL, the others from an argument.
KNOWS_THE_VARIABLE = ("3.5.1", "3.1.3", "2.7.2")
# Lines of level ERROR that say nothing against the server, each with the line that follows it.
EXPECTED_ERRORS = (
    # The KCL's own stop, while the application may still go back to 2.x.
    ("Worker.run caught exception, sleeping", "LeaderDecider uninitialized"),
)


class Record:
    def __init__(self, words):
        self.shard, self.sequence, self.sub_sequence = words[0], int(words[1]), int(words[2])
        self.key, self.number = words[3].split(":")


class Worker:
    """`turn` tells apart those of one application, also when they go by one name."""

    def __init__(self, version, application, stream, name, turn, mode="polling", jvm=(), **options):
        self.version, self.name = version, f"{application}/{name}"
        folder = CACHE / f"kcl-{version}"
        arguments = {"application": application, "stream": stream, "worker": name, "mode": mode,
                     "metrics": "off", **{key.replace("_", "-"): value for key, value in options.items()}}
        if version not in KNOWS_THE_VARIABLE:
            arguments["endpoint"] = ENDPOINT
        java = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *jvm]
        if TRUST_STORE:
            java += [f"-Djavax.net.ssl.trustStore={TRUST_STORE}", "-Djavax.net.ssl.trustStorePassword=changeit"]
        java += ["-cp", f"{folder}/classes:{folder}/lib/*", "Reader"]
        self.began = time.monotonic()
        LOGS.mkdir(exist_ok=True)
        self._log = open(LOGS / f"{application}-{turn}-{name}.log", "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            java + [f"{key}={value}" for key, value in arguments.items()], text=True,
            stdout=subprocess.PIPE, stderr=self._log, env={**os.environ, "AWS_ENDPOINT_URL": ENDPOINT})
        self._lines = []
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self._process.stdout:
            with self._more:
                self._lines.append(line.split())
                self._more.notify_all()
        with self._more:
            self._more.notify_all()

    def lines(self, word):
        """The lines that begin with this word, without it."""
        with self._more:
            return [line[1:] for line in self._lines if line and line[0] == word]

    def story(self):
        with self._more:
            return list(self._lines)

    def records(self):
        return [Record(words) for words in self.lines("record")]

    def wait(self, what, condition, seconds=120):
        """Until the condition of this worker holds; fails with what was waited for, and its log."""
        until = time.monotonic() + seconds
        while not condition(self):
            left = until - time.monotonic()
            if left <= 0 or (self._process.poll() is not None and not self._reader.is_alive()):
                raise AssertionError(f"{self.name}: no {what}; its last lines:\n{self.tail()}")
            with self._more:
                self._more.wait(min(left, 0.2))
        return self

    def stop(self, seconds=40):
        """As an operator would; it checkpoints what it has."""
        self._process.send_signal(signal.SIGTERM)
        return self._ended(seconds)

    def kill(self):
        self._process.kill()
        return self._ended(10)

    def _ended(self, seconds):
        self._process.wait(seconds)
        self._reader.join(seconds)
        return self

    def tail(self, count=30):
        self._log.flush()
        self._log.seek(0)
        return "".join(self._log.readlines()[-count:])

    def errors(self):
        """Lines of level ERROR that are not expected."""
        self._log.flush()
        self._log.seek(0)
        lines = self._log.readlines()
        return [line + after for line, after in zip(lines, [*lines[1:], ""])
                if " ERROR " in line and not any(e in line and why in after for e, why in EXPECTED_ERRORS)]

    def close(self):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._log.close()
