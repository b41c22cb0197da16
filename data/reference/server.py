#!/usr/bin/env python3
# server.py: the reference service of Steelyard on Python
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference service of Steelyard on Python 3.11 or later, standard library only.

    python3 server.py [--port N] [--workers N] [--queue N] [--exit-with-parent]
    python3 server.py --asyncio [--port N] [--exit-with-parent]

Without --asyncio: one thread accepts and reads, a pool of threads does the
work, as an application server with threads does. With it: one event loop.
Routes, parameters and metrics are those of README.md beside this file; the
servers of `steelyard-cli serve` and server.mjs have the same ones. Linux only
(epoll, /proc).
"""

import argparse
import asyncio
import base64
import bisect
import collections
import email.utils
import hashlib
import json
import math
import os
import platform
import re
import resource
import secrets
import select
import selectors
import signal
import socket
import struct
import sys
import threading
import time
import urllib.parse

STEPS_PER_UNIT = 10000
CHECKSUM_START = 2166136261
MAX_REQUEST_BYTES = 16 * 1024
MAX_CONNECTIONS = 2000
HEAD_DEADLINE = 5.0
IDLE_SECONDS = 75.0
SEND_TIMEOUT = 10.0
SAMPLE_INTERVAL = 0.25
HISTORY = 600
MAX_PENDING_EVENTS = 32
KEEP_ALIVE = 15.0
MAX_FRAME_BYTES = 256 * 1024
PROBE_INTERVAL = 0.02
BOUNDS = (0.0005, 0.001, 0.0025, 0.005, 0.0075, 0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.075,
          0.1, 0.15, 0.25, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 7.5, 10)
WORK_ROUTES = ("/plain", "/do/io", "/do/cpu", "/do/native", "/do/mix")
METHODS = ("GET", "HEAD", "POST")


# --- work -------------------------------------------------------------------


def work(checksum, first, n):
    """Goes on from checksum, the result of steps 0…first - 1, through n more."""
    x = checksum
    i = first % STEPS_PER_UNIT
    while n > 0:
        end = min(STEPS_PER_UNIT, i + n)
        n -= end - i
        for i in range(i, end):
            x = ((x ^ (i & 255)) * 16777619) & 0xFFFFFFFF
        i = 0
    return x


def calibrate():
    """Steps in one millisecond of this thread's CPU time, measured once: the best
    of several short runs, since other programs can only make one slower."""
    n = 5 * STEPS_PER_UNIT
    best = math.inf
    for _ in range(12):
        begin = time.thread_time_ns()
        work(CHECKSUM_START, 0, n)
        best = min(best, time.thread_time_ns() - begin)
    return n * 1e6 / max(best, 1)


# hashlib lets go of the interpreter lock for pieces above 2047 bytes
NATIVE_BLOCK = bytes(i & 255 for i in range(64 * 1024))


def digest(kib):
    sha256 = hashlib.sha256()
    left = kib * 1024
    while left > 0:
        sha256.update(NATIVE_BLOCK[:left])
        left -= len(NATIVE_BLOCK)
    return sha256.hexdigest()


def mix_picks(seed, percent):
    """Whether the request numbered seed is among the percent that do CPU work."""
    h = seed & 0xFFFFFFFF
    h = ((h ^ (h >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    h ^= h >> 16
    return h * 100 < percent * 4294967296


# --- what a request asks for ------------------------------------------------

PARAMETERS = {
    "/plain": {"bytes": 1048576},
    "/do/io": {"ms": 60000, "bytes": 1048576},
    "/do/cpu": {"wu": 1000000, "ms": 10000, "bytes": 1048576},
    "/do/native": {"kb": 65536, "bytes": 1048576},
    "/do/mix": {"p": 100, "ms": 60000, "wu": 1000000, "cpu_ms": 10000, "kb": 65536, "seed": 4294967295,
                "bytes": 1048576},
    "/stream/sse": {"rate": 1000, "bytes": 65536},
    "/steelyard/v1/stream": {"interval": 60000},
}


class BadRequest(Exception):
    pass


def parse_parameters(route, query):
    known = PARAMETERS[route]
    values = {}
    for name, text in urllib.parse.parse_qsl(query, keep_blank_values=True):
        if name not in known:
            raise BadRequest(f"{route} takes only these parameters: {', '.join(known)}")
        if len(text) > 24 or not re.fullmatch(r"[0-9]+\.?[0-9]*|\.[0-9]+", text) or float(text) > known[name]:
            raise BadRequest(f"{name} must be a decimal number from 0 to {known[name]}")
        values[name] = float(text)
    return values


def number(value):
    """JSON spells 5.0 as the other servers do: 5."""
    return int(value) if value == int(value) else value


class Task:
    """What one request of /plain or /do/… asks a server to do: a wait, then
    interpreted work, then native work."""

    __slots__ = ("route", "wait", "steps", "kib", "answer_bytes", "checksum", "digest")

    def __init__(self, route, query, serial, steps_per_ms):
        values = parse_parameters(route, query)
        cpu_ms = values.get("ms" if route == "/do/cpu" else "cpu_ms")
        self.route = route
        self.wait = 0.0
        self.steps = 0
        self.kib = 0
        self.answer_bytes = int(values.get("bytes", 0))
        self.checksum = CHECKSUM_START
        self.digest = None

        if "wu" in values and cpu_ms is not None:
            raise BadRequest("work is given in units or in milliseconds, not in both")
        if cpu_ms is not None:
            steps = int(cpu_ms * steps_per_ms + 0.5)
        else:
            steps = int(values.get("wu", 1) * STEPS_PER_UNIT + 0.5)
        wait = int(values.get("ms", 20) * 1000 + 0.5) / 1e6

        if route == "/do/io":
            self.wait = wait
        elif route == "/do/cpu":
            self.steps = steps
        elif route == "/do/native":
            self.kib = int(values.get("kb", 64))
        elif route == "/do/mix":
            self.wait = wait
            if mix_picks(int(values.get("seed", serial)), values.get("p", 10)):
                self.steps = steps
                self.kib = int(values.get("kb", 0))

    def run(self):
        """All but the wait."""
        self.checksum = work(self.checksum, 0, self.steps)
        if self.kib > 0:
            self.digest = digest(self.kib)

    def answer(self):
        """The content type and the body."""
        if self.route == "/plain":
            text = f"steelyard {self.checksum:08x}\n".ljust(self.answer_bytes, ".")
            return "text/plain; charset=utf-8", text.encode()

        answer = {"route": self.route, "wait_ms": number(round(self.wait * 1000, 3)),
                  "wu": number(self.steps / STEPS_PER_UNIT), "checksum": f"{self.checksum:08x}"}
        if self.digest:
            answer["kb"] = self.kib
            answer["sha256"] = self.digest
        text = to_json(answer) + "\n"
        missing = self.answer_bytes - len(text) - len(',"pad":""')
        if missing > 0:
            answer["pad"] = "." * missing
            text = to_json(answer) + "\n"
        return "application/json", text.encode()


def to_json(value):
    return json.dumps(value, separators=(",", ":"))


# --- metrics ----------------------------------------------------------------


class Histogram:
    __slots__ = ("count", "sum", "max", "buckets")

    def __init__(self):
        self.count = 0
        self.sum = 0.0
        self.max = 0.0
        self.buckets = [0] * len(BOUNDS)

    def add(self, seconds):
        self.count += 1
        self.sum += seconds
        self.max = max(self.max, seconds)
        i = bisect.bisect_left(BOUNDS, seconds)
        if i < len(BOUNDS):
            self.buckets[i] += 1

    def add_all(self, other):
        self.count += other.count
        self.sum += other.sum
        self.max = max(self.max, other.max)
        self.buckets = [a + b for a, b in zip(self.buckets, other.buckets)]

    def cumulated(self):
        total = 0
        result = []
        for n in self.buckets:
            total += n
            result.append(total)
        return result

    def to_dict(self):
        return {"count": self.count, "sum": self.sum, "max": self.max, "b": self.cumulated()}


class Metrics:
    """Counters that any thread may add to."""

    def __init__(self):
        self.lock = threading.Lock()
        # a first scrape can then tell "none yet" from "not measured"
        self.requests = {("GET", route, 200): Histogram() for route in WORK_ROUTES}
        self.active = dict.fromkeys(METHODS, 0)
        self.connections = {"http": 0, "sse": 0, "ws": 0}
        self.waits = {"queue_wait": Histogram(), "gil_wait": Histogram(), "loop_delay": Histogram()}
        self.rejected = 0
        self.bytes_in = 0
        self.bytes_out = 0
        self.stream_events = 0
        self.stream_dropped = 0

    def begin_request(self, method):
        with self.lock:
            self.active[method] += 1

    def end_request(self, method, route, status, seconds, n_in, n_out):
        """status None: the client went away."""
        with self.lock:
            self.active[method] -= 1
            self.bytes_in += n_in
            self.bytes_out += n_out
            if status is not None:
                key = (method, route, status)
                if key not in self.requests:
                    self.requests[key] = Histogram()
                self.requests[key].add(seconds)

    def observe(self, wait, seconds):
        with self.lock:
            self.waits[wait].add(seconds)

    def connect(self, kind, change):
        with self.lock:
            self.connections[kind] += change

    def count_events(self, sent, dropped):
        with self.lock:
            self.stream_events += sent
            self.stream_dropped += dropped

    def reject(self):
        with self.lock:
            self.rejected += 1


def process_stats():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    with open("/proc/self/stat", encoding="utf-8", errors="replace") as file:
        # the name, in parentheses, may hold anything; field 3 follows it
        fields = file.read().rpartition(") ")[2].split(" ")
    return {
        "cpu_user": usage.ru_utime,
        "cpu_system": usage.ru_stime,
        "resident": int(fields[24 - 3]) * resource.getpagesize(),
        "virtual": int(fields[23 - 3]),
        "threads": int(fields[20 - 3]),
        "fds": len(os.listdir("/proc/self/fd")) - 1,  # the folder itself was open
        "max_fds": resource.getrlimit(resource.RLIMIT_NOFILE)[0],
        "voluntary": usage.ru_nvcsw,
        "involuntary": usage.ru_nivcsw,
    }


def gil_is_enabled():
    """Asked while the server runs: an extension module may have switched it on."""
    return getattr(sys, "_is_gil_enabled", lambda: True)()


class Text:
    """Prometheus text 0.0.4."""

    def __init__(self):
        self.lines = []

    def family(self, name, kind, text):
        self.lines.append(f"# HELP {name} {text}\n# TYPE {name} {kind}")

    def sample(self, name, labels, value):
        self.lines.append(f"{name}{{{labels}}} {value}" if labels else f"{name} {value}")

    def single(self, name, kind, text, value):
        self.family(name, kind, text)
        self.sample(name, "", value)

    def histogram(self, name, labels, histogram):
        prefix = f"{labels}," if labels else ""
        for bound, n in zip(BOUNDS, histogram.cumulated()):
            self.sample(f"{name}_bucket", f'{prefix}le="{bound:g}"', n)
        self.sample(f"{name}_bucket", f'{prefix}le="+Inf"', histogram.count)
        self.sample(f"{name}_sum", labels, histogram.sum)
        self.sample(f"{name}_count", labels, histogram.count)

    def __str__(self):
        return "\n".join(self.lines) + "\n"


class Service:
    """What both fronts share: who the server is, its work and its numbers. A
    front says what it adds by has_pool, has_loop and has_lock and by state()."""

    has_pool = False
    has_loop = False
    has_lock = False
    n_threads = 1

    def __init__(self, name, model):
        self.name = name
        self.model = model
        self.runtime = platform.python_implementation().lower()
        self.boot = secrets.token_hex(4)
        self.started_wall = time.time()
        self.started = time.monotonic()
        self.metrics = Metrics()
        self.samples = collections.deque(maxlen=HISTORY)
        self.seq_lock = threading.Lock()
        self.seq = 0
        self.serial = 0
        self.port = 0
        self.steps_per_ms = calibrate()
        self.feeds = set()  # streams that want a goodbye
        self.rooms = {}

    def state(self):
        """queued; with a pool busy; with a loop loop_active and loop_idle."""
        return {"queued": 0}

    def next_seq(self):
        with self.seq_lock:
            self.seq += 1
            return self.seq

    def new_task(self, route, query):
        self.serial = (self.serial + 1) & 0xFFFFFFFF
        return Task(route, query, self.serial, self.steps_per_ms)

    # -- text --

    def text(self):
        text = Text()
        state = self.state()
        with self.metrics.lock:
            self.append_requests(text, state)
            if self.has_loop:
                self.append_loop(text, state)
            self.append_lock(text)
            self.append_workers(text, state)
        self.append_process(text)
        return str(text).encode()

    def append_requests(self, text, state):
        metrics = self.metrics
        name = "http_server_request_duration_seconds"
        text.family(name, "histogram", "Duration of HTTP server requests.")
        for (method, route, status), durations in metrics.requests.items():
            text.histogram(name, f'http_request_method="{method}",http_route="{route}",'
                                 f'http_response_status_code="{status}",url_scheme="http"', durations)

        text.family("http_server_active_requests", "gauge", "Requests that wait or are worked on.")
        for method, n in metrics.active.items():
            text.sample("http_server_active_requests", f'http_request_method="{method}",url_scheme="http"', n)

        text.single("steelyard_queue_length", "gauge", "Requests accepted and not yet started.", state["queued"])
        text.family("steelyard_connections", "gauge", "Open connections by what they carry.")
        for kind, n in metrics.connections.items():
            text.sample("steelyard_connections", f'kind="{kind}"', n)

        text.family("steelyard_rejected_total", "counter", "Requests refused with 503.")
        text.sample("steelyard_rejected_total", 'reason="queue_full"', metrics.rejected)

    def append_loop(self, text, state):
        text.family("steelyard_loop_delay_seconds", "histogram", "How late the loop ran its timers.")
        text.histogram("steelyard_loop_delay_seconds", "", self.metrics.waits["loop_delay"])
        text.family("steelyard_loop_time_seconds_total", "counter", "Time the loop worked and time it slept.")
        text.sample("steelyard_loop_time_seconds_total", 'state="active"', state["loop_active"])
        text.sample("steelyard_loop_time_seconds_total", 'state="idle"', state["loop_idle"])

    def append_lock(self, text):
        text.single("python_gil_enabled", "gauge", "Whether one global lock serialises interpreted work.",
                    int(gil_is_enabled()))
        if self.has_lock:
            text.family("steelyard_gil_wait_seconds", "histogram",
                        "How late a thread that slept 20 ms ran again: scheduling and lock delay, an upper bound.")
            text.histogram("steelyard_gil_wait_seconds", "", self.metrics.waits["gil_wait"])

    def append_workers(self, text, state):
        if self.has_pool:
            text.family("steelyard_queue_wait_seconds", "histogram", "From arrival to the start of the handler.")
            text.histogram("steelyard_queue_wait_seconds", "", self.metrics.waits["queue_wait"])
        text.family("steelyard_workers", "gauge", "Processes and threads that run handlers.")
        text.sample("steelyard_workers", 'kind="process"', 1)
        text.sample("steelyard_workers", 'kind="thread"', self.n_threads)
        if self.has_pool:
            text.single("steelyard_workers_busy", "gauge", "Workers that have a request.", state["busy"])

    def append_process(self, text):
        stats = process_stats()
        text.single("process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.",
                    stats["cpu_user"] + stats["cpu_system"])
        text.single("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.", stats["resident"])
        text.single("process_virtual_memory_bytes", "gauge", "Virtual memory size in bytes.", stats["virtual"])
        text.single("process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.",
                    self.started_wall)
        text.single("process_open_fds", "gauge", "Number of open file descriptors.", stats["fds"])
        text.single("process_max_fds", "gauge", "Maximum number of open file descriptors.", stats["max_fds"])
        text.single("process_threads", "gauge", "Number of threads.", stats["threads"])
        text.family("process_context_switches_total", "counter", "Context switches of the process.")
        text.sample("process_context_switches_total", 'type="voluntary"', stats["voluntary"])
        text.sample("process_context_switches_total", 'type="involuntary"', stats["involuntary"])
        text.family("steelyard_server_info", "gauge", "Which reference server this is.")
        text.sample("steelyard_server_info",
                    f'model="{self.model}",runtime="{self.runtime}",runtime_version="{platform.python_version()}",'
                    f'boot="{self.boot}",schema="1"', 1)

    # -- JSON --

    def identity(self):
        identity = {
            "name": self.name, "model": self.model, "runtime": self.runtime, "version": platform.python_version(),
            "pid": os.getpid(), "cpus": len(os.sched_getaffinity(0)),
            "workers": {"processes": 1, "threads": self.n_threads}, "gil": bool(gil_is_enabled()),
        }
        if self.has_lock:
            identity["switch_interval"] = sys.getswitchinterval()
        identity["wu_per_cpu_ms"] = self.steps_per_ms / STEPS_PER_UNIT
        return identity

    def request_histograms(self):
        """One entry per route, method and class of status."""
        gathered = {}
        for (method, route, status), durations in self.metrics.requests.items():
            gathered.setdefault((route, method, f"{status // 100}xx"), Histogram()).add_all(durations)
        return [{"route": route, "method": method, "class": status_class, **histogram.to_dict()}
                for (route, method, status_class), histogram in gathered.items()]

    def snapshot(self, kind=None):
        """A steelyard.snapshot/1 object; kind becomes its type."""
        stats = process_stats()
        state = self.state()
        metrics = self.metrics
        with metrics.lock:
            request = self.request_histograms()
            requests = dict.fromkeys(("1xx", "2xx", "3xx", "4xx", "5xx"), 0)
            for entry in request:
                requests[entry["class"]] += entry["count"]
            counters = {
                "requests": requests, "rejected": metrics.rejected, "bytes_in": metrics.bytes_in,
                "bytes_out": metrics.bytes_out, "cpu_user": stats["cpu_user"], "cpu_system": stats["cpu_system"],
                "ctx_voluntary": stats["voluntary"], "ctx_involuntary": stats["involuntary"],
                "stream_events": metrics.stream_events, "stream_dropped": metrics.stream_dropped,
            }
            gauges = {"active": sum(metrics.active.values()), "queued": state["queued"],
                      "connections": dict(metrics.connections), "rss": stats["resident"], "fds": stats["fds"]}
            hist = {"request": request}
            if self.has_lock:
                counters["gil_wait"] = metrics.waits["gil_wait"].sum
                hist["gil_wait"] = metrics.waits["gil_wait"].to_dict()
            if self.has_pool:
                gauges["threads_busy"] = state["busy"]
                hist["queue_wait"] = metrics.waits["queue_wait"].to_dict()
            if self.has_loop:
                counters["loop_active"] = state["loop_active"]
                counters["loop_idle"] = state["loop_idle"]
                hist["loop_delay"] = metrics.waits["loop_delay"].to_dict()
        head = {"type": kind} if kind else {}
        return {**head, "schema": "steelyard.snapshot/1", "boot": self.boot, "seq": self.next_seq(),
                "t": time.time(), "uptime": time.monotonic() - self.started, "interval": SAMPLE_INTERVAL,
                "server": self.identity(), "counters": counters, "gauges": gauges, "bounds": BOUNDS, "hist": hist}

    def hello(self, interval, kind=None):
        head = {"type": kind} if kind else {}
        return {**head, "schema": "steelyard.stream/1", "boot": self.boot, "interval": interval,
                "history": HISTORY, "server": self.identity()}

    def keep_sample(self):
        sample = self.snapshot()
        self.samples.append((sample["seq"], to_json(sample)))

    def observe(self, path):
        """The content type and body of a route that only looks, or None."""
        if path == "/metrics":
            return "text/plain; version=0.0.4; charset=utf-8", self.text()
        if path == "/healthz":
            return "text/plain; charset=utf-8", b"ok\n"
        if path == "/steelyard/v1/snapshot":
            return "application/json", to_json(self.snapshot()).encode() + b"\n"
        return None

    def is_load(self, path):
        """Whether a request counts as load: who observes a server is no part of it."""
        return path in WORK_ROUTES or not (path in ("/healthz", "/metrics", "/stream/sse")
                                           or path.startswith(("/steelyard/", "/ws/")))


# --- HTTP -------------------------------------------------------------------


class Refusal(Exception):
    """A request that is not looked at; the connection ends with the answer."""

    def __init__(self, status, reason):
        super().__init__(reason)
        self.status = status


REASONS = {200: "OK", 400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
           411: "Length Required", 413: "Content Too Large", 431: "Request Header Fields Too Large",
           503: "Service Unavailable"}


class Request:
    __slots__ = ("method", "path", "query", "headers", "n_bytes", "keep_alive", "arrived", "is_counted")

    def __init__(self, head, port):
        try:
            first, *lines = head.decode("latin-1").split("\r\n")
            self.method, target, version = first.split(" ")
            pairs = [(name.strip().lower(), value.strip())
                     for name, colon, value in (line.partition(":") for line in lines)]
        except ValueError:
            raise Refusal(400, "this is not HTTP/1.1") from None
        if version not in ("HTTP/1.1", "HTTP/1.0") or not target.startswith("/"):
            raise Refusal(400, "this is not HTTP/1.1")
        self.path, _, self.query = target.partition("?")
        self.headers = dict(pairs)
        self.n_bytes = len(head) + 4
        self.is_counted = False
        connection = self.headers.get("connection", "").lower()
        self.keep_alive = "close" not in connection and version == "HTTP/1.1"

        own = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
        hosts = [value.lower() for name, value in pairs if name == "host"]
        if len(hosts) != 1 or hosts[0] not in own:
            raise Refusal(403, "the Host header must name this server on the loopback")
        # A page may open a WebSocket to any address; its browser then says whose page it is.
        origin = self.headers.get("origin")
        if origin is not None and origin.lower().removeprefix("http://") not in own:
            raise Refusal(403, "pages of other sites may not use this server")
        if self.method not in ("GET", "HEAD") and not (self.method == "POST" and self.path.startswith("/do/")):
            raise Refusal(405, "GET and HEAD only; POST to /do/ too")

    def route(self):
        """Its label in the metrics."""
        return self.path if self.path in WORK_ROUTES else ""

    def body_length(self):
        if "transfer-encoding" in self.headers:
            raise Refusal(411, "a body needs a Content-Length")
        text = self.headers.get("content-length", "0")
        if not re.fullmatch(r"[0-9]{1,9}", text):
            raise Refusal(400, "the Content-Length is not a number")
        if int(text) > MAX_REQUEST_BYTES:
            raise Refusal(413, "the body of the request is larger than 16 KiB")
        return int(text)


class RequestBuffer:
    """Bytes of one connection on their way to requests."""

    def __init__(self, port):
        self.port = port
        self.data = bytearray()
        self.first_byte = None  # when the first byte of a request not yet whole came in

    def feed(self, data, now):
        if not self.data:
            self.first_byte = now
        self.data += data

    def next(self):
        """The next whole request, or None. Raises Refusal."""
        end = self.data.find(b"\r\n\r\n")
        if end < 0 or end > MAX_REQUEST_BYTES:
            if len(self.data) > MAX_REQUEST_BYTES:
                raise Refusal(431, "the head of the request is larger than 16 KiB")
            return None
        request = Request(bytes(self.data[:end]), self.port)
        total = end + 4 + request.body_length()
        if len(self.data) < total:
            return None
        del self.data[:total]
        request.n_bytes = total
        request.arrived = self.first_byte
        self.first_byte = time.monotonic() if self.data else None
        return request


date_of = (0, "")


def http_date():
    global date_of
    second = int(time.time())
    if date_of[0] != second:
        date_of = (second, email.utils.formatdate(second, usegmt=True))
    return date_of[1]


def format_answer(status, content_type, body, method="GET", keep_alive=True, extra=""):
    head = (f"HTTP/1.1 {status} {REASONS[status]}\r\nDate: {http_date()}\r\nContent-Type: {content_type}\r\n"
            f"Content-Length: {len(body)}\r\n{extra}")
    if not keep_alive:
        head += "Connection: close\r\n"
    return head.encode() + b"\r\n" + (b"" if method == "HEAD" else body)


def error_body(reason):
    return to_json({"error": reason}).encode() + b"\n"


def format_refusal(refusal):
    return format_answer(refusal.status, "application/json", error_body(str(refusal)), keep_alive=False)


# --- streams, on an event loop in both modes --------------------------------


def format_event(name, event_id, text):
    return (f"event: {name}\n" if name else "") + (f"id: {event_id}\n" if event_id else "") + f"data: {text}\n\n"


def clamp_interval(seconds):
    return min(max(seconds, 0.1), 60.0)


class Stream(asyncio.Protocol):
    """A connection that stays: counts itself, and knows when its client is slow."""

    kind = ""

    def __init__(self, service, request):
        self.service = service
        self.request = request
        self.loop = asyncio.get_running_loop()
        self.transport = None
        self.is_blocked = False
        self.timers = set()

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=64 * 1024)
        self.service.metrics.connect(self.kind, +1)
        self.service.feeds.add(self)
        self.open()

    def connection_lost(self, exc):
        for task in self.timers:
            task.cancel()
        self.service.feeds.discard(self)
        self.service.metrics.connect(self.kind, -1)

    def pause_writing(self):
        self.is_blocked = True

    def resume_writing(self):
        self.is_blocked = False

    def every(self, seconds, func):
        async def run():
            due = self.loop.time()
            while True:
                due = max(due + seconds, self.loop.time() - seconds)
                await asyncio.sleep(due - self.loop.time())
                func()

        task = self.loop.create_task(run())
        self.timers.add(task)
        return task

    def open(self):
        raise NotImplementedError

    def end(self):
        self.transport.close()


class EventStream(Stream):
    """Server-sent events. What a slow client does not take waits, up to
    MAX_PENDING_EVENTS; then the oldest goes."""

    kind = "sse"

    def __init__(self, service, request):
        super().__init__(service, request)
        self.pending = collections.deque()

    def open(self):
        self.transport.write(f"HTTP/1.1 200 OK\r\nDate: {http_date()}\r\nContent-Type: text/event-stream\r\n"
                             "Cache-Control: no-store\r\nConnection: close\r\n\r\n".encode())
        if self.request.method == "HEAD":
            self.transport.close()
            return
        self.every(KEEP_ALIVE, lambda: self.send(": ka\n\n"))
        self.start()

    def start(self):
        raise NotImplementedError

    def send(self, event):
        if len(self.pending) == MAX_PENDING_EVENTS:
            self.pending.popleft()
            self.service.metrics.count_events(0, 1)
        self.pending.append(event)
        self.flush()

    def flush(self):
        while self.pending and not self.is_blocked:
            self.transport.write(self.pending.popleft().encode())
            self.service.metrics.count_events(1, 0)

    def resume_writing(self):
        super().resume_writing()
        self.flush()

    def end(self):
        self.send(format_event("bye", None, '{"reason":"shutdown"}'))
        super().end()


class SampleStream(EventStream):
    def __init__(self, service, request):
        super().__init__(service, request)
        pairs = urllib.parse.parse_qsl(request.query, keep_blank_values=True)
        if any(name == "fields" and value != "all" for name, value in pairs):
            raise BadRequest("fields must be all")
        query = urllib.parse.urlencode([(name, value) for name, value in pairs if name != "fields"])
        values = parse_parameters("/steelyard/v1/stream", query)
        self.interval = clamp_interval(values.get("interval", SAMPLE_INTERVAL * 1000) / 1000)

    def start(self):
        service = self.service
        resumed = re.fullmatch(r"([0-9a-f]{8})-([0-9]{1,15})", self.request.headers.get("last-event-id", ""))
        after = int(resumed[2]) if resumed and resumed[1] == service.boot else service.seq
        self.send("retry: 2000\n\n" + format_event("hello", f"{service.boot}-{after}",
                                                   to_json(service.hello(self.interval))))
        # the history is one piece: it must not push itself out of the queue
        replay = "".join(format_event("sample", f"{service.boot}-{seq}", text)
                         for seq, text in list(service.samples) if seq > after)
        if replay:
            self.send(replay)
        self.every(self.interval, self.send_sample)

    def send_sample(self):
        sample = self.service.snapshot()
        self.send(format_event("sample", f"{sample['boot']}-{sample['seq']}", to_json(sample)))


class PlainEventStream(EventStream):
    """/stream/sse: numbered events at a rate."""

    def __init__(self, service, request):
        super().__init__(service, request)
        values = parse_parameters("/stream/sse", request.query)
        self.rate = values.get("rate", 10)
        if self.rate < 0.1:
            raise BadRequest("rate must be a decimal number from 0.1 to 1000")
        self.pad = "." * int(values.get("bytes", 64))
        self.n = 0
        self.checksum = CHECKSUM_START

    def start(self):
        self.begin = self.loop.time()
        self.every(1 / self.rate, self.send_due)

    def send_due(self):
        while self.n < (self.loop.time() - self.begin) * self.rate:
            self.checksum = work(self.checksum, self.n, 1)
            self.n += 1
            event = {"n": self.n, "t": time.time(), "checksum": f"{self.checksum:08x}", "pad": self.pad}
            self.send(format_event("", self.n, to_json(event)))


OP_CONTINUATION, OP_TEXT, OP_BINARY, OP_CLOSE, OP_PING, OP_PONG = 0, 1, 2, 8, 9, 10


def encode_frame(opcode, payload):
    n = len(payload)
    if n < 126:
        head = struct.pack("!BB", 0x80 | opcode, n)
    elif n < 65536:
        head = struct.pack("!BBH", 0x80 | opcode, 126, n)
    else:
        head = struct.pack("!BBQ", 0x80 | opcode, 127, n)
    return head + payload


class CloseWith(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.code = code


def decode_frame(data):
    """(opcode, is_final, payload, bytes used) of the first frame in data, or None
    when more bytes are needed. Raises CloseWith."""
    if len(data) < 2:
        return None
    opcode, n, at = data[0] & 0x0F, data[1] & 0x7F, 2
    is_final = bool(data[0] & 0x80)
    if data[0] & 0x70 or not data[1] & 0x80:
        raise CloseWith(1002)  # an extension we did not agree to, or a client that does not mask
    if opcode >= OP_CLOSE and (not is_final or n > 125):
        raise CloseWith(1002)
    if n >= 126:
        size = 2 if n == 126 else 8
        if len(data) < at + size:
            return None
        n = int.from_bytes(data[at:at + size], "big")
        at += size
    if n > MAX_FRAME_BYTES:
        raise CloseWith(1009)
    if len(data) < at + 4 + n:
        return None
    mask = bytes(data[at:at + 4]) * (n // 4 + 1)
    masked = int.from_bytes(data[at + 4:at + 4 + n], "big")
    payload = (masked ^ int.from_bytes(mask[:n], "big")).to_bytes(n, "big")
    return opcode, is_final, payload, at + 4 + n


class WebSocket(Stream):
    """The server's side of RFC 6455, text messages only."""

    kind = "ws"
    protocol = None

    def __init__(self, service, request):
        super().__init__(service, request)
        self.data = bytearray()
        self.message = None
        self.missed_pongs = 0
        self.is_closing = False

    def open(self):
        key = self.request.headers["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode("latin-1")).digest()).decode()
        protocol = f"Sec-WebSocket-Protocol: {self.protocol}\r\n" if self.protocol else ""
        self.transport.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                             f"Sec-WebSocket-Accept: {accept}\r\n{protocol}\r\n".encode())
        self.every(KEEP_ALIVE, self.ping)
        self.start()

    def start(self):
        raise NotImplementedError

    def take(self, text):
        raise NotImplementedError

    def send(self, text):
        """A client that does not take what it was sent loses what follows."""
        if self.is_closing or self.transport.get_write_buffer_size() > MAX_FRAME_BYTES:
            self.service.metrics.count_events(0, 1)
            return
        self.transport.write(encode_frame(OP_TEXT, text.encode()))
        self.service.metrics.count_events(1, 0)

    def ping(self):
        self.missed_pongs += 1
        if self.missed_pongs > 2:
            self.close(1001)
        else:
            self.transport.write(encode_frame(OP_PING, b""))

    def close(self, code):
        if not self.is_closing:
            self.is_closing = True
            self.transport.write(encode_frame(OP_CLOSE, struct.pack("!H", code)))
            self.transport.close()

    def data_received(self, data):
        self.data += data
        try:
            while not self.is_closing and (frame := decode_frame(self.data)):
                opcode, is_final, payload, used = frame
                del self.data[:used]
                self.take_frame(opcode, is_final, payload)
        except CloseWith as close:
            self.close(close.code)

    def take_frame(self, opcode, is_final, payload):
        if opcode == OP_PING:
            self.transport.write(encode_frame(OP_PONG, payload))
        elif opcode == OP_PONG:
            self.missed_pongs = 0
        elif opcode == OP_CLOSE:
            self.close(1000)
        elif opcode in (OP_TEXT, OP_CONTINUATION):
            self.gather(opcode, is_final, payload)
        else:
            raise CloseWith(1003 if opcode == OP_BINARY else 1002)

    def gather(self, opcode, is_final, payload):
        if (opcode == OP_CONTINUATION) != (self.message is not None):
            raise CloseWith(1002)
        self.message = (self.message or b"") + payload
        if len(self.message) > MAX_FRAME_BYTES:
            raise CloseWith(1009)
        if is_final:
            message, self.message = self.message, None
            try:
                text = message.decode()
            except UnicodeDecodeError:
                raise CloseWith(1007) from None
            self.take(text)

    def end(self):
        self.close(1001)


