"""The report in a real browser: its three views show one selection, nothing is asked for, and hostile words stay text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser.chromium import Browser, chromium, needs_chromium
from reported_dossiers import HOSTILE, MADE, dossiers, hostile

from reportedly.entries import Question
from reportedly.export.report import page

pytestmark = needs_chromium
LEFT = "[...document.querySelectorAll('#list .i:not([hidden])')].map((item) => +item.dataset.n)"
DOTS = "[...document.querySelectorAll('.spot:not(.gone):not(.out)')].map((mark) => mark.dataset.place).sort()"
BARS = "[...document.querySelectorAll('#time .bar')].length"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("profile")) as started:
        yield started


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(page(dossiers(), Question(), MADE), "utf-8")
    return path


@pytest.mark.parametrize(
    ("fragment", "left"),
    [
        ("", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("#type=bombing", [0, 2, 3, 4, 6]),
        ("#type=arson&type=killing", [1, 5]),
        ("#stage=foiled&stage=planned", [1, 2]),
        ("#stage=denied", [3]),
        ("#weapon=artillery", [7]),
        ("#outlet=Klaxon", [3]),
        ("#actor=Red+Dawn+Front&type=shelling", [7]),
        ("#from=2025-03-12&until=2025-03-13", [2, 4]),
        ("#until=1994-06-01", [6]),
        ("#date=none", [5]),
        ("#place=country%3ANE", [4]),
        ("#place=none", [5]),
        ("#place=14.200%2C8.300%2C2&place=none", [1, 5]),
        ("#box=-1,16,0,17", [7]),
        ("#box=12,13,13,14&type=arson", []),
        ("#contested=yes", [0]),
        ("#q=diffa", [3]),
        ("#q=NURSE+ruiz+shelling", [7]),
        ("#q=no+such+words", []),
        ("#type=no-such-type", []),
        ("#place=no-such-place&box=1,2,x&from=yesterday&show=nobody&__proto__=1", [0, 1, 2, 3, 4, 5, 6, 7]),
        ("#%E0%A4%A", [0, 1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_a_fragment_is_a_selection(browser: Browser, report: Path, fragment: str, left: list[int]) -> None:
    """A bookmarked selection comes back; what the fragment says wrongly is left aside."""
    browser.open(report, fragment)
    assert browser.ask(LEFT) == left
    assert browser.ask("+document.documentElement.dataset.left") == len(left)
    assert browser.ask("document.querySelector('.empty').hidden") == bool(left)
    assert browser.complaints() == []


def test_the_three_views_show_the_same(browser: Browser, report: Path) -> None:
    """A chip takes incidents from the list, the map and the timeline alike, and the country is hatched only while one is left."""
    browser.open(report)
    assert browser.ask(DOTS) == [
        "13.300,12.600,1",
        "13.500,7.100,1",
        "14.200,8.300,2",
        "16.300,-0.040,1",
        "17.000,9.000,5",
    ]
    browser.ask("document.querySelector('[data-facet=type] input[value=arson]').click()")
    assert browser.ask(LEFT) == [1]
    assert browser.ask(DOTS) == ["14.200,8.300,2"]
    assert browser.ask(BARS) == 1
    assert browser.ask("document.querySelectorAll('.only:not(.out)').length") == 0
    assert browser.ask("document.querySelector('#count').textContent") == "1 of 8 incidents"
    assert "type=arson" in browser.ask("location.hash")


def test_brushing_days_filters_the_map_and_the_list(browser: Browser, report: Path) -> None:
    """Drawing over columns of the timeline chooses their days; a click on the same column takes it back."""
    browser.open(report)
    columns = browser.ask(
        "[...document.querySelectorAll('#time g > title')].map((title) => title.textContent.slice(0, 10))"
    )
    first, last = columns.index("2025-03-12"), columns.index("2025-03-14")
    browser.mouse(browser.middle("#time g", first), browser.middle("#time g", last))
    assert browser.ask(LEFT) == [2, 4, 7]
    assert browser.ask(DOTS) == ["16.300,-0.040,1", "17.000,9.000,5"]
    assert "from=2025-03-12&until=2025-03-14" in browser.ask("location.hash")
    browser.mouse(browser.middle("#time g", last))
    assert browser.ask(LEFT) == [2, 7]
    browser.mouse(browser.middle("#time g", last))
    assert len(browser.ask(LEFT)) == 8


def test_a_place_and_a_box_filter_the_list_and_the_timeline(browser: Browser, report: Path) -> None:
    """A click picks a place, a drag with Shift draws a box, and each can be taken away by its chip."""
    browser.open(report)
    browser.mouse(browser.middle('[data-place="16.300,-0.040,1"] .dot'))
    assert browser.ask(LEFT) == [7] and browser.ask(BARS) == 1
    assert browser.ask("document.querySelector('.spot.on').getAttribute('aria-pressed')") == "true"
    browser.ask("document.querySelector('.chip').click()")
    assert len(browser.ask(LEFT)) == 8
    x, y = browser.middle('[data-place="13.300,12.600,1"] .cut')
    browser.mouse((x - 20, y - 20), (x, y), (x + 20, y + 20), shift=True)
    assert browser.ask(LEFT) == [3]
    assert "box=" in browser.ask("location.hash")
    browser.ask("document.querySelector('.tray button').click()")
    assert browser.ask(LEFT) == []
    browser.ask("document.getElementById('all').click()")
    assert len(browser.ask(LEFT)) == 8 and "box=" not in browser.ask("location.hash")


def test_the_way_back_is_the_browsers_own(browser: Browser, report: Path) -> None:
    """Each step is one of the browser's history."""
    browser.open(report)
    browser.ask("document.querySelector('[data-facet=type] input[value=arson]').click()")
    browser.ask("history.back()")
    browser.wait(f"{LEFT}.length === 8")


