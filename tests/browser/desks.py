"""Desks that no other test looks at: `python -m tests.browser.desks COUNT`.

COUNT speakers wait in the queue of FULL, who leads it, beside one whose label is in fine print and
whose paper is a picture, one whose paper is a PDF, and an appeal. Nothing ever waits for EMPTY. Run
by `Stack.python`.
"""

import io
import sys

from PIL import Image, ImageDraw
from sqlalchemy import select

from app import create_app
from app.accounts import actions as accounts
from app.accounts.models import Person, ReviewerQueue
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, appeals, claims
from app.journey.review.models import QueueTimes, ReviewCase
from tests.browser.waiting import LIKE, person, submit
from tests.factories import pdfs

EMPTY, FULL, OTHER = "empty@onshelf.example", "full@onshelf.example", "other@onshelf.example"
QUEUE, NOTHING, CATEGORY = "electronics", "beauty", "bluetooth-speakers"
LABEL, PAPER = "Speaker with a label", "battery-test.png"
APPEALED = "Appealed speaker"
CERTIFIED, CERTIFICATE = "Speaker with a certificate", "battery-test.pdf"
LONG = "물에 젖어도 되고 떨어뜨려도 되는 여행용 초경량 접이식 휴대용 무선 스피커"
GROUNDS = "상자의 뒷면에 적힌 이름 그대로입니다. 두 번째 사진을 보세요."


def main() -> None:
    """Make the people and what waits for them."""
    with create_app().app_context():
        with unit_of_work():
            for email, queue in ((EMPTY, NOTHING), (FULL, QUEUE), (OTHER, QUEUE)):
                _reviewer(email, queue)
            # What is decided here stays to be undone.
            db.session.merge(QueueTimes(queue=QUEUE, hold_seconds=3600))
        count = int(sys.argv[1])
        for number in range(1, count + 1):
            submit(number, CATEGORY, {"ko": f"{LONG} {number}", "en": f"Speaker {number}"})
        # Last, so that whoever claims the next case does not come upon these.
        named = {"ko": "글자가 작은 스피커", "en": LABEL}
        submit(count + 1, CATEGORY, named, _label(), (PAPER, _paper(), "image/png"))
        certificate = (CERTIFICATE, pdfs.pages(3), "application/pdf")
        named = {"ko": "인증서가 있는 스피커", "en": CERTIFIED}
        submit(count + 3, CATEGORY, named, paper=certificate)
        named = {"ko": LONG, "en": APPEALED}
        _reject_and_appeal(submit(count + 2, CATEGORY, named))


def _reviewer(email: str, queue: str) -> None:
    made = accounts.make_person(email, "남궁하늘별", person(LIKE).password, "ko")
    accounts.grant(made, "reviewer", (queue,))
    db.session.flush()
    db.session.merge(ReviewerQueue(person_id=made.id, queue=queue, lead=email == FULL))


def _reject_and_appeal(listing_id: int) -> None:
    who: Person = person(OTHER)
    with unit_of_work():
        case_id = db.session.scalars(
            select(ReviewCase.id).where(ReviewCase.listing_id == listing_id)
        ).one()
        claims.claim(case_id, who.id)
        reasons = [{"code": "attribute-wrong", "path": "name.ko"}]
        actions.decide(case_id, who.id, "reject", reasons, "이름을 확인하세요.", "두 번째", hold=0)
    with unit_of_work():
        appeals.appeal(listing_id, None, GROUNDS)


def _label() -> bytes:
    """A label whose lines cannot be told apart where a screen shows all of it."""
    image = Image.new("RGB", (3600, 3600), "white")
    draw = ImageDraw.Draw(image)
    for line in range(60):
        draw.text((300, 300 + 34 * line), f"{line}: KC R-R-ABC-SPEAKER 5V 1A", "black")
    draw.ellipse((1400, 1000, 3500, 3100), fill="teal")
    return _saved(image, "JPEG")


def _paper() -> bytes:
    image = Image.new("RGB", (1700, 2400), "white")
    ImageDraw.Draw(image).rectangle((200, 200, 1500, 900), outline="black", width=6)
    return _saved(image, "PNG")


def _saved(image: Image.Image, kind: str) -> bytes:
    made = io.BytesIO()
    image.save(made, kind)
    return made.getvalue()


if __name__ == "__main__":
    main()
