"""Static files: names from content, imports put right, compressed forms beside."""

import gzip
import os
import time
from pathlib import Path

import brotli
import pytest

from app.web.assets import Assets


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "static"
    (folder / "js").mkdir(parents=True)
    (folder / "css").mkdir()
    (folder / "js" / "all.js").write_text('import "./one.js";\nimport { a } from "./two.js";\n')
    (folder / "js" / "one.js").write_text("one();\n")
    (folder / "js" / "two.js").write_text('export { a } from "./one.js";\n')
    (folder / "css" / "all.css").write_text('@import "./part.css";\n')
    (folder / "css" / "part.css").write_text("a { color: red; }\n")
    return folder


def built(source: Path) -> Assets:
    assets = Assets(source, source.parent / "served")
    assets.build()
    return assets


def test_scripts_import_each_other_by_their_served_names(source: Path) -> None:
    assets = built(source)
    served = (assets.target / assets.names["js/all.js"]).read_text()
    one, two = (Path(assets.names[f"js/{name}.js"]).name for name in ("one", "two"))
    assert served == f'import "./{one}";\nimport {{ a }} from "./{two}";\n'


def test_a_change_deep_down_renames_everything_that_leads_to_it(source: Path) -> None:
    before = dict(built(source).names)
    (source / "js" / "one.js").write_text("other();\n")
    (source / "css" / "part.css").write_text("a { color: blue; }\n")
    after = built(source).names
    assert {name for name in before if before[name] != after[name]} == set(before)


def test_styles_are_put_in_place_and_compressed(source: Path) -> None:
    assets = built(source)
    path = assets.target / assets.names["css/all.css"]
    assert path.read_text() == "a { color: red; }\n\n"
    for suffix, unpack in ((".br", brotli.decompress), (".gz", gzip.decompress)):
        packed = path.with_name(path.name + suffix).read_bytes()
        assert unpack(packed) == path.read_bytes()


def test_a_second_build_writes_nothing(source: Path) -> None:
    assets = built(source)
    times = {path: path.stat().st_mtime_ns for path in assets.target.rglob("*") if path.is_file()}
    built(source)
    assert times == {path: path.stat().st_mtime_ns for path in times}


def test_what_no_start_asked_for_in_a_month_is_dropped(source: Path) -> None:
    assets = built(source)
    old = assets.target / assets.names["css/all.css"]
    (source / "css" / "part.css").write_text("a { color: blue; }\n")
    present = built(source).names
    long_ago = time.time() - 40 * 24 * 60 * 60
    for path in assets.target.rglob("*"):
        os.utime(path, (long_ago, long_ago))
    assert built(source).names == present
    assert not list(old.parent.glob(f"{old.name}*"))
    kept = assets.target / present["css/all.css"]
    assert {path.suffix for path in kept.parent.glob(f"{kept.name}*")} == {".css", ".br", ".gz"}
