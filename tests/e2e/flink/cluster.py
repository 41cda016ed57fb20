"""Flink in one JVM, whose jobs are started, stopped and heard line by line."""

import os
import subprocess
import threading
import time

from worker import CACHE, ENDPOINT, TRUST_STORE, Record

# Flink of that age looks into what Java 17 has closed.
OPENED = [f"--add-opens=java.base/java.{package}=ALL-UNNAMED" for package in ("lang", "util", "net", "nio", "time")]
JAVA = ["java", "-Xmx768m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", *OPENED]
SECONDS = 90
# Of level ERROR, but nothing against the server: a client that a cancelled job interrupts amid its end.
EXPECTED_ERRORS = "ERROR NettyNioAsyncHttpClient - Unable to "


class Cluster:
    """For jobs of one kind, "source" or "sink", on the Flink that the connector for these runs on."""

    def __init__(self, kind):
        trust = [f"-Djavax.net.ssl.trustStore={TRUST_STORE}",
                 "-Djavax.net.ssl.trustStorePassword=changeit"] if TRUST_STORE else []
        folder = CACHE / f"flink-{kind}"
        self._log = open(CACHE / f"flink-{kind}{'-tls' if TRUST_STORE else ''}.log", "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [*JAVA, *trust, "-cp", f"{folder}/classes:{folder}/lib/*", "Cluster"], text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log,
            env={**os.environ, "AWS_ENDPOINT_URL": ENDPOINT})
        self.more = threading.Condition()
        self._jobs = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self._process.stdout:
            word, job, *rest = line.split(maxsplit=2)
            with self.more:
                self._jobs[job].heard.append((word, *rest))
                self.more.notify_all()

    def _tell(self, *words):
        with self.more:
            print(*words, file=self._process.stdin)

    def start(self, name, *words):
        job = self._jobs[name] = Job(self, name)
        self._tell("start", name, *words)
        return job

    def stop(self, name):
        self._tell("stop", name, (CACHE / "flink-savepoints").as_uri())

    def alive(self):
        return self._process.poll() is None

    def tail(self, count=40):
        self._log.flush()
        self._log.seek(0)
        return "".join(self._log.readlines()[-count:])

    def errors(self):
        self._log.seek(0)
        return [line for line in self._log if " ERROR " in line and EXPECTED_ERRORS not in line]

    def close(self):
        """Jobs that still run are of scenarios that failed."""
        if self.alive():
            self._process.stdin.close()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()


class Job:
    """`heard` are its lines without its name."""

    def __init__(self, cluster, name):
        self._cluster, self._name, self.heard = cluster, name, []

    def said(self, word):
        with self._cluster.more:
            return [rest[0].strip() if rest else "" for first, *rest in self.heard if first == word]

    def records(self):
        return [Record(line.split()) for line in self.said("record")]

    def counted(self):
        """How many records the job's state has counted, those of the savepoint with them."""
        return max((int(line.split()[-1]) for line in self.said("record")), default=0)

    def wait(self, what, condition, seconds=SECONDS):
        """Until the condition of this job holds; fails with what was waited for, and the log."""
        until = time.monotonic() + seconds
        while not condition(self):
            failed = self.said("failed")
            if failed or time.monotonic() > until or not self._cluster.alive():
                raise AssertionError(f"{self._name}: no {what}; {failed}; the last lines:\n{self._cluster.tail()}")
            with self._cluster.more:
                self._cluster.more.wait(0.2)
        return self

    def stop(self):
        """With a savepoint, whose place this gives."""
        self._cluster.stop(self._name)
        return self.wait("savepoint", lambda job: job.said("saved")).said("saved")[0]
