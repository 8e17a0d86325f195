"""The child process: takes one job after the other from its input until that is closed."""

import ctypes
import os
import resource
import signal
import sys
from typing import BinaryIO

import msgspec

from backend.platform.workshop.frames import HEAD, Job, Result, lengths, pack
from backend.platform.workshop.tasks import TASKS, CannotRead

_MEMORY = 512 * 1024 * 1024
_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Serve jobs; nothing but frames ever goes out through the pipe."""
    jobs = os.fdopen(os.dup(0), "rb")
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _restrict(int(sys.argv[1]))
    while head := jobs.read(HEAD):
        words, blob = lengths(head)
        job = msgspec.msgpack.decode(jobs.read(words), type=Job)
        _answer(job, jobs.read(blob), results)


def _restrict(parent: int) -> None:
    """Take away what the tasks do not need; end at once when the parent has already gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        raise SystemExit


def _answer(job: Job, blob: bytes, results: BinaryIO) -> None:
    _limit_cpu(job.seconds)
    made = b""
    try:
        answer, made = TASKS[job.task](job.payload, blob)
        result = Result(answer=answer)
    except CannotRead as refusal:
        result = Result(unreadable=refusal.reason)
    except MemoryError:
        result = Result(unreadable="memory")
    except Exception as fault:  # noqa: BLE001 - the parent hears of every fault
        result = Result(fault=f"{type(fault).__name__}: {fault}"[:2000])
    results.writelines(pack(result, made))
    results.flush()


def _limit_cpu(seconds: int) -> None:
    """Give this job its own seconds; one that takes more is killed by the kernel."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