class Feed(WebSocket):
    """/steelyard/v1/ws: the samples as messages."""

    protocol = "steelyard.v1.json"
    timer = None

    def start(self):
        self.send(to_json(self.service.hello(SAMPLE_INTERVAL, "hello")))
        self.sample_every(SAMPLE_INTERVAL)

    def sample_every(self, seconds):
        if self.timer:
            self.timer.cancel()
            self.timers.discard(self.timer)
        self.timer = self.every(clamp_interval(seconds), lambda: self.send(to_json(self.service.snapshot("sample"))))

    def take(self, text):
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            raise CloseWith(1007) from None
        if not isinstance(message, dict):
            return
        interval = message.get("interval")
        if message.get("type") == "set" and isinstance(interval, (int, float)) and interval == interval:
            self.sample_every(interval)
        elif message.get("type") == "ping":
            self.send(to_json({"type": "pong", "n": message.get("n")}))

    def end(self):
        self.send('{"type":"bye","reason":"shutdown"}')
        super().end()


class Room(WebSocket):
    """/ws/room/ID: what one says, all hear."""

    def start(self):
        self.members = self.service.rooms.setdefault(self.request.path, set())
        self.members.add(self)

    def take(self, text):
        for member in list(self.members):
            member.send(text)

    def connection_lost(self, exc):
        super().connection_lost(exc)
        self.members.discard(self)
        if not self.members:
            self.service.rooms.pop(self.request.path, None)


