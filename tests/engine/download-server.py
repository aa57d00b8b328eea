# SPDX-License-Identifier: GPL-3.0-or-later
"""A web server on the loopback device that misbehaves as its addresses say:
http://127.0.0.1:PORT/BEHAVIOUR/FILE. Prints its port; ends when its input does.

Usage: download-server.py FOLDER LOG. Every request becomes a line of LOG:
BEHAVIOUR FILE RANGE IF-RANGE, with - for a header that was not sent."""

import os
import re
import socket
import socketserver
import struct
import sys
import threading
import time

FOLDER, LOG = sys.argv[1:]
LOCK = threading.Lock()
TAG = '"first"'
END = b"\r\n\r\n"


class Handler(socketserver.BaseRequestHandler):
    """One connection. Raw, since a proper library would not let it lie."""

    def handle(self):
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            while self.serve():
                pass
        except OSError:
            pass

    def serve(self):
        """Answers one request; whether the connection may take another."""
        head = b""
        while END not in head:
            more = self.request.recv(4096)
            if not more:
                return False
            head += more
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip()
                   for name, _, value in (line.partition(":") for line in lines[1:])}
        behaviour, name = lines[0].split()[1].lstrip("/").rsplit("/", 1)
        asked, condition = headers.get("range", "-"), headers.get("if-range", "-")
        with LOCK, open(LOG, "a", encoding="utf-8") as log:
            log.write(f"{behaviour} {name} {asked} {condition}\n")
        with open(os.path.join(FOLDER, name), "rb") as file:
            self.data = file.read()
        match = re.fullmatch(r"bytes=(\d+)-", asked)
        self.start = int(match[1]) if match else 0
        if self.start and condition not in ("-", TAG):
            self.start = 0
        kind, _, number = behaviour.partition("-")
        return getattr(self, kind)(int(number or 0))

    def send(self, *parts):
        for part in parts:
            self.request.sendall(part.encode("latin-1") if isinstance(part, str) else part)

    def head(self, status="200 OK", length=None, *more):
        lines = [f"HTTP/1.1 {status}", *more]
        if length is not None:
            lines.append(f"Content-Length: {length}")
        self.send("\r\n".join(lines), END)

    def right_head(self, tag=TAG, length=None):
        """The head of a right answer; what is left to send."""
        rest = self.data[self.start:]
        total = len(self.data)
        length = len(rest) if length is None else length
        kind = ["Content-Type: application/gzip"] + ([f"ETag: {tag}"] if tag else [])
        if self.start:
            kind.append(f"Content-Range: bytes {self.start}-{total - 1}/{total}")
        self.head("206 Partial Content" if self.start else "200 OK", length, *kind)
        return rest

    def silence(self):
        """Until the other side has had enough."""
        while self.request.recv(4096):
            pass
        return False

    # Good ones

    def ok(self, _):
        self.send(self.right_head())
        return True

    def norange(self, _):
        """Knows nothing of ranges."""
        self.start = 0
        self.send(self.right_head(tag=None))
        return True

    def slow(self, size):
        """A piece of that size every few milliseconds."""
        rest = self.right_head()
        for at in range(0, len(rest), size):
            self.send(rest[at:at + size])
            time.sleep(0.01)
        return True

    def chunked(self, _):
        self.head("200 OK", None, "Transfer-Encoding: chunked")
        for at in range(0, len(self.data), 1000):
            piece = self.data[at:at + 1000]
            self.send(f"{len(piece):x}\r\n", piece, "\r\n")
        self.send("0", END)
        return True

    def unsized(self, _):
        """As long as the connection lasts, in the manner of HTTP/1.0."""
        self.send("HTTP/1.0 200 OK", END, self.data)
        return False

    def encoded(self, _):
        """Calls the archive an encoding, as some servers do with .gz files."""
        self.head("200 OK", len(self.data), "Content-Encoding: gzip", "Content-Type: text/plain")
        self.send(self.data)
        return True

    def redirect(self, _):
        self.head("302 Found", 0, "Location: /ok/" + self.name())
        return True

    def renewed(self, _):
        """Has another version by now, and says so."""
        if self.start:
            self.head("412 Precondition Failed", 0)
            return True
        self.send(self.right_head(tag='"second"'))
        return True

    def swapped(self, _):
        """Has another version by now, and goes on with it as if nothing had happened."""
        self.send(self.right_head(tag='"second"' if self.start else TAG))
        return True

    def elsewhere(self, _):
        """Answers with another range than the one asked for."""
        if self.start:
            total = len(self.data)
            self.head("206 Partial Content", total - 1, f"Content-Range: bytes 1-{total - 1}/{total}")
            self.send(self.data[1:])
            return True
        return self.ok(0)

    def resized(self, _):
        """Goes on with a file of another size."""
        if self.start:
            total = len(self.data)
            self.head("206 Partial Content", total - self.start,
                      f"Content-Range: bytes {self.start}-{total - 1}/{total + 1}")
            self.send(self.data[self.start:])
            return True
        return self.ok(0)

    def unsatisfied(self, _):
        if self.start:
            self.head("416 Range Not Satisfiable", 0)
            return True
        return self.ok(0)

    # Bad ones

    def cut(self, number):
        self.send(self.right_head()[:number])
        return False

    def reset(self, number):
        self.send(self.right_head()[:number])
        time.sleep(0.05)
        self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.request.close()
        return False

    def chunkcut(self, number):
        self.head("200 OK", None, "Transfer-Encoding: chunked")
        self.send(f"{len(self.data):x}\r\n", self.data[:number])
        return False

    def unsizedcut(self, number):
        self.send("HTTP/1.0 200 OK", END, self.data[:number])
        return False

    def stall(self, number):
        self.send(self.right_head()[:number])
        return self.silence()

    def silent(self, _):
        return self.silence()

    def drip(self, _):
        """A head that never ends, a letter at a time."""
        self.send("HTTP/1.1 200 OK\r\nX-Long: ")
        while True:
            self.send("x")
            time.sleep(0.02)

    def flood(self, _):
        """A head that never ends, as fast as it goes."""
        self.send("HTTP/1.1 200 OK\r\n")
        while True:
            self.send("X-Long: " + "x" * 1000 + "\r\n")

    def longer(self, _):
        """Announces more than it is."""
        self.send(self.right_head(length=len(self.data) + 1000))
        return False

    def shorter(self, _):
        """Announces less than it is."""
        self.send(self.right_head(length=len(self.data) // 2))
        return False

    def empty(self, _):
        self.head("200 OK", 0)
        return True

    def negative(self, _):
        self.head("200 OK", -1)
        self.send(self.data[:100])
        return False

    def endless(self, _):
        """More and more of the wrong bytes."""
        self.head("200 OK", None, "Transfer-Encoding: chunked")
        while True:
            self.send("1000\r\n", b"x" * 4096, "\r\n")

    def wrong(self, _):
        """Right in everything but one bit."""
        rest = bytearray(self.right_head())
        rest[len(rest) // 2] ^= 1
        self.send(rest)
        return True

    def html(self, _):
        page = "<!DOCTYPE html><title>Sign in</title>".ljust(len(self.data))
        self.head("200 OK", len(page), "Content-Type: text/html; charset=utf-8")
        self.send(page)
        return True

    def status(self, number):
        page = "<p>Sorry</p>"
        self.head(f"{number} Some\tWords", len(page), "Content-Type: text/html")
        self.send(page)
        return True

    def loop(self, _):
        self.head("302 Found", 0, "Location: /loop/" + self.name())
        return True

    def lost(self, _):
        self.head("302 Found", 0)
        return True

    def local(self, _):
        """Sends to a file of the reader's own machine."""
        self.head("302 Found", 0, "Location: file://" + os.path.join(FOLDER, self.name()))
        return True

    def noise(self, _):
        self.send(b"\x00\xff\x13 not HTTP at all \r\n\r\n")
        return False

    def hangup(self, _):
        return False

    def name(self):
        with LOCK, open(LOG, encoding="utf-8") as log:
            return log.read().split("\n")[-2].split()[1]


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request, client_address):
        """Nothing that a handler does wrong may stay unseen."""
        super().handle_error(request, client_address)
        os._exit(1)


with Server(("127.0.0.1", 0), Handler) as server:
    print(server.server_address[1], flush=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()
    os._exit(0)
