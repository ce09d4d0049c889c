"""date: Annotated -> the date mentions of the article, in order, resolved against its publication date.

A mention's words are the date without its preposition. What cannot be resolved (a relative date where the publication
date is not known, "two weeks earlier" with nothing to stand on, a day that no calendar has) is kept with its words and
``resolved: false``. Precision codes are UCDP's (``docs/reference.md``).
"""

from __future__ import annotations

from datetime import date as Day
from functools import lru_cache

from spacy.tokens import Doc, Token

from reportedly.lexicons import Lexicon
from reportedly.records import Article, EventDate
from reportedly.stages import _date_grammar as grammar
from reportedly.stages._calendar import Stretch, shift
from reportedly.stages._date_rules import Context, Found, Tense, resolve
from reportedly.stages._lowered import lowered
from reportedly.stages.drafts import Annotated, Sentence

MAX_CLIMB = 12
"""How far up the parse the verb of a date is looked for."""
LOOK_BACK = 24
"""How many characters before a date are looked at for the word before it."""
EARLIEST_YEAR = 1500
"""Four figures below it are a time of day or a count."""
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your"})
PRESENT = frozenset({"is", "are", "am", "'s", "'re"})


class DateWords(Lexicon, frozen=True, kw_only=True, eq=False):
    """The words of ``lexicons/dates.toml``. Compared by identity, so as to be a key."""

    ambiguous_months: frozenset[str]
    short_months: frozenset[str]
    day_parts: tuple[str, ...]
    future_auxiliaries: frozenset[str]
    future_nouns: frozenset[str]
    future_governors: frozenset[str]
    future_passives: frozenset[str]
    past_auxiliaries: frozenset[str]
    month_prepositions: frozenset[str]
    year_prepositions: frozenset[str]
    not_a_year_before: frozenset[str]
    name_followers: frozenset[str]
    not_dates: tuple[str, ...]
    months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, int]
    deictic: dict[str, int]
    numbers: dict[str, int]
    holidays: dict[str, str]
    known: dict[str, str]


def date(annotated: Annotated, words: DateWords) -> tuple[EventDate, ...]:
    """Every date mention in the sentences of `annotated`, in order."""
    compiled = _grammar(words)
    lower = lowered(annotated.article.text)
    published = annotated.article.publication_date
    today = Day.fromisoformat(published) if published else None
    found: list[EventDate] = []
    for sentence in annotated.sentences:
        start, end = sentence.tokens.start_char, sentence.tokens.end_char
        if compiled.anchor.search(lower, start, end):
            found += _in_sentence(_Reader(annotated, sentence, lower, today, words), compiled, start, end)
    return tuple(found)


@lru_cache(maxsize=4)
def _grammar(words: DateWords) -> grammar.Grammar:
    months = grammar.choice(w for w in words.months if w not in words.short_months)
    short = grammar.choice(words.short_months)
    classes = {
        "MONTH": rf"(?:{months}|{short}\.?)",
        "WEEKDAY": grammar.choice(words.weekdays) + r"\b",
        "SEASON": grammar.choice(words.seasons),
        "PART": grammar.choice(words.day_parts),
        "DEICTIC": grammar.choice(words.deictic),
        "NUMBER": rf"(?:\d{{1,3}}|{grammar.choice(words.numbers)})",
        "HOLIDAY": grammar.choice(words.holidays),
        "KNOWN": grammar.choice(words.known),
        "NOT_DATE": grammar.choice(words.not_dates),
    }
    tables = (words.months, words.weekdays, words.seasons, words.deictic, words.holidays, words.known)
    return grammar.build(classes, [*(word for table in tables for word in table), *grammar.ANCHORS])


class _Reader:
    """One sentence with what its mentions are read against."""

    def __init__(
        self, annotated: Annotated, sentence: Sentence, lower: str, today: Day | None, words: DateWords
    ) -> None:
        self.article: Article = annotated.article
        self.doc: Doc = annotated.doc
        self.sentence = sentence
        self.lower = lower
        self.today = today
        self.words = words

    def token(self, offset: int) -> Token:
        """The token at `offset`."""
        low, high = self.sentence.tokens.start, self.sentence.tokens.end - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.doc[middle].idx <= offset:
                low = middle
            else:
                high = middle - 1
        return self.doc[low]

    def before(self, offset: int) -> str:
        """The word before `offset`, in lower case; empty at the start of the sentence."""
        head = self.lower[max(self.sentence.tokens.start_char, offset - LOOK_BACK) : offset].split()
        return head[-1].strip("(\"'[,") if head else ""

    def after(self, offset: int) -> Token | None:
        """The token that begins at or after `offset`, if the sentence has one."""
        token = self.token(offset)
        number = token.i if token.idx >= offset else token.i + 1
        return self.doc[number] if number < self.sentence.tokens.end else None