def stream_class(request):
    """The Stream that serves a request, or None when it asks for none.
    Raises BadRequest."""
    if request.path == "/steelyard/v1/stream":
        return SampleStream
    if request.path == "/stream/sse":
        return PlainEventStream
    is_room = re.fullmatch(r"/ws/room/[A-Za-z0-9_-]{1,64}", request.path)
    if not is_room and request.path != "/steelyard/v1/ws":
        return None
    headers = request.headers
    if (headers.get("upgrade", "").lower() != "websocket" or headers.get("sec-websocket-version") != "13"
            or not headers.get("sec-websocket-key")):
        raise BadRequest("WebSocket version 13 only")
    if is_room:
        return Room
    offered = [name.strip() for name in headers.get("sec-websocket-protocol", "").split(",")]
    if Feed.protocol not in offered:
        raise BadRequest("the subprotocol is steelyard.v1.json")
    return Feed


# --- front 1: an event loop -------------------------------------------------


class CountingSelector(selectors.DefaultSelector):
    """A selector that knows how long it slept."""

    def __init__(self):
        super().__init__()
        self.idle = 0.0

    def select(self, timeout=None):
        begin = time.monotonic()
        events = super().select(timeout)
        self.idle += time.monotonic() - begin
        return events


class LoopService(Service):
    """Tasks stand in one line and run one a turn of the loop. Between two of them
    the loop reads what has arrived, so an arrival is noticed at most one task
    late, and the line's length shows in the delay of timers."""

    has_loop = True

    def __init__(self):
        super().__init__("Python asyncio", "event-loop")
        self.selector = CountingSelector()
        self.loop = asyncio.SelectorEventLoop(self.selector)
        self.line = collections.deque()

    def state(self):
        elapsed = time.monotonic() - self.started
        return {"queued": 0, "loop_idle": self.selector.idle, "loop_active": max(0.0, elapsed - self.selector.idle)}

    def join_line(self, func):
        self.line.append(func)
        if len(self.line) == 1:
            self.loop.call_soon(self.turn)

    def turn(self):
        self.line[0]()
        self.line.popleft()
        if self.line:
            self.loop.call_soon(self.turn)

    def submit(self, task, done):
        def finish():
            task.run()
            done(200, *task.answer())

        def begin():
            if task.wait > 0:
                self.loop.call_later(task.wait, self.join_line, finish)
            else:
                finish()

        self.join_line(begin)

    def start_probe(self):
        due = self.loop.time() + PROBE_INTERVAL

        def probe():
            self.metrics.observe("loop_delay", max(0.0, self.loop.time() - due))
            self.start_probe()

        self.loop.call_at(due, self.join_line, probe)

    async def sample(self):
        while True:
            await asyncio.sleep(SAMPLE_INTERVAL)
            self.keep_sample()

    async def main(self, port):
        stopped = asyncio.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            self.loop.add_signal_handler(name, stopped.set)
        server = await self.loop.create_server(lambda: LoopConnection(self), "127.0.0.1", port, backlog=1024)
        self.port = server.sockets[0].getsockname()[1]
        self.started = time.monotonic()
        self.selector.idle = 0.0
        announce(self.port)
        self.start_probe()
        sampler = self.loop.create_task(self.sample())
        await stopped.wait()
        sampler.cancel()
        for stream in list(self.feeds):
            stream.end()
        server.close()
        await asyncio.sleep(0.05 if self.feeds else 0)

    def run(self, port):
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.main(port))


