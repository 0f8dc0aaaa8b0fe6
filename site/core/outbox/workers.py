"""Which process is sending, and whether it still lives."""

import os
import socket

import psutil


def this_worker() -> str:
    """Name this process: host, number and start, because numbers come again."""
    return f"{socket.gethostname()}/{os.getpid()}/{psutil.Process().create_time():.0f}"


def is_gone(worker: str) -> bool:
    """Tell whether ``worker`` ran on this host and is no more; of another host's nothing is known."""
    host, number, started = worker.rsplit("/", 2)
    if host != socket.gethostname():
        return False
    try:
        process = psutil.Process(int(number))
        # The system's idea of when it booted, and so of a process's start, wanders by a second or two.
        return process.status() == psutil.STATUS_ZOMBIE or abs(process.create_time() - int(started)) > 5
    except psutil.NoSuchProcess:
        return True
