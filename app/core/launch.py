"""Start a program that ends when its parent does, whatever ended the parent.

Run as a file, before anything of ours is imported:

    python -I launch.py SIGNAL PARENT [--not-root] -- PROGRAM ARGUMENT...

The kernel sends SIGNAL to the program when the thread that started this one, in the process
PARENT, ends (Linux only).
`--not-root` lets root start what refuses to be root (PostgreSQL): in a user namespace of its own,
where root is called nobody and the files stay root's. Exit status 71 means that this machine
allows no such namespace.
"""

import ctypes
import os
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
NOBODY = 65534
REFUSED = 71


def main(arguments: list[str]) -> int:
    """Become the program. Returns only when that cannot be."""
    signal, parent, *rest = int(arguments[0]), int(arguments[1]), *arguments[2:]
    libc = ctypes.CDLL(None, use_errno=True)
    if rest[0] == "--not-root":
        rest = rest[1:]
        if os.geteuid() == 0 and not _become_nobody(libc):
            return REFUSED
    # After any change of user: such a change would clear it.
    libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() == parent:
        os.execvp(rest[1], rest[1:])  # noqa: S606 - no shell is wanted
    return 0


def _become_nobody(libc: ctypes.CDLL) -> bool:
    group = os.getegid()
    if libc.unshare(CLONE_NEWUSER) != 0:
        return False
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
        Path("/proc/self/gid_map").write_text(f"{NOBODY} {group} 1")
    except OSError:
        return False
    return os.geteuid() == NOBODY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
