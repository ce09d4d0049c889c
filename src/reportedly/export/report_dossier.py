"""One incident of a report: its line in the list, and its dossier: who says what, through whom, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from reportedly.entries import Contradiction, Dossier, Incident, Judgement, Side, Testimony
from reportedly.export import phrases
from reportedly.export.evidence import Piece, marks, pieces
from reportedly.export.report_facts import CONTRADICTION, LOOKS, contested, field, look, many, sign, stage, text
from reportedly.export.report_numbers import charts
from reportedly.export.report_places import named
from reportedly.records import Claim

Told = tuple[Testimony, ...]
"""What one article tells of the incident: its testimonies."""
_TONE = {"denies": "no", "declines_to_confirm": "doubt", "questions": "doubt"}
_FACT_TONE = {"accomplished": "f plain", "negated": "f no", "possible": "f doubt", "probable": "f doubt"}
RELIABILITY = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
CREDIBILITY = {
    "1": "confirmed",
    "2": "probably true",
    "3": "possibly true",
    "4": "doubtful",
    "5": "improbable",
    "6": "truth cannot be judged",
}
"""NATO's Admiralty code (AJP-2.1), in words."""


def item(dossier: Dossier, number: int) -> str:
    """An incident as an item of the list, its dossier inside."""
    incident = dossier.incident
    drawn = look(incident)
    name = text(incident.incident_id)
    lines = [
        f'<li class="i {drawn}" id="{name}" data-n="{number}"><article aria-labelledby="h{number}">',
        f'<h3 id="h{number}"><a href="#{name}">{sign(drawn)}<bdi>{text(incident.title)}</bdi></a></h3>',
        f"<p class=m>{_when(incident)} · {_where(incident)}</p>",
        f"<p class=m><b class=stage>{text(stage(incident))}</b>{_toll(incident)}{_disputed(incident)}</p>",
        f"<p class=m>{_weight(incident)}</p>",
        f'<div class=d id="d{number}" role=group aria-labelledby=h{number}>',
        *_facts(incident),
        charts(dossier.testimonies),
        *_contradictions(incident),
        *_who_says_what(dossier),
        *_joined(dossier),
        "</div></article></li>",
    ]
    return "\n".join(line for line in lines if line)


def _when(incident: Incident) -> str:
    return _days(phrases.date(incident.date)) if incident.date is not None else "date not known"


def _days(words: str) -> str:
    return re.sub(r"\b\d{4}-\d\d-\d\d\b", r"<time>\g<0></time>", text(words))


def _where(incident: Incident) -> str:
    if incident.place is None:
        return "place not known"
    precision = phrases.how_exact(incident.place)
    return f"<bdi>{text(named(incident.place))}</bdi> ({text(precision)})"


def _toll(incident: Incident) -> str:
    found = [(kind, many(numbers)) for kind, numbers in (("killed", incident.killed), ("wounded", incident.wounded))]
    return "".join(f" · {kind} <b>{text(words)}</b>" for kind, words in found if words is not None)


def _disputed(incident: Incident) -> str:
    fields = list(dict.fromkeys(field(found.field) for found in contested(incident)))
    return f" · <b class=x>contested: {text(', '.join(fields))}</b>" if fields else ""


def _weight(incident: Incident) -> str:
    grade = f"{incident.grade.reliability}{incident.grade.credibility}"
    return (
        f"{phrases.counted(incident.number_of_articles, 'article')} · "
        f"{phrases.counted(incident.number_of_outlets, 'outlet')} · "
        f"<b>{phrases.counted(incident.number_of_origins, 'independent origin')}</b> · grade {text(grade)}"
    )


