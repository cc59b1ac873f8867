"""Keeps one generation of the data being served, makes the next one, and takes the writes in turn.

One supervisor serves all web processes of an endpoint. What they need to know stands in the file ``current`` of the run
folder: the address of the fork server that has the newest data, and the stamp of these data. They look at the file at each
request, so that a write which was answered is seen by every later request, whichever process takes it.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from kg.errors import StoreError
from server.config import Config
from server.data import loading
from server.http.metrics import is_alive
from server.ipc.messages import ChannelClosedError, Head, receive, send
from server.ipc.run_folder import CURRENT, WRITES

_WATCH = 0.5  # seconds between two looks at the store's change counter
_START = 300.0  # seconds that loading may take
_MARGIN = 5.0
_REFRESH = 50  # generations made by forking, after which the data are loaded afresh


@dataclass(slots=True)
class Generation:
    """A fork server at work, and the process that holds it (None for one that was forked from another)."""

    number: int
    stamp: str
    control: socket.socket
    socket_path: str
    process: subprocess.Popen[bytes] | None
    pid: int = 0  # of a forked one


class Supervisor:
    """Owner of the fork servers and of the writer; every method may be called from any thread."""

    def __init__(self, folder: Path, config: Config) -> None:
        self.folder = folder
        self.config = config
        self.run_folder = _run_folder()
        self._numbers = count(1)
        self._lock = threading.RLock()  # one change of generation at a time
        self._current: Generation | None = None
        self._retired: list[tuple[Generation, float]] = []
        self._writer: tuple[socket.socket, subprocess.Popen[bytes]] | None = None
        self._ended = threading.Event()
        self._forked = 0

    def start(self) -> None:
        """Load the data and begin to serve; raises :class:`StoreError` when they can't be read."""
        self.reload()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listener.bind(str(self.run_folder / WRITES))
        listener.listen(64)
        for target, arguments in ((self._watch, ()), (self._accept, (listener,))):
            threading.Thread(target=target, args=arguments, daemon=True).start()

    def stop(self) -> None:
        """End every process and remove the run folder."""
        self._ended.set()
        with self._lock:
            for generation in [self._current, *(g for g, _ in self._retired)]:
                if generation is not None:
                    _end(generation)
            if self._writer is not None:
                self._stop_writer()
            self._current, self._retired = None, []
        shutil.rmtree(self.run_folder, ignore_errors=True)

    def reload(self) -> None:
        """Make a generation of what is in the store now."""
        with self._lock:
            number, stamp = next(self._numbers), loading.stamp(self.folder)
            self._publish(self._started(number, stamp))
            self._forked = 0

    def _started(self, number: int, stamp: str) -> Generation:
        settings = self._settings(number)
        if self.config.engine == "disk":
            loading.snapshot(settings)
        ours, theirs = socket.socketpair()
        with theirs:
            process = _process("server.workers.fork_server", theirs)
        generation = Generation(number, stamp, ours, settings["socket"], process)
        try:
            ours.settimeout(_START)
            send(ours, settings)
            reply, _ = receive(ours)
        except (ChannelClosedError, TimeoutError) as error:
            reply = {"error": str(error)}
        if "error" in reply:
            _end(generation)
            raise StoreError(f"{self.folder}: can't serve the store: {reply['error']}")
        return generation

    def _settings(self, number: int) -> Head:
        config = self.config
        return {
            "folder": str(self.folder), "engine": config.engine, "base": config.base, "memory": config.memory,
            "public_url": config.public_url, "number": number, "writable": bool(config.write_token),
            "allow_service": config.allow_service,
            "socket": str(self.run_folder / f"generation-{number}.sock"),
            "snapshot": str(self.run_folder / f"generation-{number}"),
            "search": str(self.run_folder / f"search-{number}.sqlite"),
        }  # fmt: skip

    def _publish(self, generation: Generation) -> None:
        state = {"number": generation.number, "stamp": generation.stamp, "socket": generation.socket_path}
        new = self.run_folder / (CURRENT + ".new")
        new.write_text(json.dumps(state), encoding="utf8")
        new.replace(self.run_folder / CURRENT)
        if self._current is not None:
            with contextlib.suppress(OSError):
                send(self._current.control, {"op": "retire"})
            self._retired.append((self._current, time.monotonic() + self.config.timeout + _MARGIN))
        self._current = generation

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH):
            with self._lock:
                self._bury_retired()
                if self._ended.is_set() or self._current is None:
                    return
                if _has_died(self._current) or self._current.stamp != loading.stamp(self.folder):
                    self._reload_or_tell()

    def _reload_or_tell(self) -> None:
        """Load the new data; where that fails, what is served stays, and the next look tries again."""
        try:
            self.reload()
        except StoreError as error:
            print(f"kg serve: {error}", file=sys.stderr)

    def _bury_retired(self) -> None:
        left = []
        for generation, until in self._retired:
            if _has_died(generation) or time.monotonic() > until:
                _end(generation)
                shutil.rmtree(self.run_folder / f"generation-{generation.number}", ignore_errors=True)
                (self.run_folder / f"search-{generation.number}.sqlite").unlink(missing_ok=True)
                Path(generation.socket_path).unlink(missing_ok=True)
            else:
                left.append((generation, until))
        self._retired = left

    def _accept(self, listener: socket.socket) -> None:
        with listener:
            while not self._ended.is_set():
                client, _ = listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, contextlib.suppress(ChannelClosedError, ConnectionError):
            head, body = receive(client)
            reply, answer = self._write(head, body)
            send(client, reply, answer)

    def _write(self, head: Head, body: bytes) -> tuple[Head, bytes]:
        """Do one write: try it in a fork, check it, store it, and make the fork the next generation."""
        deadline = time.monotonic() + self.config.write_timeout
        if not self._lock.acquire(timeout=self.config.queue_timeout):
            return {"error": "busy"}, b""
        try:
            for _ in range(3):
                reply, answer = self._attempt(head, body, deadline)
                if reply.get("error") != "outdated":
                    return reply, answer
                self.reload()
            return {"error": "busy"}, b""
        except (ChannelClosedError, ConnectionError):
            return {"error": "crash"}, b""
        except TimeoutError:
            return {"error": "timeout"}, b""
        except StoreError as error:
            return {"error": "store", "message": str(error)}, b""
        finally:
            self._lock.release()

    def _attempt(self, head: Head, body: bytes, deadline: float) -> tuple[Head, bytes]:
        if self._current is None:
            raise ChannelClosedError("the endpoint is stopping")
        if self._current.stamp != loading.stamp(self.folder):
            self.reload()
        trial, pid = self._start_trial(self._current)
        promoted = False
        try:
            trial.settimeout(max(0.01, deadline - time.monotonic()))
            scratch = str(self.run_folder / f"scratch-{pid}")
            send(trial, {**head, "scratch": scratch}, body)
            tried, change = receive(trial)
            if "error" in tried or not any(tried["parts"][:2]):
                return tried, b""
            stored, report = self._store(tried["parts"], head["validate"], change, deadline)
            if "error" in stored:
                return stored, report
            promoted = self._promote(trial, pid, stored["stored"])
            return {**tried, **stored}, b""
        finally:
            if not promoted:
                self._drop(trial, pid)

    def _start_trial(self, generation: Generation) -> tuple[socket.socket, int]:
        ours, theirs = socket.socketpair()
        with theirs:
            send(generation.control, {"op": "trial"}, fd=theirs.fileno())
            reply, _ = receive(generation.control)
        return ours, int(reply["pid"])

    def _drop(self, trial: socket.socket, pid: int) -> None:
        trial.close()
        if self._current is not None:
            with contextlib.suppress(OSError):
                send(self._current.control, {"op": "kill", "pid": pid})

    def _promote(self, trial: socket.socket, pid: int, stamp: str) -> bool:
        """Make the trial the current generation; where it can't be, load the store instead."""
        assert self._current is not None
        self._forked += 1
        if self.config.engine == "disk" or self._forked > _REFRESH:
            self.reload()
            return False
        number = next(self._numbers)
        settings = self._settings(number)
        try:
            send(trial, settings)
            trial.settimeout(_START)
            receive(trial)
            send(self._current.control, {"op": "release", "pid": pid})
        except (ChannelClosedError, OSError):
            self.reload()
            return False
        self._publish(Generation(number, stamp, trial, settings["socket"], None, pid))
        return True

    def _store(self, parts: list[int], validate: bool, change: bytes, deadline: float) -> tuple[Head, bytes]:
        assert self._current is not None
        control = self._running_writer()
        control.settimeout(max(0.01, deadline - time.monotonic()))
        try:
            send(control, {"parts": parts, "validate": validate, "stamp": self._current.stamp}, change)
            return receive(control)
        except (ChannelClosedError, ConnectionError, TimeoutError):
            self._stop_writer()
            raise

    def _running_writer(self) -> socket.socket:
        if self._writer is not None and self._writer[1].poll() is not None:
            self._stop_writer()
        if self._writer is None:
            ours, theirs = socket.socketpair()
            with theirs:
                process = _process("server.writing.writer_process", theirs)
            send(ours, {"folder": str(self.folder), "base": self.config.base})
            self._writer = ours, process
        return self._writer[0]

    def _stop_writer(self) -> None:
        assert self._writer is not None
        control, process = self._writer
        self._writer = None
        control.close()
        process.kill()
        process.wait()


