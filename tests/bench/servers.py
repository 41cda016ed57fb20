"""Who is measured: each a process of our own, at a free port of loopback."""

import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time

import nginx


def free_ports(count):
    held = [socket.socket() for _ in range(count)]
    for s in held:
        s.bind(("127.0.0.1", 0))
    ports = [s.getsockname()[1] for s in held]
    for s in held:
        s.close()
    return ports


def accepts(port):
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


class Server:
    name = ""
    tls = False
    http2 = True
    fixed = False  # one answer for everything that is asked

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = None

    @staticmethod
    def installed():
        raise NotImplementedError

    def command(self, port):
        raise NotImplementedError

    def start(self):
        self.port = free_ports(1)[0]
        self.launch(self.command(self.port))
        return self

    def launch(self, command):
        with open(self.folder / "log", "w") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        deadline = time.monotonic() + 20
        while not accepts(self.port):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name} does not start; it said: {(self.folder / 'log').read_text()[-500:]}")
            time.sleep(0.02)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def processes(self):
        return [self.process.pid]

    def port_for(self, row):
        return self.port

    def path_for(self, row):
        return "/"

    def resident(self):
        pages = sum(int(pathlib.Path(f"/proc/{p}/statm").read_text().split()[1]) for p in self.processes())
        return pages * os.sysconf("SC_PAGESIZE")


class Kinetide(Server):
    name = "kinetide"
    tls = True
    binary = ""  # set once by bench.py

    @staticmethod
    def installed():
        return True

    def command(self, port):
        return [self.binary, "--host", "127.0.0.1", "--port", str(port), "--shard-limit", "1000000",
                "--log-level", "error"]


class Ferrokinesis(Server):
    name = "ferrokinesis"

    @staticmethod
    def installed():
        return shutil.which("ferrokinesis") is not None

    def command(self, port):
        return ["ferrokinesis", "--port", str(port), "--shard-limit", "1000", "--log-level", "off"]


class Kinesalite(Server):
    name = "kinesalite"
    http2 = False

    @staticmethod
    def installed():
        return shutil.which("kinesalite") is not None

    def command(self, port):
        return ["kinesalite", "--port", str(port), "--shardLimit", "1000", "--createStreamMs", "0",
                "--deleteStreamMs", "0"]


class Nginx(Server):
    """Reads each body and gives the answer that Kinetide gave: the limit."""

    name = "nginx"
    tls = True
    fixed = True

    @staticmethod
    def installed():
        return nginx.find() is not None

    def start(self):
        self.port, self.http2_port, self.tls_port = free_ports(3)
        configuration = nginx.write_configuration(self.folder, self.port, self.http2_port, self.tls_port)
        self.launch([nginx.find(), "-p", str(self.folder), "-c", str(configuration),
                     "-e", str(self.folder / "error.log")])
        return self

    def processes(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]

    def port_for(self, row):
        return self.tls_port if row.tls else self.http2_port if row.http2 else self.port

    def path_for(self, row):
        return "/" + row.answer


PEERS = {kind.name: kind for kind in (Nginx, Ferrokinesis, Kinesalite)}