def test_everything_can_be_done_by_keys(browser: Browser, report: Path) -> None:
    """Arrow keys go through incidents, places and days, and move and enlarge the map; Enter chooses, Escape takes back."""
    browser.open(report)
    browser.ask("document.querySelector('.i h3 a').focus()")
    browser.key("ArrowDown")
    assert browser.ask("document.activeElement.closest('.i').dataset.n") == "1"
    assert browser.ask("document.querySelector('#pane h3').textContent") == "Arson foiled"
    before = browser.ask("document.getElementById('map').getAttribute('viewBox')")
    browser.ask("document.getElementById('map').focus()")
    for name, text in (("ArrowLeft", ""), ("+", "+")):
        browser.key(name, text=text)
    browser.wait(f"document.getElementById('map').getAttribute('viewBox') !== {before!r}")
    browser.ask("document.querySelector('.spot[tabindex=\"0\"]').focus()")
    place = browser.ask("document.activeElement.dataset.place")
    browser.key("ArrowRight")
    assert browser.ask("document.activeElement.dataset.place") != place
    browser.key("Enter", text="\r")
    assert browser.ask(DOTS) == [browser.ask("document.activeElement.dataset.place")]
    browser.ask("document.getElementById('all').click()")
    browser.ask("document.getElementById('time').focus()")
    browser.key("ArrowRight")
    browser.key("ArrowRight", shift=True)
    assert browser.ask("document.querySelectorAll('.brush').length") == 1
    browser.key("Escape")
    assert len(browser.ask(LEFT)) == 8


def test_every_control_has_a_name(browser: Browser, report: Path) -> None:
    """A screen reader has words for each button, input, mark and picture, and a table beside map and timeline."""
    browser.open(report)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    spoken = [
        node
        for node in nodes
        if not node["ignored"]
        and node["role"]["value"] in ("button", "textbox", "searchbox", "checkbox", "combobox", "link", "image", "Date")
    ]
    assert len(spoken) > 25
    assert [node for node in spoken if not node.get("name", {}).get("value")] == []
    assert browser.ask("document.querySelectorAll('#places button, #days button').length") > 10


def test_the_chosen_incident_stands_beside_the_list_and_on_a_phone_in_it(browser: Browser, report: Path) -> None:
    """Choosing moves the one dossier; nothing is there twice, nothing is lost, and no phone must be scrolled sideways."""
    browser.open(report, "#show=inc-00000000000000000003")
    assert browser.ask("document.querySelector('#pane .d').getAttribute('aria-labelledby')") == "h3"
    assert browser.ask("document.querySelectorAll('.d').length") == 8
    browser.resize(390, 844)
    browser.wait("document.querySelector('#pane').hidden")
    assert browser.ask("document.querySelector('.i.open .d').getBoundingClientRect().height") > 100
    assert browser.ask("document.documentElement.scrollWidth") <= 390
    assert browser.ask("document.querySelectorAll('.d').length") == 8


def test_an_inexact_place_is_no_point(browser: Browser, report: Path) -> None:
    """A place within 25 km or in a vague region has no dot at any scale, but a disc that is never smaller than seven pixels."""
    browser.open(report)
    for zoom in ("Zoom out", "Zoom in"):
        browser.ask(f"for (let n = 0; n < 9; n += 1) document.querySelector('[aria-label=\"{zoom}\"]').click()")
        browser.ask("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert browser.ask(
            "[...document.querySelectorAll('.area .dot')].every((dot) => getComputedStyle(dot).display === 'none')"
        )
        assert browser.ask(
            "[...document.querySelectorAll('.disc')].every((disc) => disc.getBoundingClientRect().height >= 13)"
        )