def _process(module: str, control: socket.socket) -> subprocess.Popen[bytes]:
    """Start a module with its end of a control channel as descriptor 0, away from the terminal's signals."""
    command = [sys.executable, "-m", module]
    return subprocess.Popen(command, stdin=control.fileno(), start_new_session=True)  # noqa: S603 - our own modules


def _run_folder() -> Path:
    """Return a new folder, readable by its owner only; those of supervisors that were killed are cleared away."""
    for old in Path(tempfile.gettempdir()).glob("lagebild-serve-*"):
        pid = old.name.split("-")[2]
        if pid.isdigit() and not is_alive(int(pid)):
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"lagebild-serve-{os.getpid()}-"))


def _has_died(generation: Generation) -> bool:
    if generation.process is not None and generation.process.poll() is not None:
        return True
    try:
        generation.control.setblocking(False)
        return generation.control.recv(1, socket.MSG_PEEK) == b""
    except BlockingIOError:
        return False
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            generation.control.settimeout(_START)


def _end(generation: Generation) -> None:
    generation.control.close()
    if generation.pid:  # a child of ours only where this process takes in orphans, as the first one of a container does
        with contextlib.suppress(ChildProcessError):
            os.waitpid(generation.pid, os.WNOHANG)
    if generation.process is not None:
        try:
            generation.process.wait(timeout=_MARGIN)
        except subprocess.TimeoutExpired:
            generation.process.kill()
            generation.process.wait()
