#!/usr/bin/env python3
"""Run a command beside a PostgreSQL server of its own, started for it and stopped after it, whatever happens.

    tools/with_postgresql.py COMMAND [ARGUMENT…]

The server lives in a temporary folder, listens on a free port of the loopback and on a socket in that folder,
and writes to the disk as in production (fsync on). The command finds it in DATABASE_URL. Exit code: the
command's; 77 where PostgreSQL's programs are not on this machine.
"""

import ctypes
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

NOT_HERE = 77
UNPRIVILEGED = ("postgres", "nobody")
"""PostgreSQL refuses to run as root; it then runs as one of these."""


def binaries():
    """The folder of `initdb` and `postgres`, the newest version first; None where there is none."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


@contextmanager
def server(programs):
    """A running server; yields its `postgres://` address."""
    folder = Path(tempfile.mkdtemp(prefix="maillage-postgresql-"))
    identity = _unprivileged_user(folder)
    port, password = _free_port(), secrets.token_hex(16)
    (folder / "password").write_text(password)
    if identity:
        os.chown(folder / "password", identity.pw_uid, identity.pw_gid)
    process = None
    try:
        subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={folder / 'data'}",
                f"--pwfile={folder / 'password'}",
                *("--username=maillage", "--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256"),
            ],
            check=True,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            **_as(identity),
        )
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [
                    programs / "postgres",
                    *("-D", folder / "data", "-p", str(port), "-k", folder),
                    *("-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60"),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C reaches this program, which then stops the server in good order.
                start_new_session=True,
                preexec_fn=_end_with_us,
                **_as(identity),
            )
        _wait(programs, folder, port, process)
        subprocess.run(
            [programs / "createdb", "-h", folder, "-p", str(port), "-U", "maillage", "maillage"],
            check=True,
            env={**os.environ, "PGPASSWORD": password},
        )
        yield f"postgres://maillage:{password}@127.0.0.1:{port}/maillage"
    finally:
        if process and process.poll() is None:
            process.send_signal(signal.SIGINT)  # "fast" stop: sessions are ended, the data are whole
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user(folder):
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            identity = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, identity.pw_uid, identity.pw_gid)
        return identity
    raise SystemExit("PostgreSQL does not run as root, and this machine has no user 'postgres' or 'nobody'.")


def _as(identity):
    if identity is None:
        return {}
    return {"user": identity.pw_uid, "group": identity.pw_gid, "extra_groups": [], "cwd": "/"}


def _end_with_us():
    """Linux: this process stops by itself if the program that started it is killed."""
    set_parent_death_signal = 1
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGINT)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(programs, folder, port, process):
    ready = [programs / "pg_isready", "-q", "-h", folder, "-p", str(port), "-t", "1"]
    for _attempt in range(60):
        if process.poll() is not None:
            break
        if subprocess.run(ready, stdin=subprocess.DEVNULL).returncode == 0:
            return
        try:
            process.wait(0.25)
        except subprocess.TimeoutExpired:
            continue
    raise SystemExit(f"PostgreSQL did not start:\n{(folder / 'log').read_text(errors='replace')}")


def main(command):
    if not command:
        raise SystemExit(__doc__)
    programs = binaries()
    if programs is None:
        print("PostgreSQL's server is not on this machine (Debian's package: postgresql).", file=sys.stderr)
        return NOT_HERE
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    with server(programs) as address:
        child = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address})
        try:
            return child.wait()
        except (KeyboardInterrupt, SystemExit):
            child.send_signal(signal.SIGINT)
            child.wait(30)
            raise


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
