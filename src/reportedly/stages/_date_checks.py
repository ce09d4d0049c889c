"""What the date stage asks of the parse and of the words around a match: is it a date at all, and of which tense is its verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date as Day

from spacy.tokens import Doc, Token

from reportedly.records import Article
from reportedly.stages._date_rules import Groups, Tense
from reportedly.stages._date_words import DateWords
from reportedly.stages.drafts import Annotated, Sentence

MAX_CLIMB = 12
"""How far up the parse the verb of a date is looked for."""
LOOK_BACK = 24
"""How many characters before a date are looked at for the word before it."""
EARLIEST_YEAR = 1500
"""Four figures below it are a time of day or a count."""
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our", "your"})
PRESENT = frozenset({"is", "are", "am", "'s", "'re"})


class Reading:
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


def is_name(reader: Reading, first: int, last: int) -> bool:
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


def is_date(reader: Reading, rule: str, groups: Groups, first: int, last: int) -> bool:
    """Whether what `rule` matched is a time expression here."""
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
    if rule == "bare_season":
        return _is_season(reader, first, last)
    check = CHECKS.get(rule)
    return check is None or check(reader, groups, first, last)


def _is_season(reader: Reading, first: int, last: int) -> bool:
    """ "In the spring", but not "a spring", "the fall of the city", "the summer offensive"."""
    if reader.before(first) not in (*reader.words.month_prepositions, "by"):
        return False
    token, following = reader.token(last - 1), reader.after(last)
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return following is None or (
        following.pos_ not in ("NOUN", "PROPN", "ADJ") and following.lower_ not in ("of", "in")
    )


def _is_clock(reader: Reading, groups: Groups, first: int, last: int) -> bool:
    """ "5.30 pm" and "17:30"; "5.30" alone is a number."""
    return ":" in reader.lower[first:last] or len(groups) > 2 or "h" not in groups


def _is_plain(reader: Reading, groups: Groups, first: int, last: int) -> bool:
    """A common word, in no name: the daily bread, but not the Daily Herald."""
    following = reader.after(last)
    named = following is not None and following.text[:1].isupper() and reader.article.text[first].isupper()
    return reader.article.text[first].islower() or (first == reader.sentence.tokens.start_char and not named)


def _is_duration(reader: Reading, groups: Groups, first: int, last: int) -> bool:
    """A second is mostly the one after the first, a quarter a part."""
    return groups["u"] not in ("second", "quarter") or reader.lower[last - 1] == "s"


def _is_pointer(reader: Reading, groups: Groups, first: int, last: int) -> bool:
    """ "Later" by itself, but not "later than"; "the past" as a noun; "now", but not "now-defunct"."""
    if reader.lower[last : last + 1] == "-" or reader.before(first) in ("as", "no", "most"):
        return False
    following = reader.after(last)
    if groups["to"] == "later":
        return following is None or following.lower_ not in ("than", "in", "this", "that", "on")
    if groups["to"].endswith(" past"):
        return reader.token(last - 1).pos_ == "NOUN" and (following is None or following.pos_ not in ("NOUN", "NUM"))
    return groups["to"].startswith("the ") or _is_plain(reader, groups, first, last)


CHECKS: Mapping[str, Callable[[Reading, Groups, int, int], bool]] = {
    "clock": _is_clock,
    "day_part": _is_plain,
    "set": _is_plain,
    "units": _is_plain,
    "duration": _is_duration,
    "pointer": _is_pointer,
}
"""For rules of what tells no day."""


def _is_month(reader: Reading, rule: str, groups: Groups, first: int, last: int) -> bool:
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


def _is_modal(reader: Reading, at: int, last: int) -> bool:
    """In capitals "MAY" may be the verb: then a bare infinitive follows."""
    token, following = reader.token(at), reader.after(last)
    return token.lower_ == "may" and following is not None and following.tag_ in ("VB", "RB")


def _is_year(reader: Reading, number: int, first: int, last: int) -> bool:
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


def _plausible(reader: Reading, number: int) -> bool:
    return number <= (reader.today.year + 40 if reader.today else 2060)


def tense(reader: Reading, first: int) -> Tense:
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
            if token.tag_ == "VBN" and "to" in helpers:
                return "future"  # "a vote to be held on Friday"
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
