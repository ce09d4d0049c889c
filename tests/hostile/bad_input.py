"""Bad input seen in the wild, built by name; every text here is invented. The single reader and `ingest` are tested with the same."""

from __future__ import annotations

from collections.abc import Callable

SENTENCE = "Three people were killed when a bomb went off at the market in Tarsk on Monday, the police said. "


def page(body: str, head: str = "") -> str:
    return f"<!doctype html><html><head><title>Bomb in Tarsk</title>{head}</head><body>{body}</body></html>"


def article(*paragraphs: str) -> str:
    return "<article>" + "".join(f"<p>{p}</p>" for p in (paragraphs or (SENTENCE, SENTENCE))) + "</article>"


PAGES: dict[str, Callable[[], str | bytes]] = {
    "nested beyond all parsers": lambda: page("<div>" * 200_000 + article()),
    "links never closed": lambda: page("<a href=x>" * 400_000 + article()),
    "tables in tables": lambda: page("<table><tr><td>" * 3_000 + article()),
    "formatting crossed": lambda: page("<b><i><u>" * 60_000 + article()),
    "many elements": lambda: page(f"<p>{SENTENCE}</p>" * 40_000),
    "many list items": lambda: page("<ul>" + "<li>word word" * 59_000 + "</ul>"),
    "many deep elements": lambda: page(("<div>" * 100 + SENTENCE + "</div>" * 100) * 250),
    "one long paragraph": lambda: page(f"<p>{SENTENCE * 40_000}"),
    "20 MB of text": lambda: page(f"<p>{SENTENCE * 200_000}"),
    "50 MB": lambda: b"<!doctype html>" + b"a " * 25_000_000,
    "tags never ended": lambda: "<html>" + "<a" * 1_000_000,
    "comments never ended": lambda: "<html>" + "<!--" * 500_000,
    "scripts never ended": lambda: "<html>" + "<script " * 500_000 + "<script>" * 100_000,
    "white space": lambda: "<html>" + " " * 4_000_000 + article(),
    "white space first": lambda: " " * 4_000_000 + "<!--",
    "a line of dashes": lambda: "<!--" + "-" * 3_000_000,
    "a long attribute": lambda: page(f"<p class='{'x ' * 1_500_000}'>{SENTENCE}"),
    "digits": lambda: page(f"<p>{'1' * 2_000_000}</p>{article()}"),
    "JSON 200,000 deep": lambda: page(article(), f"<script type='application/ld+json'>{'[' * 200_000}</script>"),
    "JSON objects 200,000 deep": lambda: page(
        article(), "<script type='application/ld+json'>" + '{"a":' * 200_000 + "</script>"
    ),
    "JSON alone": lambda: "[" * 200_000,
    "a long title": lambda: f"<html><title>{'x ' * 500_000}</title>{article()}",
    "plain dashes": lambda: "-" * 3_000_000,
    "plain lines": lambda: "\n" * 3_000_000 + SENTENCE,
    "plain short lines": lambda: "a\n" * 1_000_000,
    "plain one line": lambda: SENTENCE * 50_000,
    "plain capitals": lambda: "By " + "A" * 3_000_000,
    "plain commas": lambda: "By " + "Aa, " * 500_000,
    "plain spaces": lambda: "TARSK" + " " * 2_000_000 + "3 MARCH",
    "plain full stops": lambda: "T" + ". " * 1_000_000,
    "plain brackets": lambda: "(" * 2_000_000,
    "an encoding declared wrongly": lambda: b"<html><meta charset=utf-16>" + article().encode(),
    "an encoding that is none": lambda: b"<html><meta charset=hex_codec>" + article().encode() + b"\xe9\x94",
    "a letter of 5,000 digits": lambda: page(
        f"<h3>Comments</h3>&#{'1' * 5_000};<title>&#x{'f' * 5_000}</title>" + article()
    ),
    "digits in one word": lambda: f"By Jane Doe\n\n{'1' * 60_000}x\n\n{SENTENCE}\n\n{'A' * 60_000}\n\n{SENTENCE}",
    "lone surrogates": lambda: page(article(SENTENCE + "&#xD800;&#0;&#x110000;", SENTENCE)),
}
