"""Pages of PDFs as pixels, by PDFium. Loaded beside `child.py` where a page is asked for.

What is drawn is what stands on the page, notes and filled fields included. Nothing in it runs: this
PDFium has no JavaScript, and neither forms nor embedded files are opened.
"""

from typing import Any, BinaryIO

# PDFium's codes of a file that asks for a password, or is locked in a way that it does not know.
LOCKED = (4, 5)
POINTS = 72


def load() -> None:
    """Have PDFium loaded: not with the rest, for few files need it."""
    import pypdfium2  # noqa: F401


def opened(source: BinaryIO) -> Any:
    """The PDF, which knows by `len` how many pages it has."""
    from pypdfium2 import PdfDocument

    return PdfDocument(source.read())


def drawn(pdf: Any, no: int, dots: int, side: int) -> Any:
    """Page *no*, from one, on white: *dots* an inch, or what fits a square of *side* pixels.

    A side that a page only claims to have is nothing to be made room for.
    """
    page = pdf[no - 1]
    longest = max(page.get_size())
    if not longest > 0:
        raise ValueError("a page without sides")
    return page.render(scale=min(dots / POINTS, (side - 1) / longest)).to_pil()


def is_locked(error: BaseException) -> bool:
    """Whether it was a lock that kept the file closed."""
    return getattr(error, "err_code", None) in LOCKED