def _in_sentence(reader: _Reader, compiled: grammar.Grammar, start: int, end: int) -> list[EventDate]:
    found: list[EventDate] = []
    pending: list[tuple[int, int, Found]] = []
    for match in compiled.any_rule.finditer(reader.lower, start, end):
        name, pattern = compiled.rules[match.lastgroup or ""]
        parts = pattern.match(reader.lower, match.start(), end)
        if parts is None or name == "name":
            continue
        first, last = parts.span()
        groups = {key: value for key, value in parts.groupdict().items() if value is not None}
        if _is_name(reader, first, last) or not _is_date(reader, name, groups, first, last):
            continue
        context = Context(reader.today, _tense(reader, first), reader.words)
        pending.append((first, last, resolve(name, groups, context)))
    for number, (first, last, item) in enumerate(pending):
        following = pending[number + 1] if number + 1 < len(pending) else None
        stretch = _from_anchor(reader, last, item, following) if item.unit else item.stretch
        stretch = _since(reader, first, last, stretch)
        found.append(_event_date(reader, first, last, stretch))
    return found


def _event_date(reader: _Reader, first: int, last: int, stretch: Stretch | None) -> EventDate:
    while last > first and not reader.article.text[last - 1].strip():
        last -= 1
    mention = reader.article.span(first, last)
    if stretch is None:
        return EventDate(start=None, end=None, date_prec=None, resolved=False, mention=mention)
    return EventDate(
        start=stretch.first.isoformat(),
        end=stretch.last.isoformat(),
        date_prec=stretch.date_prec,
        resolved=True,
        mention=mention,
    )


def _since(reader: _Reader, first: int, last: int, stretch: Stretch | None) -> Stretch | None:
    """A date after "since" opens a stretch that runs to the publication date; in "since 2009, when …" what was then is told, too."""
    if stretch is None or reader.today is None or reader.before(first) != "since" or stretch.first > reader.today:
        return stretch
    if reader.lower[last : last + 6].lstrip(" ,").startswith("when"):
        return stretch
    return Stretch(stretch.first, reader.today)


def _from_anchor(reader: _Reader, last: int, item: Found, following: tuple[int, int, Found] | None) -> Stretch | None:
    """ "Two days after the 3 May bombing": counted from a day that follows at once."""
    if following is None or item.unit is None:
        return None
    first, _, anchor = following
    between = reader.lower[last:first].split()
    if anchor.stretch is None or anchor.stretch.date_prec != 1 or between not in ([], ["the"], ["a"]):
        return None
    moved = shift(anchor.stretch.first, item.number, item.unit)
    return None if moved is None else Stretch(moved, moved)


def _is_name(reader: _Reader, first: int, last: int) -> bool:
    """The Sunday Times, the 6 April Movement, the "9 May" front: a date in a name is no date of anything."""
    if reader.lower[max(0, first - 1) : first] == reader.lower[last : last + 1] == '"':
        return True
    if reader.lower[last : last + 1] not in (" ", "\n"):
        return False
    token = reader.after(last)
    if token is None:
        return False
    if token.lower_ == "youth" and token.i + 1 < reader.sentence.tokens.end:
        token = token.nbor()
    return token.lower_ in reader.words.name_followers and reader.article.text[token.idx].isupper()


def _is_date(reader: _Reader, rule: str, groups: dict[str, str], first: int, last: int) -> bool:
    if rule == "year":
        return "mod" in groups or _is_year(reader, int(groups["y"]), first, last)
    if rule in ("month", "day_month", "days_month"):
        return _is_month(reader, rule, groups, first, last)
    if rule == "year_to_year":
        return groups["y2"] > groups["y"][-len(groups["y2"]) :] and _plausible(reader, int(groups["y"]))
    if rule == "holiday":  # "a Christmas market" is no date, "on Christmas Eve" is
        token = reader.token(first)
        return token.dep_ != "compound" or token.head.idx < last
    if rule == "window":
        return "n" in groups or not reader.lower[first:last].endswith("s")
    if rule == "relative":
        return groups["rel"] != "last" or reader.before(first) not in POSSESSIVES  # his last year in office
    if rule == "anchored":
        return groups["n"] != "the" or reader.before(first) != "in"  # not: late in the day after falling
    return True


