"""A seller who uploads photographs through the pages while there is no room, and afterwards."""

import io
import random
import re

from PIL import Image

from app.accounts.demo import PASSWORD
from app.surfaces.cli.practice_goods import CATEGORY
from app.surfaces.cli.visitor import Page, UnexpectedError, Visitor
from tests.chaos.journal import Journal

SELLER = "owner@baum.example"
# Fewer than any category allows.
A_DRAFT = 8


class Uploader:
    """Signs in and starts drafts; `upload` sends one photograph nobody has had before."""

    def __init__(self, base: str, dice: random.Random, journal: Journal) -> None:
        self.visitor = Visitor(base)
        self.dice = dice
        self.journal = journal
        self.path = ""
        self.listings: list[int] = []
        self._left = 0

    def prepare(self) -> None:
        """While all is well."""
        page = self.visitor.get("/sign-in")
        form = page.form("/sign-in")
        form.fill("email", SELLER)
        form.fill("password", PASSWORD)
        self.visitor.send(page, form)
        self._start_draft()

    def _start_draft(self) -> None:
        page = self.visitor.get(f"/listings/new?q={CATEGORY}")
        form = next(
            f for f in page.forms if any(b[:2] == ("category", CATEGORY) for b in f.buttons)
        )
        draft = self.visitor.send(page, form, ("category", CATEGORY))
        found = re.search(r"/listings/(\d+)/draft", draft.url)
        if found is None:
            raise UnexpectedError(f"no draft opened: {draft.url} {draft.said()}")
        self.listings.append(int(found[1]))
        self.path, self._left = f"/listings/{found[1]}", A_DRAFT

    def upload(self) -> str:
        """What became of one photograph: taken, full, error, or away (nobody answered)."""
        try:
            became = _became(self._send())
        except UnexpectedError as error:
            said = str(error)
            became = "away" if "does not answer" in said else "error"
            became = "full" if "answered 507" in said else became
            # While the database is away a page says so.
            became = "away" if "answered 503" in said else became
            self.journal.write(what="upload", became=became, why=said[:200])
        else:
            self.journal.write(what="upload", became=became)
        return became

    def _send(self) -> Page:
        if not self._left:
            self._start_draft()
        # What never answered may have been taken.
        self._left -= 1
        draft = self.visitor.get(f"{self.path}/draft")
        file = ("noise.jpg", photograph(self.dice), "image/jpeg")
        return self.visitor.send(draft, draft.form("/pictures"), ("pictures", file))


def _became(page: Page) -> str:
    return "taken" if page.status == 200 else f"answered {page.status}"


def photograph(dice: random.Random) -> bytes:
    """A JPEG of noise, more than half a megabyte."""
    small = Image.frombytes("RGB", (700, 700), dice.randbytes(700 * 700 * 3))
    out = io.BytesIO()
    small.resize((1000, 1000)).save(out, "JPEG", quality=95)
    return out.getvalue()