class LoopConnection(asyncio.Protocol):
    """One HTTP connection on the loop."""

    def __init__(self, service):
        self.service = service
        self.transport = None
        self.buffer = RequestBuffer(service.port)
        self.request = None  # being answered
        self.timeout = None

    def connection_made(self, transport):
        self.transport = transport
        metrics = self.service.metrics
        metrics.connect("http", +1)
        if sum(metrics.connections.values()) > MAX_CONNECTIONS:
            transport.abort()
            return
        self.await_request()

    def await_request(self):
        self.timeout = self.service.loop.call_later(HEAD_DEADLINE if self.buffer.data else IDLE_SECONDS,
                                                    self.transport.close)

    def stop_timeout(self):
        if self.timeout:
            self.timeout.cancel()
            self.timeout = None

    def connection_lost(self, exc):
        self.stop_timeout()
        self.service.metrics.connect("http", -1)
        self.end(None, 0)

    def data_received(self, data):
        is_first = not self.buffer.data
        self.buffer.feed(data, time.monotonic())
        if len(self.buffer.data) > 4 * MAX_REQUEST_BYTES:
            self.transport.close()
        elif self.request is None:
            if is_first:
                self.stop_timeout()
                self.await_request()
            self.next_request()

    def next_request(self):
        try:
            request = self.buffer.next()
        except Refusal as refusal:
            self.transport.write(format_refusal(refusal))
            self.transport.close()
            return
        if request:
            self.stop_timeout()
            self.request = request
            try:
                self.route(request)
            except BadRequest as error:
                self.answer(400, "application/json", error_body(str(error)))

    def route(self, request):
        service = self.service
        request.is_counted = service.is_load(request.path)
        if request.is_counted:
            service.metrics.begin_request(request.method)
        if request.path in WORK_ROUTES:
            service.submit(service.new_task(request.path, request.query), self.answer)
            return
        observed = service.observe(request.path)
        if observed:
            self.answer(200, *observed)
        elif stream := stream_class(request):
            self.become(stream(service, request))
        else:
            self.answer(404, "application/json", error_body("no such route"))

    def become(self, stream):
        self.request = None
        self.service.metrics.connect("http", -1)
        self.transport.set_protocol(stream)
        stream.connection_made(self.transport)

    def answer(self, status, content_type, body):
        request = self.request
        if request is None:
            return  # the client went away meanwhile
        data = format_answer(status, content_type, body, request.method, request.keep_alive)
        self.transport.write(data)
        self.end(status, len(data))
        if not request.keep_alive:
            self.transport.close()
            return
        self.await_request()
        if self.buffer.data:
            self.service.loop.call_soon(self.continue_reading)

    def continue_reading(self):
        if self.request is None and not self.transport.is_closing():
            self.next_request()

    def end(self, status, n_out):
        request, self.request = self.request, None
        if request and request.is_counted:
            self.service.metrics.end_request(request.method, request.route(), status,
                                             time.monotonic() - request.arrived, request.n_bytes, n_out)


