"""What approved listings teach, and how a suggestion uses it."""

from app.core.unit_of_work import unit_of_work
from app.listings.actions import teaching
from app.listings.events import VersionApproved
from app.listings.queries import newest_version
from app.taxonomy import finding
from app.taxonomy.learning import learn
from app.taxonomy.suggestion import SURE
from tests.factories.handoff import approved_listing
from tests.factories.listings import categories


def test_a_name_that_calls_the_category_suggests_it_before_anything_is_learnt(session) -> None:
    categories()
    first = finding.suggest("하늘 무선이어폰 화이트")[0]
    assert first.code == "wireless-earphones"
    assert first.sure >= SURE
    assert first.listings == 0


def test_words_no_category_has_suggest_nothing(session) -> None:
    categories()
    assert finding.suggest("콰르르르 zzqq") == []
    assert finding.suggest("") == []


def test_approved_names_teach(session) -> None:
    categories()
    assert not any(one.sure >= SURE for one in finding.suggest("크라쿠스 티엠"))
    learn(("wireless-earphones", f"크라쿠스 모델 {n}") for n in range(5))
    first = finding.suggest("크라쿠스 티엠")[0]
    assert (first.code, first.listings, first.words[0]) == ("wireless-earphones", 5, "크라쿠스")
    assert first.sure >= SURE


def test_a_listing_teaches_once_and_practice_never(session) -> None:
    listing = approved_listing(**{"name": {"ko": "도브레이 머그", "en": "Oddname mug"}})
    practice = approved_listing(practice=True, **{"name": {"ko": "쿠츠니크 머그"}})
    for each in (listing, practice):
        with unit_of_work():
            teaching.teach(VersionApproved(each.id, newest_version(each.id).id))
    assert finding.suggest("도브레이")[0].listings == 1
    assert finding.suggest("쿠츠니크") == []
    with unit_of_work():
        assert teaching.teach_all() == 1
    assert finding.suggest("도브레이")[0].listings == 1