def test_without_a_script_the_dossiers_are_there(browser: Browser, report: Path) -> None:
    """With scripts off the list stands with every dossier open, under a drawn map and timeline."""
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(report)
        assert browser.ask("[...document.querySelectorAll('.d')].every((one) => one.checkVisibility())")
        assert browser.ask("document.getElementById('filters').checkVisibility()") is False
        assert browser.ask("document.querySelectorAll('.spot').length") == 5
        assert browser.ask(BARS) > 3
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def test_paper_shows_every_dossier_of_the_selection(browser: Browser, report: Path) -> None:
    """In print what is filtered away stays away, and the dossiers of the rest are open."""
    browser.open(report, "#type=bombing")
    browser.call("Emulation.setEmulatedMedia", media="print")
    try:
        browser.ask("dispatchEvent(new Event('beforeprint'))")
        assert browser.ask("document.querySelectorAll('.i:not([hidden]) .d').length") == 5
        assert browser.ask(
            "[...document.querySelectorAll('.i:not([hidden]) .d')].every((one) => one.checkVisibility())"
        )
        assert browser.ask("document.getElementById('filters').checkVisibility()") is False
        browser.ask("dispatchEvent(new Event('afterprint'))")
    finally:
        browser.call("Emulation.setEmulatedMedia", media="")
    assert browser.ask("document.querySelectorAll('#pane .d').length") == 1


def test_nothing_is_asked_for(browser: Browser, report: Path) -> None:
    """Opening, filtering and choosing ask for the file itself and for nothing else; the policy has nothing to refuse."""
    browser.open(report)
    for selector in ("[data-facet=type] input", ".i h3 a", "#tools button", ".tray button"):
        browser.ask(f"document.querySelector({selector!r}).click()")
    assert browser.requests() == [report.as_uri()]
    assert browser.complaints() == []


CORPUS = [
    HOSTILE,
    "<img src=x onerror=document.title='owned'>",
    "<svg onload=document.title='owned'>",
    '"><iframe srcdoc="<script>parent.document.title=\'owned\'</script>">',
    "' onmouseover='document.title=\"owned\"' x='",
    "</style><script>document.title='owned'</script>",
    "</title></textarea></script><script>document.title='owned'</script>",
    "<!--<script>",
    "]]></svg><script>document.title='owned'</script>",
    "javascript:document.title='owned'",
    "data:text/html,<script>document.title='owned'</script>",
    "{{constructor.constructor('document.title=1')()}} ${document.title=1}",
    "\u202e\u2066evil\u2069\u202c \u2028 \u2029 \x00 \ufeff",
    "<a href=https://evil.example>click</a> <base href=https://evil.example> <meta http-equiv=refresh content=0;url=https://evil.example>",
    "<form action=https://evil.example><button>go</button></form> <link rel=stylesheet href=https://evil.example/x.css>",
    "&lt;script&gt; &#x3c;script&#x3e; %3Cscript%3E \\u003cscript\\u003e",
]


@pytest.mark.parametrize("words", CORPUS, ids=range(len(CORPUS)))
def test_hostile_words_are_shown_as_text(browser: Browser, tmp_path: Path, words: str) -> None:
    """Whatever stands in a title, a name, an outlet, an address or a sentence: no element, no request, no script, and it can be read."""
    path = tmp_path / "report.html"
    path.write_text(page([hostile(words), *dossiers()[:2]], Question(text=words), MADE, title=words), "utf-8")
    browser.open(path)
    browser.ask("document.querySelector('[data-facet=outlet] input').click()")
    browser.ask("for (const one of document.querySelectorAll('*')) one.dispatchEvent(new MouseEvent('mouseover'))")
    assert browser.ask("document.title") != "owned"
    assert (
        browser.ask(
            "document.querySelectorAll('iframe, img, base, link, embed, object, #list script, form button, [onerror], [onmouseover], [onload]').length"
        )
        == 0
    )
    assert browser.ask("document.scripts.length") == 2
    assert browser.ask("[...document.links].every((link) => link.getAttribute('href').startsWith('#'))")
    assert browser.requests() == [path.as_uri()]
    assert browser.complaints() == []
    shown = browser.ask("document.querySelector('[data-n=\"0\"] h3').textContent")
    assert [letter for letter in words if letter.isalnum()] == [letter for letter in shown if letter.isalnum()]
    assert not set("\u202e\u2066\u2028\x00") & set(shown)