def _facts(incident: Incident) -> Iterator[str]:
    grade = incident.grade
    meaning = f"{RELIABILITY[grade.reliability]}, {CREDIBILITY[grade.credibility]}"
    rows = [
        ("How far", f"{text(LOOKS[look(incident)])}: {text(stage(incident))}"),
        ("By", _names(phrases.actor(actor) for actor in incident.actors) or "nobody is named"),
        ("Against", _names(incident.recipients)),
        ("With", _names(phrases.plain(weapon) for weapon in incident.weapons)),
        ("When", _when(incident)),
        ("Where", _where(incident)),
        ("Killed", _range(incident, "killed")),
        ("Wounded", _range(incident, "wounded")),
        ("Reported", _reported(incident)),
        ("Clarity", "the claims speak of several events as one" if incident.event_clarity == 2 else ""),
        ("Known from", _list(incident.origins)),
        ("Grade", f"<b>{grade.reliability}{grade.credibility}</b> {meaning}{_list(grade.reasons)}"),
        ("Identity", f"<code>{text(incident.incident_id)}</code>"),
    ]
    yield ("<dl class=facts>" + "".join(f"<dt>{label}<dd>{words}" for label, words in rows if words) + "</dl>")


def _names(names: Iterator[str] | Sequence[str]) -> str:
    return "; ".join(f"<bdi>{text(name)}</bdi>" for name in names)


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li dir=auto>{text(line)}</li>" for line in lines) + "</ul>" if lines else ""


def _range(incident: Incident, kind: str) -> str:
    numbers = incident.killed if kind == "killed" else incident.wounded
    words = many(numbers)
    if words is None:
        return "no number is given" if kind == "killed" else ""
    best = f", best {numbers.best:,}" if numbers.best is not None and numbers.low != numbers.high else ""
    return f"<b>{text(words)}</b>{best} ({phrases.counted(len(numbers.claims), 'claim')})"


def _reported(incident: Incident) -> str:
    first, last = incident.first_reported, incident.last_updated
    if first is None:
        return "no publication date is known"
    return _days(f"first {first}" + (f", last {last}" if last and last != first else ""))


def _contradictions(incident: Incident) -> Iterator[str]:
    if not incident.contradictions:
        return
    yield "<section><h4>What does not agree</h4>"
    for found in incident.contradictions:
        yield from _contradiction(found)
    yield "</section>"


def _contradiction(found: Contradiction) -> Iterator[str]:
    yield f'<div class="v {found.kind}"><p><b>{text(field(found.field))}</b>: {CONTRADICTION[found.kind]}</p><ul>'
    for side in found.sides:
        yield f"<li>{_side(side)}</li>"
    yield "</ul></div>"


def _side(side: Side) -> str:
    who = f"<bdi>{text(side.outlet or 'outlet not known')}</bdi>"
    day = _days(side.publication_date or "date not known")
    words = f"<q dir=auto>{text(side.words.text)}</q>"
    return f"<b>{text(phrases.plain(side.value))}</b> {words} <small>{who}, {day}</small>"


def _who_says_what(dossier: Dossier) -> Iterator[str]:
    roots, reprints = _by_origin(dossier.testimonies)
    yield f"<section><h4>Who says what <small>{phrases.counted(len(dossier.testimonies), 'claim')}</small></h4>"
    for told in roots:
        yield "<div class=o>"
        yield from _article(told)
        for copy in reprints.get(told[0].article.article_id, ()):
            outlet = text(phrases.outlet(copy[0].article))
            yield f"<details class=r><summary>Reprinted by <bdi>{outlet}</bdi></summary>"
            yield from _article(copy)
            yield "</details>"
        yield "</div>"
    yield "</section>"


def _by_origin(testimonies: Sequence[Testimony]) -> tuple[list[Told], dict[str, list[Told]]]:
    """Articles that are no reprint of another one here, and under each of them its reprints."""
    articles: dict[str, list[Testimony]] = {}
    for one in testimonies:
        articles.setdefault(one.article.article_id, []).append(one)
    parents = {name: told[0].reprint_of for name, told in articles.items()}
    roots: list[Told] = []
    reprints: dict[str, list[Told]] = {}
    for name, told in articles.items():
        first = _first(name, parents)
        if first == name:
            roots.append(tuple(told))
        else:
            reprints.setdefault(first, []).append(tuple(told))
    return roots, reprints


def _first(name: str, parents: dict[str, str | None]) -> str:
    seen = {name}
    while (parent := parents.get(name)) is not None and parent in parents and parent not in seen:
        seen.add(parent)
        name = parent
    return name if len(seen) < 2 or parents.get(name) not in seen else min(seen)


