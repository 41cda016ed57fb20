"""Who writes by the KPL: a JVM that is told how much, and what it writes."""

import pathlib
import subprocess

from worker import CACHE, ENDPOINT, LOGS

PORT = ENDPOINT.rsplit(":", 1)[1]
KEYS = 500


def data(number):
    """As Writer.java makes it."""
    return f"k{number % KEYS}:{number}:{str(number) * (number % 7 + 1)}"


class Writer:
    def __init__(self, version, stream, **options):
        folder = CACHE / f"kpl-{version}"
        arguments = {"stream": stream, "port": PORT, **{k.replace("_", "-"): v for k, v in options.items()}}
        LOGS.mkdir(exist_ok=True)
        self._log = pathlib.Path(LOGS / f"kpl-{stream}.log")
        with open(self._log, "w", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", f"{folder}/classes:{folder}/lib/*",
                 "Writer", *(f"{key}={value}" for key, value in arguments.items())],
                text=True, stdout=subprocess.PIPE, stderr=log)

    def says(self, word):
        """The next line, which begins with this word, without it."""
        line = self._process.stdout.readline().split()
        assert line and line[0] == word, f"{line} instead of {word}; its log ends\n{self.tail()}"
        return [int(one) for one in line[1:]]

    def ended(self):
        assert self._process.wait(60) == 0, self.tail()

    def tail(self):
        return "".join(self._log.read_text(encoding="utf-8").splitlines(keepends=True)[-30:])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        self._process.stdout.close()