def _is_month(reader: _Reader, rule: str, groups: dict[str, str], first: int, last: int) -> bool:
    """May, March and August are words, too; short forms need a day or a year beside them."""
    word = groups["m"].rstrip(".")
    at = first + reader.lower[first:last].rindex(word)
    source = reader.article.text
    written = source[at : at + len(word)]
    shouted = written.isupper() and reader.token(at).text != written
    if source[at].islower() or (shouted and rule != "month" and _is_modal(reader, at, last)):
        return False
    if rule != "month" or groups.keys() & {"y", "yh", "ry", "yy", "mod", "rel"}:
        return True
    if word in reader.words.short_months:
        return False
    if word not in reader.words.ambiguous_months:
        return True
    if reader.before(first) in reader.words.month_prepositions:
        return True
    return not shouted and reader.token(at).ent_type_ == "DATE"


def _is_modal(reader: _Reader, at: int, last: int) -> bool:
    """In capitals "MAY" may be the verb: then a bare infinitive follows."""
    token, following = reader.token(at), reader.after(last)
    return token.lower_ == "may" and following is not None and following.tag_ in ("VB", "RB")


def _is_year(reader: _Reader, number: int, first: int, last: int) -> bool:
    following = reader.after(last)
    adjacent = reader.lower[last : last + 1] in (" ", "\n", "-", "%") and following is not None
    if following is not None and adjacent and following.lower_ in reader.words.not_a_year_before:
        return False
    preceded = reader.before(first) in reader.words.year_prepositions
    counts = adjacent and following is not None and following.tag_ in ("NNS", "NNPS")
    if number < EARLIEST_YEAR:  # "from 0400 until 1100" is a time of day
        return False
    if number < 1900:  # as likely a count: only after words that nothing but a time follows
        return not counts and reader.before(first) in reader.words.month_prepositions
    if not _plausible(reader, number):
        return False
    if counts:
        return reader.before(first) in ("the", "in", "since", "during")
    return preceded or reader.token(first).ent_type_ == "DATE" or reader.lower[first - 1 : first] == "("


def _plausible(reader: _Reader, number: int) -> bool:
    return number <= (reader.today.year + 40 if reader.today else 2060)


def _tense(reader: _Reader, first: int) -> Tense:
    """Whether the verb that the date hangs on is yet to happen ("will meet in August", "is due on Monday"), has
    happened, or does not tell ("arrives on 3 May", "a decision to meet on 3 May")."""
    words = reader.words
    token = reader.token(first)
    to_come = False
    for _ in range(MAX_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            helpers = [t.lower_ for t in token.lefts if t.dep_ in ("aux", "auxpass")]
            if not words.future_auxiliaries.isdisjoint(helpers):
                return "past" if "have" in helpers else "future"
            if token.lemma_ in words.future_governors and _is_pending(token, helpers, words, infinitive=to_come):
                return "future"
            if token.tag_ == "VB" and token.dep_ == "ROOT" and "to" in helpers:
                return "future"  # a headline: "Markets to stay closed until Friday"
            if token.tag_ != "VB":
                return _finite(token, helpers, to_come=to_come, headline=reader.sentence.headline)
            to_come = to_come or "to" in helpers
        elif token.lemma_ in words.future_nouns:
            return "future"
        elif token.pos_ == "ADJ" and token.lemma_ in words.future_governors:
            late = not words.past_auxiliaries.isdisjoint(t.lower_ for t in (token.head, *token.lefts))
            return "past" if late else "future"
        if token.head.i == token.i:
            break
        token = token.head
    return "open"


def _finite(token: Token, helpers: list[str], *, to_come: bool, headline: bool) -> Tense:
    """The tense of a finite verb that is no future: of what it urges ("calls on them to vote on Sunday") the future."""
    present = token.tag_ in ("VBZ", "VBP") or (token.tag_ == "VBG" and not PRESENT.isdisjoint(helpers))
    if to_come:
        return "future" if present else "open"
    return "open" if token.tag_ in ("VBZ", "VBP") and not helpers and not headline else "past"


def _is_pending(token: Token, helpers: list[str], words: DateWords, *, infinitive: bool) -> bool:
    """ "Is scheduled", "plans to", "has been set": what its complement says has not happened."""
    if token.tag_ == "VBD" or not words.past_auxiliaries.isdisjoint(helpers):
        return False
    if token.tag_ in ("VBZ", "VBP"):
        return infinitive
    return infinitive or (token.tag_ == "VBN" and token.lemma_ in words.future_passives)
