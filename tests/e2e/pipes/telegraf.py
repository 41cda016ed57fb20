"""Telegraf, with a configuration of its own, until it has done what is waited for."""

import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time

CACHE = pathlib.Path(os.environ["KINETIDE_E2E_CACHE"])
ENDPOINT = os.environ["KINETIDE_ENDPOINT"]
AGENT = """
[agent]
  omit_hostname = true
  interval = "200ms"
  flush_interval = "200ms"
  metric_batch_size = 1000
  metric_buffer_limit = 10000
"""


def plugin(kind, **settings):
    lines = [f"[[{kind}]]"]
    for name, value in settings.items():
        lines.append(f"  {name} = {value}" if isinstance(value, (int, list)) else f'  {name} = "{value}"')
    return "\n".join(lines) + "\n"


class Telegraf:
    def __init__(self, *plugins, options=()):
        self._folder = tempfile.TemporaryDirectory()
        settings = pathlib.Path(self._folder.name, "telegraf.conf")
        settings.write_text(AGENT + "".join(plugins), encoding="utf-8")
        self._log = open(pathlib.Path(self._folder.name, "log"), "w+", encoding="utf-8")
        self._process = subprocess.Popen(
            [CACHE / "telegraf", "--config", settings, *options], stderr=self._log, stdout=self._log,
            env={**os.environ, "AWS_ENDPOINT_URL": ENDPOINT})

    def wait(self, what, condition, seconds=60):
        until = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > until or self._process.poll() is not None:
                raise AssertionError(f"no {what}; its log:\n{self.log()}")
            time.sleep(0.1)
        return self

    def ended(self, seconds=60):
        """Gives what it logged of level error."""
        assert self._process.wait(seconds) == 0, self.log()
        return re.findall(r"^\S+ E! .*$", self.log(), re.M)

    def stop(self):
        self._process.send_signal(signal.SIGTERM)
        return self.ended()

    def log(self):
        self._log.flush()
        self._log.seek(0)
        return self._log.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._log.close()
        self._folder.cleanup()
