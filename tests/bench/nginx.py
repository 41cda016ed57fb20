"""nginx as the limit: every core a worker, each body read, one fixed answer for each path."""

import os
import pathlib
import shutil
import subprocess

ECHO_MODULE = "/usr/lib/nginx/modules/ngx_http_echo_module.so"


def find():
    return shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def write_answers(folder, answers):
    """`answers`: bytes by name."""
    kept = pathlib.Path(folder) / "answers"
    kept.mkdir(parents=True, exist_ok=True)
    for name, data in answers.items():
        (kept / name).write_bytes(data)


def _certificate(folder):
    # A key of the kind that Kinetide makes.
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "30",
         "-subj", "/CN=localhost", "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True)


def write_configuration(folder, port, http2_port, tls_port):
    folder = pathlib.Path(folder).resolve()
    (folder / "body").mkdir(exist_ok=True)
    _certificate(folder)
    module = f"load_module {ECHO_MODULE};" if os.path.exists(ECHO_MODULE) else ""
    user = "user root;" if os.getuid() == 0 else ""
    temporary = " ".join(f"{kind}_temp_path {folder}/body;"
                         for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    paths = "\n".join(
        f"        location = /{answer.name} {{ echo_read_request_body; echo_exec /answers/{answer.name}; }}"
        for answer in sorted((folder / "answers").iterdir()))
    text = f"""{module}
{user}
daemon off;
worker_processes {os.cpu_count()};
pid {folder}/pid;
events {{ worker_connections 8192; }}
http {{
    access_log off;
    {temporary}
    client_body_buffer_size 8m;
    client_max_body_size 16m;
    http2_body_preread_size 1m;
    keepalive_requests 1000000000;
    keepalive_timeout 3600s;
    sendfile on;
    tcp_nopush on;
    tcp_nodelay on;
    open_file_cache max=100 inactive=3600s;
    open_file_cache_valid 3600s;
    types {{ }}
    default_type application/x-amz-json-1.1;
    server {{
        listen 127.0.0.1:{port} reuseport;
        listen 127.0.0.1:{http2_port} http2 reuseport;
        listen 127.0.0.1:{tls_port} ssl http2 reuseport;
        ssl_certificate certificate.pem;
        ssl_certificate_key key.pem;
        root {folder};
        location /answers/ {{ internal; error_page 405 =200 $uri; }}
{paths}
    }}
}}
"""
    configuration = folder / "nginx.conf"
    configuration.write_text(text)
    return configuration
