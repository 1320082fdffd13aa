"""One process of `bench_imaging`: examines so many pictures when it is told to."""

import sys
from pathlib import Path

from tests.benchmarks.bench_imaging import SIZES, ours, photograph


def main() -> None:
    """Say `ready`, wait for a line, do them, say `done`."""
    examine, keep, limits = ours(Path(sys.argv[2]))
    data = photograph(*SIZES["12mp"])
    examine(keep(data), limits)
    print("ready", flush=True)
    sys.stdin.readline()
    for _ in range(int(sys.argv[1])):
        examine(keep(data), limits)
    print("done", flush=True)


if __name__ == "__main__":
    main()
