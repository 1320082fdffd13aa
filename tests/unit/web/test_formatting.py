"""Money, numbers and times as each language reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale

from app.core.clock import now
from app.web import formatting, vocabulary

AT = datetime(2026, 11, 22, 5, 5, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def request_of_a_page(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ko", ["12,900원", "-5원", "12,9x", "", "2026. 11. 22. 14:05", "3분 전", "2시간 전"]),
        ("en", ["₩12,900", "-₩5", "12,9x", "", "22 Nov 2026, 14:05", "3 min ago", "2 h ago"]),
    ],
)
def test_what_people_read(language: str, expected: list[str]) -> None:
    with force_locale(language):
        said = [
            *(formatting.money(value) for value in (12900, -5, "12,9x", None)),
            formatting.moment(AT),
            formatting.ago(AT, AT + timedelta(minutes=3, seconds=59)),
            formatting.ago(AT, AT + timedelta(minutes=179)),
        ]
    assert said == expected


def test_thousands_stand_apart_in_counted_things(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{{ ngettext('%(num)s piece', '%(num)s pieces', count) }}, "
        "{{ ngettext('%(num)s order waits to be paid', '%(num)s orders wait to be paid', count) }}"
    )
    with force_locale("en"):
        assert template.render(count=12480) == "12,480 pieces, 12,480 orders wait to be paid"
        assert template.render(count=1) == "1 piece, 1 order waits to be paid"
    with force_locale("ko"):
        assert "12,480건" in template.render(count=12480)


def test_a_day_later_the_moment_itself_is_told() -> None:
    with force_locale("en"):
        assert formatting.ago(AT, AT + timedelta(hours=24)) == "22 Nov 2026, 14:05"
        assert formatting.ago(AT, AT - timedelta(seconds=1)) == "22 Nov 2026, 14:05"
        assert formatting.ago(AT, AT + timedelta(seconds=59)) == "just now"


def test_times_carry_their_instant() -> None:
    before = now().replace(microsecond=0)
    with force_locale("ko"):
        html = formatting.countdown(AT + timedelta(milliseconds=750), done="<끝>")
    assert 'datetime="2026-11-22T05:05:30.750+00:00"' in html
    drawn = datetime.fromisoformat(html.split('data-now="')[1].split('"')[0])
    assert before <= drawn <= now(), "by which a wrong clock is put right"
    assert ">14:05:30까지<" in html
    assert 'data-done="&lt;끝&gt;"' in html


@pytest.mark.parametrize(
    ("length", "ko", "en"),
    [
        (timedelta(minutes=41), "41분", "41 min"),
        (timedelta(hours=3, minutes=10), "3시간", "3 h"),
        (timedelta(hours=49), "2일", "2 days"),
        (timedelta(seconds=-5), "0분", "0 min"),
    ],
)
def test_spans(length: timedelta, ko: str, en: str) -> None:
    with force_locale("ko"):
        assert formatting.span(length) == ko
    with force_locale("en"):
        assert formatting.span(length) == en


@pytest.mark.parametrize(
    ("count", "said"), [(0, "0 KB"), (312_400, "312 KB"), (4_200_000, "4.2 MB")]
)
def test_sizes(count: int, said: str) -> None:
    assert formatting.size(count) == said


def test_a_filter_of_a_constant_speaks_each_readers_language(app: Flask) -> None:
    template = app.jinja_env.from_string(
        "{{ {'ko': '가격', 'en': 'Price'}|words }} {{ 900|money }}"
    )
    said = []
    for language in ("ko", "en"):
        with force_locale(language):
            said.append(template.render())
    assert said == ["가격 900원", "Price ₩900"]


def test_every_badge_has_its_word_and_icon(app: Flask) -> None:
    icons = (app.extensions["assets"].source / "images" / "icons.svg").read_text()
    for code, badge in vocabulary.BADGES.items():
        assert f'id="{badge.icon}"' in icons, code
        with force_locale("ko"):
            assert str(badge.label) != badge.label._args[1], code


def test_stored_states_read_as_badges() -> None:
    assert vocabulary.badge_of("changes_requested").role == "turn"
    assert vocabulary.badge_of("no-such-state").role == "rest"
