"""axe-core on a page as it stands: `assert faults_of(page) == []`.

The script is evaluated through the debugger, which the page's content policy does not bind; nothing
of the policy has to be lifted for it.
"""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent / "vendor" / "axe.min.js"
RUN = "options => axe.run(document, options).then(found => found.violations)"
OPTIONS = {"resultTypes": ["violations"]}


def faults_of(page: Page, rules: Sequence[str] = ()) -> list[str]:
    """A line for each broken rule: its name, how bad, and the first three places.

    With *rules* those alone are asked for.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    return [
        _line(each) for each in page.evaluate(RUN, OPTIONS | ({"runOnly": rules} if rules else {}))
    ]


def _line(violation: dict[str, object]) -> str:
    nodes = violation["nodes"]
    assert isinstance(nodes, list)
    places = "; ".join(" ".join(map(str, node["target"])) for node in nodes[:3])
    return f"{violation['id']} ({violation['impact']}): {places}"


def sideways(page: Page) -> int:
    """CSS pixels by which the page is wider than its window: 0 is right."""
    wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return max(0, int(wide))
