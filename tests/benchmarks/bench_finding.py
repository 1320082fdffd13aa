"""Finding a category: by its name misspelt, and from a product's name. Part of `bench-drafting`.

Seeds and sizes are fixed here. Leaf names are altered by one typing slip (a letter replaced, added,
left out, or changed places with the next; in Korean a letter is a jamo), by leaving a space out, by
two slips, or by another order of their words; found means that a leaf of that name is among the
first five. A search is compared with a warm select by primary key in the same session.
"""

import csv
import random
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from statistics import median

from sqlalchemy import select

from app.core.clock import today
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.taxonomy import finding
from app.taxonomy.importing import import_tree
from app.taxonomy.learning import learn
from app.taxonomy.loader import load
from app.taxonomy.models import CategoryNode

SEED = 20_261_125
NAMES, SPEED_SAMPLES = 1_000, 300
LETTERS = "abcdefghijklmnopqrstuvwxyz"
JAMO = [
    [chr(c) for c in range(first, last)]
    for first, last in ((0x1100, 0x1113), (0x1161, 0x1176), (0x11A8, 0x11C3))
]
Alter = Callable[[str, random.Random], str]


def measure_search(data: Path) -> dict[str, float]:
    """Import the shared taxonomy and search it: the shares found, and the price of a search."""
    started = time.perf_counter()
    with unit_of_work():
        folder = data / "taxonomy"
        import_tree(
            folder / "shopify_categories_en_ko.jsonl",
            folder / "shopify_attributes_en_ko.json",
            "shopify",
            (load().notices["other-goods"],),
            today(),
        )
    print(f"import: {time.perf_counter() - started:.1f} s")
    names = {
        language: db.session.scalars(
            select(CategoryNode.names[language].astext)
            .where(CategoryNode.leaf, CategoryNode.source == "shopify")
            .order_by(CategoryNode.code)
        ).all()
        for language in ("ko", "en")
    }
    easy = {language: _share(names[language], language, _easy) for language in names}
    hard = [_share(names[language], language, _hard) for language in names]
    found = {f"category_top5_{language}": share for language, share in easy.items()}
    return {**found, "category_top5_hard": min(hard), "search_vs_lookup": _price(names)}


def measure_suggestion(data: Path) -> float:
    """Learn from four fifths of the names, suggest for the rest: the share in the first three."""
    file = data / "products" / "pricerunner" / "pricerunner_aggregate.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = [(row[6], row[1]) for row in csv.reader(lines)]
    codes = {name: f"bench-{at}" for at, name in enumerate(sorted({name for name, _ in rows}))}
    with unit_of_work():
        for name, code in codes.items():
            words = {"ko": name, "en": name}
            db.session.add(
                CategoryNode(code=code, leaf=True, names=words, path=[words], terms=[name])
            )
    random.Random(SEED).shuffle(rows)
    cut = len(rows) * 4 // 5
    with unit_of_work():
        learn((codes[category], name) for category, name in rows[:cut])
    rest = rows[cut:]
    right = sure = sure_right = 0
    for category, name in rest:
        guesses = finding.suggest(name)
        right += codes[category] in [one.code for one in guesses]
        if guesses and guesses[0].sure >= finding.suggestion.SURE:
            sure += 1
            sure_right += guesses[0].code == codes[category]
    print(f"suggestion: {sure / len(rest):.1%} sure, {sure_right / sure:.1%} of those right")
    return right / len(rest)


def _share(names: list[str], language: str, alter: Alter) -> float:
    chance = random.Random(f"{SEED} {language} {alter.__name__}")
    asked = [(name, alter(name, chance)) for name in chance.sample(names, NAMES)]
    found = sum(_found(name, text, language) for name, text in asked)
    return round(found / len(asked), 4)


def _found(name: str, text: str, language: str) -> bool:
    return any(hit.names.text(language) == name for hit in finding.search(text, language, 5))


def _easy(name: str, chance: random.Random) -> str:
    if " " in name and chance.random() < 0.5:
        at = chance.choice([i for i, letter in enumerate(name) if letter == " "])
        return name[:at] + name[at + 1 :]
    return _slip(name, chance)


def _hard(name: str, chance: random.Random) -> str:
    words = name.split()
    if len(set(words)) > 1 and chance.random() < 0.5:
        other = words
        while other == words:
            other = chance.sample(words, len(words))
        return " ".join(other)
    return _slip(_slip(name, chance), chance)


def _slip(name: str, chance: random.Random) -> str:
    letters = list(unicodedata.normalize("NFD", name))
    at = chance.choice([i for i, letter in enumerate(letters) if letter.isalnum()])
    kin = next((some for some in JAMO if letters[at] in some), LETTERS)
    slip = chance.choice(["replace", "add", "drop", "swap"])
    if slip == "replace":
        letters[at] = chance.choice(kin)
    elif slip == "add":
        letters.insert(at, chance.choice(kin))
    elif slip == "drop":
        del letters[at]
    elif at + 1 < len(letters):
        letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return unicodedata.normalize("NFC", "".join(letters))


def _price(names: dict[str, list[str]]) -> float:
    """How many warm selects by primary key one search costs, side by side, by processor time."""
    chance = random.Random(SEED)
    codes = db.session.scalars(select(CategoryNode.code).where(CategoryNode.leaf)).all()
    searches, lookups = [], []
    for _ in range(SPEED_SAMPLES):
        language = chance.choice(["ko", "en"])
        text = _easy(chance.choice(names[language]), chance)
        searches.append(_seconds(lambda text=text, lang=language: finding.search(text, lang, 10)))
        code = chance.choice(codes)
        lookups.append(_seconds(lambda code=code: _lookup(code)))
    print(
        f"a search {median(searches) * 1000:.2f} ms,"
        f" a select by primary key {median(lookups) * 1000:.3f} ms (the floor)"
    )
    return round(median(searches) / median(lookups), 1)


def _lookup(code: str) -> None:
    db.session.expunge_all()
    db.session.execute(select(CategoryNode).where(CategoryNode.code == code)).scalar_one()


def _seconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