# --- front 2: threads -------------------------------------------------------

SO_TIMESTAMPNS = getattr(socket, "SO_TIMESTAMPNS", 35)
# An answer up to this size fits into the socket's buffer: writing it takes no time.
SMALL_ANSWER = 64 * 1024


def receive(sock):
    """What has come in, and when the kernel had it. The thread that reads may have
    waited long for the interpreter lock by then, and that wait is part of the
    request's."""
    data, ancillary, _, _ = sock.recvmsg(65536, 64, socket.MSG_DONTWAIT)
    age = 0.0
    for level, kind, stamp in ancillary:
        if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS and len(stamp) >= 16:
            seconds, nanoseconds = struct.unpack("qq", stamp[:16])
            age = time.time() - seconds - nanoseconds * 1e-9
    # a clock that was set meanwhile says nothing
    return data, time.monotonic() - (age if 0 <= age < 60 else 0.0)


class ThreadConnection:
    """One HTTP connection: the front reads it, then one worker has it until its
    answer is written. epoll's one-shot mode keeps the two apart."""

    def __init__(self, sock, port):
        self.sock = sock
        self.buffer = RequestBuffer(port)
        self.is_working = False
        self.touched = time.monotonic()


class ThreadService(Service):
    has_pool = True
    has_lock = True

    def __init__(self, n_workers, max_queued):
        super().__init__("Python threads", "gil-threads" if gil_is_enabled() else "free-threads")
        self.n_threads = n_workers
        self.max_queued = max_queued
        self.changed = threading.Condition()
        self.queue = collections.deque()
        self.n_busy = 0
        self.epoll = select.epoll()
        self.connections = {}  # fd → ThreadConnection; the front's
        self.closed = collections.deque()  # connections the workers are done with
        self.stream_loop = asyncio.new_event_loop()

    def state(self):
        return {"queued": len(self.queue), "busy": self.n_busy}

    # -- workers --

    def work_forever(self):
        while True:
            with self.changed:
                while not self.queue:
                    self.changed.wait()
                connection, request, task = self.queue.popleft()
                self.n_busy += 1
            self.metrics.observe("queue_wait", time.monotonic() - request.arrived)
            if task.wait > 0:
                time.sleep(task.wait)
            task.run()
            self.answer(connection, request, 200, *task.answer())
            with self.changed:
                self.n_busy -= 1

    def submit(self, connection, request, task):
        with self.changed:
            has_room = len(self.queue) < self.max_queued
            if has_room:
                self.queue.append((connection, request, task))
                self.changed.notify()
        if not has_room:
            self.metrics.reject()
            self.answer(connection, request, 503, "application/json", error_body("the queue is full"),
                        "Retry-After: 1\r\n")

    def answer(self, connection, request, status, content_type, body, extra=""):
        """From any thread; gives the connection back to the front."""
        data = format_answer(status, content_type, body, request.method, request.keep_alive, extra)
        end = time.monotonic()
        try:
            connection.sock.sendall(data)
        except OSError:
            status = None
        if len(data) > SMALL_ANSWER:
            end = time.monotonic()  # else this thread may only have waited for the lock since
        if request.is_counted:
            self.metrics.end_request(request.method, request.route(), status, end - request.arrived,
                                     request.n_bytes, len(data))
        if status is None or not request.keep_alive:
            self.let_go(connection)
        else:
            self.await_request(connection)

    def await_request(self, connection):
        connection.touched = time.monotonic()
        connection.is_working = False
        # bytes of a next request may be here already: then epoll would stay silent
        event = select.EPOLLOUT if connection.buffer.data else select.EPOLLIN
        try:
            self.epoll.modify(connection.sock.fileno(), event | select.EPOLLONESHOT)
        except (OSError, ValueError):
            self.let_go(connection)

    def let_go(self, connection):
        """The front closes: only it may touch self.connections."""
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.closed.append(connection)

    # -- the front --

    def accept(self, listener):
        try:
            sock, _ = listener.accept()
        except OSError:
            return  # the client has gone already, or there is no descriptor left
        if sum(self.metrics.connections.values()) >= MAX_CONNECTIONS:
            sock.close()
            return
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        sock.settimeout(SEND_TIMEOUT)
        self.connections[sock.fileno()] = ThreadConnection(sock, self.port)
        self.metrics.connect("http", +1)
        self.epoll.register(sock.fileno(), select.EPOLLIN | select.EPOLLONESHOT)

    def forget(self, connection):
        fd = connection.sock.fileno()
        if fd >= 0 and self.connections.pop(fd, None):
            self.metrics.connect("http", -1)
        connection.sock.close()

    def read(self, connection, event):
        if event & ~select.EPOLLOUT:
            try:
                data, arrived = receive(connection.sock)
            except OSError:
                data = b""
            if not data:
                self.forget(connection)
                return
            connection.buffer.feed(data, arrived)
        try:
            request = connection.buffer.next()
        except Refusal as refusal:
            connection.is_working = True
            try:
                connection.sock.sendall(format_refusal(refusal))
            except OSError:
                pass  # it did not wait for its refusal
            self.forget(connection)
            return
        if request is None:
            self.epoll.modify(connection.sock.fileno(), select.EPOLLIN | select.EPOLLONESHOT)
            return
        connection.is_working = True
        try:
            self.route(connection, request)
        except BadRequest as error:
            self.answer(connection, request, 400, "application/json", error_body(str(error)))

    def route(self, connection, request):
        request.is_counted = self.is_load(request.path)
        if request.is_counted:
            self.metrics.begin_request(request.method)
        if request.path in WORK_ROUTES:
            self.submit(connection, request, self.new_task(request.path, request.query))
            return
        observed = self.observe(request.path)
        if observed:
            self.answer(connection, request, 200, *observed)
        elif stream := stream_class(request):
            self.become(connection, request, stream)
        else:
            self.answer(connection, request, 404, "application/json", error_body("no such route"))

    def become(self, connection, request, stream):
        """Streams live on a loop of their own: they wait nearly all the time."""
        self.epoll.unregister(connection.sock.fileno())
        self.connections.pop(connection.sock.fileno())
        self.metrics.connect("http", -1)

        async def run():
            try:
                made = stream(self, request)
            except BadRequest as error:
                connection.sock.setblocking(False)
                body = format_answer(400, "application/json", error_body(str(error)), keep_alive=False)
                await self.stream_loop.sock_sendall(connection.sock, body)
                connection.sock.close()
                return
            await self.stream_loop.connect_accepted_socket(lambda: made, connection.sock)

        connection.sock.setblocking(False)
        asyncio.run_coroutine_threadsafe(run(), self.stream_loop)

    def sweep(self):
        """Someone who opens a connection and then dawdles keeps nothing."""
        now = time.monotonic()
        for connection in list(self.connections.values()):
            if connection.is_working:
                continue
            first_byte = connection.buffer.first_byte
            if now - connection.touched > IDLE_SECONDS and not first_byte or first_byte and now - first_byte > HEAD_DEADLINE:
                self.forget(connection)

    def run_streams(self):
        asyncio.set_event_loop(self.stream_loop)
        self.stream_loop.run_forever()

    def probe_lock(self):
        """Nobody counts the waits for the interpreter lock, so a thread sleeps and
        looks how late it runs again. Starved by other programs it is late as well."""
        while True:
            due = time.monotonic() + PROBE_INTERVAL
            time.sleep(PROBE_INTERVAL)
            self.metrics.observe("gil_wait", max(0.0, time.monotonic() - due))

    def loop(self, listener):
        next_sample = time.monotonic()
        while True:
            for fd, event in self.epoll.poll(max(0.0, next_sample - time.monotonic())):
                if fd == listener.fileno():
                    self.accept(listener)
                elif fd in self.connections:
                    self.read(self.connections[fd], event)
            while self.closed:
                self.forget(self.closed.popleft())
            if time.monotonic() >= next_sample:
                next_sample = max(next_sample + SAMPLE_INTERVAL, time.monotonic())
                self.keep_sample()
                self.sweep()

    def run(self, port):
        listener = socket.create_server(("127.0.0.1", port), backlog=1024)
        listener.setblocking(False)
        self.port = listener.getsockname()[1]
        self.epoll.register(listener.fileno(), select.EPOLLIN)
        threads = [self.work_forever] * self.n_threads + [self.run_streams, self.probe_lock]
        for target in threads:
            threading.Thread(target=target, daemon=True).start()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: sys.exit(0))
        announce(self.port)
        try:
            self.loop(listener)
        finally:
            self.say_goodbye()

    def say_goodbye(self):
        async def end_all():
            for stream in list(self.feeds):
                stream.end()
            await asyncio.sleep(0.05 if self.feeds else 0)

        asyncio.run_coroutine_threadsafe(end_all(), self.stream_loop).result(timeout=1)


