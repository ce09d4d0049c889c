"""assemble: events, attributions and names -> claims, each value with the rule and the words that gave it.

Every event takes the chain of the attributions that hold its trigger, the innermost first: that is the route by which it reached the
article. An intention or an attempt ("plans to attack") is no saying: it is the event's stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from reportedly.records import (
    Actor,
    Attribution,
    Certainty,
    Claim,
    Cue,
    Event,
    EventType,
    Factuality,
    Quotation,
    Reason,
    Recipient,
    RecipientKind,
    SourceHop,
    Span,
    Stance,
    Weapon,
    identity,
)
from reportedly.stages._confidence import confidence
from reportedly.stages._echoes import Echoes
from reportedly.stages._felt import felt
from reportedly.stages._names import is_civil_general
from reportedly.stages._nesting import attributions_at, held, is_only_known, taken_as_known, voices
from reportedly.stages._own_deeds import stance_on_own
from reportedly.stages._phrases import offsets, prepositional
from reportedly.stages._place_roles import told
from reportedly.stages._reasons import because, doubts
from reportedly.stages._references import Reference, reference
from reportedly.stages._words import CodeWords, lemma
from reportedly.stages.drafts import Annotated, Argument, Attributed, EventDraft, Hop, Offsets, Sentence
from reportedly.stages.gather import Gathered
from reportedly.stages.judge import Judged, JudgeWords, judge
from reportedly.stages.resolve import Entity, Resolved
from reportedly.tagger import Tags

NOTHING = frozenset({"it", "its", "this", "that", "which"})
"""Words for something of which nobody knows what it is: no actor."""
ACCUSATIVE = frozenset({"him", "her", "them"})
SPEAKERS = frozenset({"me", "us"})
INTENTIONS = frozenset({"planned", "attempted", "foiled", "negated"})
PLEDGING = frozenset({"threaten", "vow", "pledge", "promise", "swear"})
SAYING = PLEDGING | {"deny", "call", "order", "urge", "propose", "warn", "suggest", "expect", "discuss", "rule"}
RECIPIENT_KINDS: Mapping[str, RecipientKind] = {
    "armed_group": "armed_group",
    "military": "military",
    "police": "police",
    "government": "government",
    "civilians": "civilians",
    "intelligence": "government",
    "political": "organisation",
    "igo": "organisation",
    "ngo": "organisation",
    "criminal": "armed_group",
}


@dataclass(frozen=True, slots=True)
class Assembled:
    """A claim with the reasons for its values."""

    claim: Claim
    reasons: tuple[Reason, ...]
    reference: Reference
    """How its words point to the rest of the article: "the attack", "a second bomb"."""


def cue_tokens(
    annotated: Annotated, attributions: Iterable[Attributed], words: JudgeWords
) -> tuple[frozenset[int], frozenset[int]]:
    """Token numbers of the reporting cues, and those among them that name nobody."""
    every: set[int] = set()
    vague: set[int] = set()
    for said in attributions:
        if said.cue is None or _is_intention(said, words):
            continue
        span = annotated.tokens(*said.cue)
        if span is not None:
            numbers = {token.i for token in span}
            every |= numbers
            if not said.chain or all(
                hop.anonymous and annotated.text(hop.start, hop.end).lower() == "it" for hop in said.chain
            ):
                vague |= numbers
    return frozenset(every), frozenset(vague)


def _is_intention(said: Attributed, words: JudgeWords) -> bool:
    """ "plans to", "hopes to", "tried to": how far it got, not who says so."""
    base = said.cue_lemma.split()[0] if said.cue_lemma else ""
    if said.rule.startswith("intention-") and base not in SAYING and said.stance != "questions":
        return True
    if base in PLEDGING and not said.chain:  # "was threatened": nobody speaks
        return True
    return said.stance == "asserts" and words.verbs.get(base) in INTENTIONS and base not in SAYING


def _is_nobodys(annotated: Annotated, said: Attributed) -> bool:
    """ "never knew that", "would not say who did it", "as you know": the outlet tells of the act, or whoever is quoted."""
    you = any(annotated.text(hop.start, hop.end).lower() == "you" for hop in said.chain[:1])
    return said.rule.startswith("unaware-") or (you and said.cue_lemma in ("know", "see"))


def _lies_in(hop: Hop, other: Hop) -> bool:
    """ "Reports by witnesses": the witnesses are no station beside their reports."""
    return other.start <= hop.start and hop.end <= other.end and (hop.start, hop.end) != (other.start, other.end)


@dataclass(frozen=True)
class Assembler:
    """What the claims of one article are made from."""

    annotated: Annotated
    attributions: Sequence[Attributed]
    resolved: Resolved
    words: CodeWords
    judging: JudgeWords
    tags: Tags | None = None
    """What the learned head says of the article; the rules speak alone without."""

    def claims(self, gathered: Sequence[Gathered], cues: frozenset[int]) -> tuple[Assembled, ...]:
        """A claim for each event; and another of who takes a stance of their own to what somebody else says of it."""
        around = attributions_at([item.draft.trigger[0] for item in gathered], self._sayings())
        made: dict[int, list[Assembled]] = {}
        echoes = Echoes(self.judging)
        for number, item in sorted(enumerate(gathered), key=lambda pair: pair[1].draft.trigger):
            own = around[item.draft.trigger[0]]
            only_known = is_only_known(self.annotated.doc[item.draft.token])
            first, *others = [taken_as_known(own)] if only_known else voices(own)
            told = [(first, self.judged(item.draft, first, cues, disputed=bool(others)))]
            told += [(outer, self.judged(item.draft, outer, cues)) for outer in others]
            made[number] = [
                self._claim(
                    item, voice, echoes.heard(item.draft.event_type, self.annotated.doc[item.draft.token], judged)
                )
                for voice, judged in told
            ]
        return tuple(claim for number in range(len(gathered)) for claim in made[number])

    def around(self, at: int) -> Sequence[Attributed]:
        """The attributions whose content holds the word at `at`, innermost first."""
        return attributions_at([at], self._sayings())[at]

    def _unknown(self, at: int) -> bool:
        """ "were unaware that": the head takes what nobody knew for what was not."""
        return any(said.rule.startswith("unaware-") and held(said, [at]) for said in self.attributions)

    def _sayings(self) -> list[Attributed]:
        return [
            said
            for said in self.attributions
            if not (_is_intention(said, self.judging) or _is_nobodys(self.annotated, said))
        ]

    def judged(
        self, draft: EventDraft, around: Sequence[Attributed], cues: frozenset[int], disputed: bool = False
    ) -> Judged:
        """How far an event got, by the words above it, by who says it, and by the head; which is not asked where another voice disputes what the
        innermost says, for it does not part the two."""
        stance: Stance = around[0].stance if around else "asserts"
        certainty: Certainty = around[0].certainty if around else "certain"
        asked = self.tags is not None and not disputed and not self._unknown(draft.trigger[0])
        heard = felt(self.tags, *draft.trigger) if asked and self.tags is not None else None
        return judge(self.annotated, draft, self.judging, cues=cues, stance=stance, certainty=certainty, felt=heard)

    def judged_at(self, trigger: Offsets, cues: frozenset[int], event_type: EventType = "attack") -> Judged | None:
        """How far an act got whose words are known, whether or not `code` sees an event there; None outside the article's sentences."""
        tokens = self.annotated.tokens(*trigger)
        sentence = self.annotated.sentence_of[tokens.root.i] if tokens is not None else -1
        if tokens is None or sentence < 0:
            return None
        draft = EventDraft(event_type, tokens.root.i, trigger, sentence, (), (), (), "given")
        return self.judged(draft, self.around(trigger[0]), cues)

    def statements(self, claimed: Sequence[Claim]) -> tuple[Claim, ...]:
        """The attributions that hold none of the claimed events."""
        triggers = sorted(claim.event.trigger.start for claim in claimed if claim.event is not None)
        return tuple(self._statement(said) for said in self.attributions if said.content and not held(said, triggers))

    # Attribution ----------------------------------------------------------------------------------------------------

    def _attribution(self, around: Sequence[Attributed]) -> tuple[Attribution, list[Reason], list[Entity]]:
        route = self._route(around)
        hops = tuple(self._hop(hop, entity) for _, hop, entity in route)
        entities = [entity for _, _, entity in route]
        reasons = [
            Reason(field=f"attribution.chain.{number}", value=made.name, rule=said.rule, words=made.mention)
            for number, ((said, _, _), made) in enumerate(zip(route, hops, strict=True))
        ]
        first = around[0] if around else None
        stance: Stance = first.stance if first else "asserts"
        quotation: Quotation = first.quotation if first else "none"
        for said in around[1:]:
            if quotation in ("none", "indirect") and said.quotation in ("direct", "mixed"):
                quotation = said.quotation
        cue = None
        if first is not None and first.cue is not None:
            span = self.annotated.article.span(*first.cue)
            cue = Cue(start=span.start, end=span.end, text=span.text, lemma=first.cue_lemma)
            reasons.append(Reason(field="attribution.stance", value=stance, rule=first.rule, words=span))
        return Attribution(chain=hops, cue=cue, stance=stance, quotation=quotation), reasons, entities

    def _route(self, around: Sequence[Attributed]) -> list[tuple[Attributed, Hop, Entity]]:
        """The hops of nested attributions from the origin to us, each source where it stands nearest to us; the "I" of "I think", Ruiz said, is Ruiz."""
        every: list[tuple[Attributed, Hop, Entity]] = []
        speaker: Entity | None = None
        for said in reversed(around):
            steps = [(said, hop, self.resolved.entity(hop.start, hop.end, speaker)) for hop in said.chain]
            every = steps + every
            speaker = steps[0][2] if steps else speaker
        last = {entity.canonical_id or entity.name: number for number, (_, _, entity) in enumerate(every)}
        return [
            step
            for number, step in enumerate(every)
            if last[step[2].canonical_id or step[2].name] == number
            and not self._is_own_outlet(step[2])
            and not (len(last) > 1 and self._is_mere_first_person(step[1], step[2]))
            and not any(_lies_in(step[1], other) and who.name != step[2].name for _, other, who in every)
        ]

    def _is_mere_first_person(self, hop: Hop, entity: Entity) -> bool:
        """The "I" of words that another station says: nobody new."""
        return entity.name.lower() in ("i", "we") and self.annotated.text(hop.start, hop.end).lower() in ("i", "we")

    def _hop(self, hop: Hop, entity: Entity) -> SourceHop:
        known = entity.canonical_id is not None or entity.kind in ("person", "outlet")
        return SourceHop(
            name=entity.name,
            canonical_id=entity.canonical_id,
            kind=entity.kind if known else hop.kind or entity.kind,
            role=entity.role,
            anonymous=entity.anonymous if hop.anonymous is None else hop.anonymous,
            mention=self.annotated.article.span(hop.start, hop.end),
        )

    def _is_own_outlet(self, entity: Entity) -> bool:
        """ "told the Courier" in the Courier: the codebook does not repeat the article's own outlet."""
        outlet = self.annotated.article.outlet
        if entity.kind != "outlet" or not outlet:
            return False
        known = self.resolved.canonical(outlet)
        if known is not None and entity.canonical_id is not None:
            return known[0] == entity.canonical_id
        words = {word.lower() for word in entity.name.split()} - {"the"}
        return bool(words) and words <= {word.lower().strip(".,") for word in outlet.replace("-", " ").split()}

    # Events ---------------------------------------------------------------------------------------------------------

    def _claim(self, item: Gathered, around: Sequence[Attributed], judged: Judged) -> Assembled:
        draft = item.draft
        sentence = self.annotated.sentences[draft.sentence]
        attribution, reasons, sources = self._attribution(around)
        speaker = sources[0] if sources and attribution.quotation in ("direct", "mixed") else None
        event = self._event(item, around, sources, judged, speaker)
        reasons += because(self.annotated, item, event, judged)
        if (
            attribution.stance == "asserts"
            and judged.factuality.polarity == "negated"
            and judged.factuality.stage not in ("planned", "hypothetical")  # "we do not kill" is no denial
            and any(a.confidence == "denied" for a in event.actors)
        ):
            attribution = msgspec.structs.replace(attribution, stance="denies")
            reasons.append(
                Reason(
                    field="attribution.stance",
                    value="denies",
                    rule="assemble.stance:own-act-negated",
                    words=event.trigger,
                )
            )
        attribution, own = self._on_own(attribution, item, event, judged, sources, speaker, around)
        reasons += own
        reasons += doubts(around, judged, event)
        content = self._content(sentence, around)
        bare = Claim(
            claim_id="",
            article_id=self.annotated.article.article_id,
            headline=sentence.headline,
            sentence=self.annotated.article.span(sentence.start, sentence.end),
            content=content,
            attribution=attribution,
            event=event,
            factuality=judged.factuality,
            incident_id=None,
        )
        claim = msgspec.structs.replace(bare, claim_id=identity("claim", msgspec.to_builtins(bare)))
        return Assembled(claim, tuple(reasons), reference(self.annotated, item, self.words))

    def _on_own(
        self,
        attribution: Attribution,
        item: Gathered,
        event: Event,
        judged: Judged,
        sources: Sequence[Entity],
        speaker: Entity | None,
        around: Sequence[Attributed],
    ) -> tuple[Attribution, list[Reason]]:
        """The attribution of who tells of a deed of his own."""
        heads = [self.annotated.doc[actor.token] for actor in item.draft.actors]
        whose = [next((child for child in head.lefts if child.dep_ == "poss"), head) for head in heads]
        doers = [self.resolved.entity(*offsets(token), speaker) for token in whose]
        said = [token for span in (around[0].content if around else ()) for token in self.annotated.tokens(*span) or ()]
        stance = stance_on_own(
            attribution.stance, event, judged.factuality, sources, doers, heads, said, self.resolved.bystanders
        )
        if stance == attribution.stance:
            return attribution, []
        because_own = Reason(
            field="attribution.stance", value=stance, rule="assemble.stance:own-deed", words=event.trigger
        )
        return msgspec.structs.replace(attribution, stance=stance), [because_own]

    def _content(self, sentence: Sentence, around: Sequence[Attributed]) -> tuple[Span, ...]:
        article = self.annotated.article
        if not around:
            return (article.span(sentence.start, sentence.end),)
        return tuple(article.span(start, end) for start, end in around[0].content)

    def _event(
        self,
        item: Gathered,
        around: Sequence[Attributed],
        sources: Sequence[Entity],
        judged: Judged,
        speaker: Entity | None,
    ) -> Event:
        draft = item.draft
        article = self.annotated.article
        actors = () if self._nobody_blamed(item) else self._actors(item, around, sources, judged, speaker)
        return Event(
            event_type=draft.event_type,
            trigger=article.span(*draft.trigger),
            actors=actors,
            recipients=self._recipients(item, speaker, actors),
            weapons=tuple(
                Weapon(
                    category=w.category,
                    name=self._weapon_name(item, w.start, w.end),
                    mention=article.span(w.start, w.end),
                )
                for w in draft.weapons
            ),
            places=told(item.places),
            date=item.date,
            quantities=item.quantities,
        )

    def _actors(
        self,
        item: Gathered,
        around: Sequence[Attributed],
        sources: Sequence[Entity],
        judged: Judged,
        speaker: Entity | None,
    ) -> tuple[Actor, ...]:
        found = tuple(
            self._actor(a, around, sources, judged.factuality, speaker)
            for a in item.draft.actors
            if not self._only_says(a, around) and not self._begs(a, item, speaker)
        )
        found = tuple({actor.name: actor for actor in reversed(found) if actor.name.lower() not in NOTHING}.values())[
            ::-1
        ]
        if (
            found
            or self._is_of_speaker(item)
            or not around
            or not around[0].chain
            or around[0].stance != "claims_responsibility"
            or sources[0].kind == "outlet"
            or around[0].chain[0].kind == "document"
        ):
            return found
        claimant = around[0].chain[0]  # "the attack was claimed by the rebels": they are its actor by their own word
        mention = self.annotated.article.span(claimant.start, claimant.end)
        entity = self.resolved.entity(claimant.start, claimant.end)
        return (
            Actor(
                name=entity.name, canonical_id=entity.canonical_id, confidence="claimed_or_admitted", mention=mention
            ),
        )

    def _begs(self, argument: Argument, item: Gathered, speaker: Entity | None) -> bool:
        """ "Shoot me," he said: who speaks is whom it would be done to, and not who does it."""
        if speaker is None or not self._is_of_speaker(item):
            return False
        doer = self.annotated.doc[argument.token]
        return (
            doer.lower_ not in ("i", "we") and self.resolved.entity(argument.start, argument.end).name == speaker.name
        )

    def _is_of_speaker(self, item: Gathered) -> bool:
        return any(self.annotated.doc[r.token].lower_ in SPEAKERS for r in item.draft.recipients)

    def _only_says(self, argument: Argument, around: Sequence[Attributed]) -> bool:
        """ "aircraft attacked the depot, the staff said": the subject of the saying, whom the parse gave to both."""
        if not around or not around[0].chain or around[0].stance != "asserts":
            return False
        source, content = around[0].chain[0], around[0].content
        return (source.start, source.end) == (argument.start, argument.end) and all(
            end <= argument.start for _, end in content
        )

    def _weapon_name(self, item: Gathered, start: int, end: int) -> str:
        words = self.annotated.text(start, end)
        if words.lower() in ("it", "them", "they", "these", "those"):
            earlier = [w for w in item.draft.weapons if (w.start, w.end) != (start, end)]
            return (
                self.annotated.text(earlier[0].start, earlier[0].end)
                if earlier
                else self.resolved.entity(start, end).name
            )
        return words

    def _nobody_blamed(self, item: Gathered) -> bool:
        """ "did not name the rebels for the raid": the report says that nobody was blamed."""
        token = self.annotated.doc[item.draft.token]
        return any(
            above.pos_ == "VERB"
            and lemma(above) in self.words.lists["naming"]
            and any(c.lower_ in ("without", "not", "n't") for c in (*above.children, above.head))
            for above in token.ancestors
        )

    def _actor(
        self,
        argument: Argument,
        around: Sequence[Attributed],
        sources: Sequence[Entity],
        factuality: Factuality,
        speaker: Entity | None,
    ) -> Actor:
        entity = self.resolved.entity(argument.start, argument.end, speaker)
        return Actor(
            name=self._name(argument, entity),
            canonical_id=entity.canonical_id,
            confidence=confidence(
                self.annotated.doc[argument.token], entity, around, sources, factuality, self.resolved, self.words
            ),
            mention=self.annotated.article.span(argument.start, argument.end),
        )

    def _name(self, argument: Argument, entity: Entity) -> str:
        """The fullest name; for people whom nobody names, the words of this sentence."""
        token = self.annotated.doc[argument.token]
        words = self.annotated.text(argument.start, argument.end)
        if token.pos_ == "PRON" or entity.canonical_id is not None:
            return entity.name
        named = any(part[:1].isupper() for part in entity.name.split())
        if not named or (token.pos_ == "NOUN" and words.lower() in entity.name.lower()):
            return words
        return entity.name

    def _recipients(self, item: Gathered, speaker: Entity | None, actors: Sequence[Actor]) -> tuple[Recipient, ...]:
        """Whom it was done to; "survived an attack on his life" is said of one, though it names him twice. Nobody whom only the
        head takes for one is the doer as well."""
        out: list[Recipient] = []
        by_pronoun: dict[str, int] = {}
        doers = {actor.name for actor in actors}
        for argument in item.draft.recipients:
            found = self._recipient(argument, speaker, item, doers)
            if found.name in doers and argument.rule == "head.recipient":
                continue
            pronoun = self.annotated.doc[argument.token].pos_ == "PRON"
            if not pronoun and found.name in by_pronoun:
                out[by_pronoun.pop(found.name)] = found  # "a mother died when a man struck her": she is told of once
            elif not pronoun or all(found.name != other.name for other in out):
                if pronoun:
                    by_pronoun[found.name] = len(out)
                out.append(found)
        return tuple(out)

    def _recipient(self, argument: Argument, speaker: Entity | None, item: Gathered, actors: Set[str]) -> Recipient:
        """Whom it was done to. "I will find her" is said of somebody else, so where "her" seems to be the actor nobody knows who she is."""
        entity = self.resolved.entity(argument.start, argument.end, speaker)
        name, canonical_id = self._name(argument, entity), entity.canonical_id
        token = self.annotated.doc[argument.token]
        if name in actors and token.lower_ in ACCUSATIVE:
            name, canonical_id = token.text, None
        return Recipient(
            name=name,
            canonical_id=canonical_id,
            kind="place" if self._is_place(argument, entity, item) else self._recipient_kind(argument, entity),
            mention=self.annotated.article.span(argument.start, argument.end),
        )

    def _is_place(self, argument: Argument, entity: Entity, item: Gathered) -> bool:
        """Where *locate* knows the target for a place, whatever the model takes it for; a place that no list has is no part of a longer name."""
        alone = entity.name == self.annotated.text(argument.start, argument.end)
        return any(
            p.mention.start == argument.start and p.mention.end == argument.end and (alone or p.geonames_id is not None)
            for p in item.places
        )

    def _recipient_kind(self, argument: Argument, entity: Entity) -> RecipientKind:
        token = self._counted(self.annotated.doc[argument.token])
        base = lemma(token)
        kind = (
            self._of_modifier(token)
            or self.words.people.get(base)
            or entity.actor_kind
            or ("civilians" if token.ent_type_ == "NORP" else None)
        )
        if kind is not None and kind in RECIPIENT_KINDS:
            return RECIPIENT_KINDS[kind]
        things = self.words.things
        if base in things["infrastructure"]:
            return "infrastructure"
        if base in things["vehicle"]:
            return "vehicle"
        if entity.kind == "person" and not entity.anonymous:
            return "person"
        if token.ent_type_ in ("GPE", "LOC", "FAC") or base in things["area"]:
            return "place"
        if token.ent_type_ == "PERSON" or entity.kind == "person":
            return "person"
        return "organisation" if token.ent_type_ == "ORG" else "unknown"

    def _of_modifier(self, token: Token) -> str | None:
        """ "police officers" are police; an officer alone may be a soldier; "the attorney general" is none."""
        if is_civil_general(token):
            return "government"
        before = {lemma(c) for c in token.children if c.dep_ == "compound"}
        if before & self.words.lists["of_police"]:
            return "police"
        return "military" if before & self.words.lists["of_military"] else None

    def _counted(self, token: Token) -> Token:
        """ "thousands of Syrians": the Syrians."""
        if lemma(token) not in self.words.lists["multitudes"]:
            return token
        return next(iter(prepositional(token, "of")), token)

    def _statement(self, said: Attributed) -> Claim:
        article = self.annotated.article
        attribution, _, _ = self._attribution([said])
        span = self.annotated.tokens(*(said.cue or said.content[0]))
        number = self.annotated.sentence_of[span.root.i] if span is not None else -1
        sentence = self.annotated.sentences[number] if number >= 0 else None
        content = tuple(article.span(start, end) for start, end in said.content)
        bare = Claim(
            claim_id="",
            article_id=article.article_id,
            headline=sentence is not None and sentence.headline,
            sentence=article.span(sentence.start, sentence.end) if sentence is not None else content[0],
            content=content,
            attribution=attribution,
            event=None,
            factuality=None,
            incident_id=None,
        )
        return msgspec.structs.replace(bare, claim_id=identity("claim", msgspec.to_builtins(bare)))
