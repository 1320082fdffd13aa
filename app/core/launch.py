"""Start a program that ends when its parent does, whatever ended the parent.

Run as a file, before anything of ours is imported:

    python -I launch.py SIGNAL PARENT [--not-root FOLDER...] -- PROGRAM ARGUMENT...

The kernel sends SIGNAL to the program when the thread that started this one, in the process
PARENT, ends (Linux only).

`--not-root` lets root start what refuses to be root (PostgreSQL) on the FOLDERs: in a user
namespace of its own, where root is called nobody and the files stay root's. Where that is not
allowed (in many containers), as the user nobody, who is given the folders and may pass through
others. Exit status 71 means that neither could be.
"""

import ctypes
import os
import struct
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_KEEPCAPS = 8
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000
NOBODY = 65534
REFUSED = 71


def main(arguments: list[str]) -> int:
    """Become the program. Returns only when that cannot be."""
    signal, parent = int(arguments[0]), int(arguments[1])
    cut = arguments.index("--")
    flags, command = arguments[2:cut], arguments[cut + 1 :]
    libc = ctypes.CDLL(None, use_errno=True)
    if flags and os.geteuid() == 0 and not _step_down(libc, [Path(f) for f in flags[1:]]):
        return REFUSED
    # After any change of user: such a change would clear it.
    libc.prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)
    if os.getppid() == parent:
        os.execvp(command[0], command)  # noqa: S606 - no shell is wanted
    return 0


def _step_down(libc: ctypes.CDLL, folders: list[Path]) -> bool:
    # Before the namespace is made: inside it nobody else's files can be given away.
    _give(folders, 0)
    if libc.unshare(CLONE_NEWUSER) == 0:
        return _be_called_nobody()
    return _be_nobody(libc, folders)


def _be_called_nobody() -> bool:
    try:
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"{NOBODY} 0 1")
        Path("/proc/self/gid_map").write_text(f"{NOBODY} 0 1")
    except OSError:
        return False
    return os.geteuid() == NOBODY


def _be_nobody(libc: ctypes.CDLL, folders: list[Path]) -> bool:
    try:
        _give(folders, NOBODY)
        libc.prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0)
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    except OSError:
        return False
    # The folders may lie below ones that only root may enter.
    header = struct.pack("=Ii", CAPABILITY_VERSION_3, 0)
    kept = 1 << CAP_DAC_OVERRIDE
    libc.capset(header, struct.pack("=6I", kept, kept, kept, 0, 0, 0))
    libc.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0)
    return True


def _give(folders: list[Path], owner: int) -> None:
    # A folder that has been the other kind's: what is in it goes along.
    for folder in folders:
        if folder.stat().st_uid != owner:
            for path in [folder, *folder.rglob("*")]:
                os.chown(path, owner, owner, follow_symlinks=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
