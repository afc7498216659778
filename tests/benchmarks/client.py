"""A keep-alive client that costs as little as it can: it shares the machine."""

import json
import socket
import subprocess
import sys
import threading
import time

PROCESSES, THREADS = 2, 4


class Client:
    """One connection, one address."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self.port = port
        self.connect()
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.request = ("\r\n".join(lines) + "\r\n\r\n").encode()

    def connect(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.port))
        self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def get(self) -> int:
        """The size of the answer. A connection that was idle for too long is made
        anew, as any keep-alive client does.
        """
        try:
            return self._get()
        except ConnectionError:
            self.line.close()
            self.connect()
            return self._get()

    def _get(self) -> int:
        """The answer must be a 200 that says its length."""
        self.line.sendall(self.request)
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        if not head.startswith(b"http/1.1 200"):
            raise SystemExit(f"{self.request.split()[1].decode()}: {head[:80]!r}")
        size = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        missing = size - (len(answer) - end - 4)
        while missing > 0:
            missing -= len(self._more())
        return size

    def drain(self) -> int:
        """The bytes of an answer in chunks, up to the end of the last."""
        self.line.close()
        self.connect()
        self.line.sendall(self.request)
        total, tail = 0, b""
        while not tail.endswith(b"\r\n0\r\n\r\n"):
            piece = self._more()
            total += len(piece)
            tail = (tail + piece)[-16:]
        return total

    def _more(self) -> bytes:
        piece = self.line.recv(1 << 20)
        if not piece:
            raise ConnectionError("the server hung up")
        return piece

    def close(self) -> None:
        self.line.close()


def requests_a_second(
    port: int, path: str, headers: dict[str, str], seconds: float
) -> float:
    """Eight connections at once, from processes of their own."""
    arguments = json.dumps([port, path, headers, seconds])
    running = [
        subprocess.Popen(
            [sys.executable, "-S", __file__, arguments],
            stdout=subprocess.PIPE,
        )
        for _ in range(PROCESSES)
    ]
    return sum(float(process.communicate()[0]) for process in running)


def _send_repeatedly(
    port: int, path: str, headers: dict[str, str], seconds: float
) -> float:
    counts: list[int] = []

    def ask() -> None:
        client, count = Client(port, path, headers), 0
        while time.perf_counter() < end:
            client.get()
            count += 1
        counts.append(count)
        client.close()

    end = time.perf_counter() + seconds
    threads = [threading.Thread(target=ask) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


if __name__ == "__main__":
    print(_send_repeatedly(*json.loads(sys.argv[1])))