# --- the program ------------------------------------------------------------


def announce(port):
    print(f"listening on http://127.0.0.1:{port}", flush=True)


def exit_with_parent():
    """The parent holds the other end of standard input."""
    # not by sys.stdin: its lock would be held when the interpreter ends
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def number_in(low, high):
    def parse(text):
        value = int(text)
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"must be {low} to {high}")
        return value

    return parse


def main():
    parser = argparse.ArgumentParser(description="The reference service of Steelyard on Python.")
    parser.add_argument("--port", type=number_in(0, 65535), default=0, help="on 127.0.0.1; 0, the default, picks one")
    parser.add_argument("--workers", type=number_in(1, 512), default=32, help="threads of the pool (32)")
    parser.add_argument("--queue", type=number_in(1, 100000), default=1024,
                        help="requests that may wait for a worker (1024)")
    parser.add_argument("--asyncio", action="store_true", help="one event loop instead of threads")
    parser.add_argument("--exit-with-parent", action="store_true", help="end when standard input does")
    options = parser.parse_args()

    if options.exit_with_parent:
        threading.Thread(target=exit_with_parent, daemon=True).start()
    try:
        service = LoopService() if options.asyncio else ThreadService(options.workers, options.queue)
        service.run(options.port)
    except OSError as error:
        sys.exit(f"server.py: 127.0.0.1:{options.port}: {error.strerror}")


if __name__ == "__main__":
    main()
