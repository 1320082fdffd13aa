"""Items that say the same where each has to say its own."""

from collections import defaultdict
from collections.abc import Callable, Iterator

from app.validation.labels import Labels
from app.validation.subject import ItemSubject, Subject


def twins(
    subject: Subject, key: Callable[[ItemSubject], str]
) -> Iterator[tuple[ItemSubject, dict[str, str]]]:
    """Each item whose *key* an earlier one has too, with that one's label; '' is no key."""
    alike: dict[str, list[ItemSubject]] = defaultdict(list)
    for item in subject.items:
        if found := key(item):
            alike[found].append(item)
    labels = Labels(subject.category, subject.content)
    for first, *others in alike.values():
        for item in others:
            yield item, labels.item(first.id).as_dict()