def _article(told: Told) -> Iterator[str]:
    article, capture = told[0].article, told[0].capture
    day = _days(article.publication_date or "date not known")
    yield (
        f"<p class=p><b><bdi>{text(phrases.outlet(article))}</bdi></b>, {day}: "
        f"<cite dir=auto>{text(phrases.title(article) if article.text else article.title or '')}</cite></p>"
    )
    address = article.url or capture.url
    where = f"<span class=url>{text(address)}</span> · " if address else ""
    yield f"<p class=h>{where}page <code>{text(capture.document_sha256)}</code></p>"
    yield "<ol class=cs>"
    for one in told:
        yield _claim(one)
    yield "</ol>"


def _claim(one: Testimony) -> str:
    claim = one.claim
    event = claim.event
    stance = claim.attribution.stance
    aside = [f"{claim.attribution.quotation} quotation"] if claim.attribution.quotation in ("direct", "mixed") else []
    aside += ["headline"] if claim.headline else []
    chips = "".join(
        f' <span class="{_FACT_TONE.get(word, "f")}">{text(word)}</span>' for word in phrases.factuality(claim)
    )
    rows = "; ".join(f"<i>{label}</i> {text(words)}" for label, words in phrases.details(claim))
    return (
        f"<li><p class=w>{_chain(one)} <em{_toned(_TONE.get(stance))}>{text(phrases.plain(stance))}</em>"
        f"{text(' · ' + ', '.join(aside)) if aside else ''}</p>"
        f"<blockquote dir=auto>{_sentence(claim)}</blockquote>"
        + (f"<p class=c><b>{text(phrases.plain(event.event_type))}</b>{chips} {rows}</p>" if event else "")
        + "</li>"
    )


def _toned(tone: str | None) -> str:
    return f" class={tone}" if tone else ""


def _chain(one: Testimony) -> str:
    chain = one.claim.attribution.chain
    if not chain:
        return f"<b dir=auto>{text(phrases.outlet(one.article))}</b> in its own voice"
    hops = []
    for station in chain:
        full = phrases.hop(station)
        bare = len(text(full)) - len(text(full[len(station.name) :]))
        hops.append(f"<b dir=auto>{text(full)[:bare]}</b>{text(full)[bare:]}")
    arrow = ' <span role="img" aria-label="through">→</span> '
    return arrow.join(hops)


def _sentence(claim: Claim) -> str:
    """The sentence with its marked words; content that runs beyond it follows, as far as it is quoted."""
    sentence = claim.sentence
    inside = [mark for mark in marks(claim) if mark.start < sentence.end and mark.end > sentence.start]
    words = "".join(_piece(piece, claim) for piece in pieces(sentence.start, sentence.end, inside))
    beyond = [s for s in claim.content if s.start >= sentence.end or s.end <= sentence.start]
    return words + "".join(f" … {text(span.text)}" for span in beyond)


def _piece(piece: Piece, claim: Claim) -> str:
    start = claim.sentence.start
    words = text(claim.sentence.text[piece.start - start : piece.end - start])
    part = piece.marks[0].part if piece.marks else "content"
    return words if part == "content" else f"<mark class={part}>{words}</mark>"


def _joined(dossier: Dossier) -> Iterator[str]:
    if not dossier.judgements:
        return
    taken_back = {one.retracts for one in dossier.judgements if one.retracts}
    count = phrases.counted(len(dossier.judgements), "judgement")
    yield f"<details class=j><summary>Why these accounts are one incident <small>{count}</small></summary><ul>"
    for one in dossier.judgements:
        yield f"<li>{_judgement(one, one.judgement_id in taken_back)}</li>"
    yield "</ul></details>"


def _judgement(one: Judgement, undone: bool) -> str:
    kind = "taken back" if one.retracts else {"same": "the same", "different": "not the same"}[one.kind]
    score = f" ({one.score:.2f})" if one.score is not None else ""
    words = f"<b>{kind}</b>{score}: <bdi>{text(one.why)}</bdi> <small>{text(one.by)}, {text(one.at[:10])}</small>"
    return f"<s>{words}</s> (taken back)" if undone else words
