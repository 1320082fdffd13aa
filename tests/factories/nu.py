"""The Nu HTML checker, where there is Java and `VNU_JAR` names its jar (npm's `vnu-jar` has it)."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

JAR = os.environ.get("VNU_JAR", "")
# Known before anything is drawn: a test that cannot check its pages need not make them.
needed = pytest.mark.skipif(
    not (shutil.which("java") and Path(JAR).is_file()),
    reason="HTML is not checked here: it takes Java, and VNU_JAR to name vnu.jar",
)
# htmx has attributes of its own, which no standard knows.
OURS = r".*Attribute “hx-[a-z:-]+” not allowed on element.*"


def faults(pages: dict[str, str], folder: Path) -> list[str]:
    """What is wrong with *pages*, a line each with the page's name."""
    names = {}
    for number, (name, page) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(page, encoding="utf-8")
        names[file.name] = name
    asked = ["--format", "json", "--errors-only", "--filterpattern", OURS]
    done = subprocess.run(
        ["java", "-jar", JAR, *asked, *(str(folder / f"{n}.html") for n in range(len(pages)))],
        capture_output=True,
        text=True,
        check=False,
    )
    found = json.loads(done.stderr)["messages"]
    return sorted(
        {f"{names[Path(one['url']).name]}: {one['message']}: {one['extract']}" for one in found}
    )
