"""What the shapes alone cannot say about a taxonomy: codes, groups, units, examples, languages.

Mistakes stop the start; warnings are told by `flask taxonomy lint` alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator

from app.taxonomy import lint_parts, search
from app.taxonomy.definitions import BATTERY_ANSWERS, Category, PictureRules
from app.taxonomy.lint_words import wrong_words
from app.taxonomy.loader import Node, Place, Taxonomy
from app.taxonomy.queues import queues
from app.taxonomy.yaml_lines import Mistake, TaxonomyError

Told = Iterator[tuple[Place, str]]

# A form that asks more is a form that sellers leave.
MOST_ATTRIBUTES = 25
MOST_SYNONYMS = 40
# Coupang lets items differ in three options at most; a category may offer a few more of them.
MOST_BUYING_OPTIONS = 6
AGE_LIMITS = (0, 12, 15, 19)


def checked(taxonomy: Taxonomy) -> Taxonomy:
    """*taxonomy* itself; TaxonomyError with every mistake where it is not sound."""
    mistakes = list(mistakes_of(taxonomy))
    if mistakes:
        raise TaxonomyError(mistakes)
    return taxonomy


def mistakes_of(taxonomy: Taxonomy) -> Iterator[Mistake]:
    """Every mistake of every file, at the line of its cause."""
    for category in taxonomy.categories.values():
        source = taxonomy.sources[category.code]
        for place, text in (*_category(category), *_queue(category, taxonomy)):
            yield source.mistake(place, text)
    for code, notice in taxonomy.notices.items():
        for place, text in lint_parts.notice(notice):
            yield taxonomy.notice_sources[code].mistake(place, text)
    yield from _tree(taxonomy)


def warnings_of(taxonomy: Taxonomy) -> Iterator[Mistake]:
    """What may be meant, and often is not: one word for two leaves, shared parts nobody uses."""
    yield from _shared_synonyms(taxonomy)
    for key, document in taxonomy.shared.items():
        for name in document.data:
            # A certification or document may wait for its category; a group is there to be shared.
            if key in ("attributes", "fields") and (key, name) not in taxonomy.used:
                yield document.mistake((name,), f"nobody uses {name!r}")
    parents = {node.parent for node in taxonomy.nodes.values()} | set(taxonomy.parents.values())
    for node in taxonomy.nodes.values():
        if node.code not in parents:
            yield _in_tree(taxonomy, node, f"{node.code!r} has no leaf")


def _category(category: Category) -> Told:
    if not lint_parts.CODE.fullmatch(category.code):
        yield ("code",), f"code {category.code!r} is not kebab-case"
    yield from (
        (("names",), text) for text in wrong_words(category.names, "the name", symbols=False)
    )
    yield from _synonyms(category)
    yield from lint_parts.repeated("attributes", category.attributes)
    yield from lint_parts.repeated("certifications", category.certifications)
    yield from lint_parts.repeated("documents", category.documents)
    for n, attribute in enumerate(category.attributes):
        for text in lint_parts.attribute(attribute):
            yield ("attributes", n), f"attribute {attribute.code!r}: {text}"
    for n, rule in enumerate(category.certifications):
        for text in lint_parts.certification(rule):
            yield ("certifications", n), f"certification {rule.code!r}: {text}"
    for n, document in enumerate(category.documents):
        for text in lint_parts.document(document):
            yield ("documents", n), f"document {document.code!r}: {text}"
    yield from _batteries(category)
    yield from _groups(category)
    yield from _limits(category)
    yield from _days(category)


def _synonyms(category: Category) -> Told:
    if len(category.synonyms) > MOST_SYNONYMS:
        yield ("synonyms",), f"more than {MOST_SYNONYMS} synonyms"
    own = {search.normalise(name) for name in (category.names.ko, category.names.en)}
    seen: set[str] = set()
    for n, synonym in enumerate(category.synonyms):
        said = search.normalise(synonym)
        if not said or said in own or said in seen:
            why = "is empty" if not said else "is already its name or synonym"
            yield ("synonyms", n), f"synonym {synonym!r} {why}"
        seen.add(said)


def _batteries(category: Category) -> Told:
    asked = {attribute.code for attribute in category.attributes}
    for n, document in enumerate(category.documents):
        if document.when == "battery" and not asked & set(BATTERY_ANSWERS):
            yield ("documents", n), f"document {document.code!r}: no attribute tells of a battery"


def _groups(category: Category) -> Told:
    members: dict[str, list[int]] = defaultdict(list)
    for n, attribute in enumerate(category.attributes):
        if attribute.group:
            members[attribute.group].append(n)
    for group, places in members.items():
        asked = {category.attributes[n].required for n in places}
        if len(places) < 2:
            yield ("attributes", places[0]), f"group {group!r} has one member"
        elif len(asked) > 1:
            text = f"group {group!r}: all of its members are required, or none"
            yield ("attributes", places[0]), text


def _limits(category: Category) -> Told:
    if len(category.attributes) > MOST_ATTRIBUTES:
        yield ("attributes",), f"more than {MOST_ATTRIBUTES} attributes"
    if len(category.buying_options) > MOST_BUYING_OPTIONS:
        yield ("attributes",), f"more than {MOST_BUYING_OPTIONS} buying options"
    if not category.notices:
        yield ("notices",), "no notice class to choose from"
    for code, times in Counter(n.code for n in category.notices).items():
        if times > 1:
            yield ("notices",), f"notice class {code!r} is offered {times} times"
    if category.age_limit not in AGE_LIMITS:
        yield ("age_limit",), f"no age limit {category.age_limit}: {AGE_LIMITS}"
    for text in lint_parts.pictures(category.own_pictures or PictureRules()):
        yield ("pictures",), text


def _queue(category: Category, taxonomy: Taxonomy) -> Told:
    # One that comes from the tree is the tree's mistake.
    inherited = taxonomy.nodes[taxonomy.parents[category.code]].queue
    if category.queue != inherited and category.queue not in queues():
        yield ("queue",), f"no queue {category.queue!r} in queues.yaml"


def _days(category: Category) -> Told:
    if category.grace_until and category.grace_until < category.effective_on:
        yield ("grace_until",), "the grace period ends before effective_on"


def _tree(taxonomy: Taxonomy) -> Iterator[Mistake]:
    for node in taxonomy.nodes.values():
        above = taxonomy.nodes[node.parent].queue if node.parent else ""
        for text in _node(node, above):
            yield _in_tree(taxonomy, node, text)


def _node(node: Node, inherited: str) -> Iterator[str]:
    if not lint_parts.CODE.fullmatch(node.code):
        yield f"code {node.code!r} is not kebab-case"
    yield from wrong_words(node.names, f"the name of {node.code!r}", symbols=False)
    if node.queue != inherited and node.queue not in queues():
        yield f"{node.code!r}: no queue {node.queue!r} in queues.yaml"


def _in_tree(taxonomy: Taxonomy, node: Node, text: str) -> Mistake:
    place: Place = (node.code,)
    above = node.parent
    while above is not None:
        place = (above, "children", *place)
        above = taxonomy.nodes[above].parent
    assert taxonomy.tree is not None  # noqa: S101 - nodes come from it
    return taxonomy.tree.mistake(place, text)


def _shared_synonyms(taxonomy: Taxonomy) -> Iterator[Mistake]:
    """Synonyms that another leaf has too; a name that is another's synonym counts as well."""
    leaves: dict[str, set[str]] = defaultdict(set)
    for category in taxonomy.categories.values():
        for term in search.terms_of(category.names, category.synonyms):
            leaves[search.normalise(term)].add(category.code)
    for category in taxonomy.categories.values():
        for n, synonym in enumerate(category.synonyms):
            others = sorted(leaves[search.normalise(synonym)] - {category.code})
            if others:
                text = f"synonym {synonym!r} is also a word for {', '.join(others)}"
                yield taxonomy.sources[category.code].mistake(("synonyms", n), text)
