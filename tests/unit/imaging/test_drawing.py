"""Pages of PDFs as pictures: real ones are drawn, and nothing that one does escapes its process."""

import io
import itertools
import tempfile

import pytest
from PIL import Image

from app.journey.imaging import darkroom
from app.journey.imaging.darkroom import Drawn
from tests.factories import pdfs


def draw(data: bytes, no: int = 1) -> Drawn:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        return darkroom.draw(file, no)


def picture(drawn: Drawn) -> Image.Image:
    assert drawn.fault == ""
    return Image.open(io.BytesIO(drawn.data))


def bars(shown: Image.Image) -> int:
    """How many of the bars that `pdfs.pages` draws stand on a page."""
    column = shown.convert("L").crop((900, 0, 901, shown.height)).tobytes()
    dark = [value < 128 for value in column]
    return sum(now and not before for before, now in itertools.pairwise(dark))


@pytest.mark.parametrize("no", [1, 2, 3])
def test_every_page_is_drawn_as_it_is(no: int) -> None:
    drawn = draw(pdfs.pages(3), no)
    shown = picture(drawn)
    assert drawn.pages == 3
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (2066, 2924))
    assert bars(shown) == no


def test_fine_print_is_dark_on_white() -> None:
    shown = picture(draw(pdfs.pages()))
    # 5 points high, 60 from the corner.
    printed = shown.convert("L").crop((205, 2690, 600, 2720))
    low, high = printed.getextrema()
    assert low < 100 and high > 250


@pytest.mark.parametrize(
    ("box", "size"),
    [
        (b"[0 0 20000000 20000000]", (3999, 3999)),
        (b"[0 0 1e30 1e30]", None),
        (b"[0 0 14400 1]", (3999, 1)),
        (b"[0 0 0 0]", None),
        (b"[100 100 -100 -100]", (695, 695)),
        (b"[0 0 .01 .01]", (1, 1)),
    ],
)
def test_sides_that_a_page_claims_are_no_room(box: bytes, size: tuple[int, int] | None) -> None:
    shown = picture(draw(pdfs.pages(box=box)))
    # What is no size at all is taken for a sheet of letter paper.
    assert shown.size == (size or (2125, 2750))


def test_nothing_of_it_runs_and_nothing_but_pixels_comes_out() -> None:
    drawn = draw(pdfs.acting())
    assert bars(picture(drawn)) == 1
    assert b"SECRET" not in drawn.data and b"JavaScript" not in drawn.data


@pytest.mark.parametrize(
    ("data", "pages", "fault"),
    [
        (pdfs.locked(), 0, "locked"),
        (b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", 0, "broken"),
        (pdfs.pages()[:300], 0, "broken"),
        (b"", 0, "broken"),
        (pdfs.without_pages(), 0, "broken"),
        (pdfs.claiming(1_000_000), 1_000_000, "broken"),
        (pdfs.in_a_ring(), 3, "broken"),
        (pdfs.unpacking_to(900_000_000), 1, "too-heavy"),
        (pdfs.drawing_itself(), 1, "too-heavy"),
    ],
)
def test_what_cannot_be_drawn_is_a_verdict(data: bytes, pages: int, fault: str) -> None:
    assert draw(data) == Drawn(pages, fault)


def test_one_after_a_bad_one_is_drawn() -> None:
    assert draw(pdfs.in_a_ring()).fault
    assert bars(picture(draw(pdfs.pages(2), 2))) == 2
