"""What armed people do to others and to things: what a frame asks of who takes somebody away, surrounds a camp, mines a road."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from reportedly.stages._phrases import prepositional
from reportedly.stages._words import lemma

if TYPE_CHECKING:
    from reportedly.stages._needs import Hit

BANDS = frozenset({"armed_group", "criminal"})
FORCES = frozenset({"military", "police", "intelligence"})
MAILED = frozenset({"letter", "parcel", "package", "mail", "postal"})
"""What comes by post and holds a bomb."""
SHIPS = frozenset(
    {"ship", "boat", "dhow", "vessel", "tanker", "freighter", "yacht", "skiff", "trawler", "ferry", "barge"}
)
MEANT = frozenset({"target", "victim", "recipient"})
GROUND = frozenset(
    {
        "road",
        "street",
        "block",
        "square",
        "highway",
        "bridge",
        "track",
        "railway",
        "path",
        "border",
        "harbour",
        "harbor",
        "field",
        "river",
    }
)
"""What is mined, blocked and sealed off, whatever the lists of targets hold."""
TAKING_PART = frozenset({"hold", "stage", "plan", "organise", "organize", "call", "join", "lead", "ban", "attend"})
"""What one does with a march or a vigil that people hold."""


def held_by_them(hit: Hit) -> bool:
    """Held by an armed group; and hostages whoever holds them, so long as somebody does: "the hostages are still held"."""
    if hit.any(hit.subjects, lambda t: hit.kind(t) in BANDS) and hit.any(hit.objects, hit.person):
        return True
    return _captives(hit) and hit.token.tag_ in ("VBN", "VBG") and not _is_talk(hit.token)


def band_takes_people(hit: Hit) -> bool:
    """ "gunmen took away four guards"."""
    return hit.any(hit.subjects, lambda t: hit.kind(t) in BANDS) and hit.any(hit.objects, _is_somebody(hit))


def boarded_by_force(hit: Hit) -> bool:
    """ "marines boarded the dhow"; sailors board their own ships."""
    forces = hit.any(hit.subjects, lambda t: hit.kind(t) in FORCES and lemma(t) not in ("sailor", "pilot", "officer"))
    return forces and hit.any(hit.objects, lambda t: lemma(t) in SHIPS)


def boarded_by_band(hit: Hit) -> bool:
    """ "pirates boarded the tanker"."""
    return hit.any(hit.subjects, lambda t: hit.kind(t) in BANDS) and hit.any(hit.objects, lambda t: lemma(t) in SHIPS)


def force_takes_people(hit: Hit) -> bool:
    """ "soldiers took away 23 men": an arrest."""
    return hit.any(hit.subjects, lambda t: hit.kind(t) in FORCES) and hit.any(hit.objects, _is_somebody(hit))


def force_takes_weapons(hit: Hit) -> bool:
    """ "officers took 31 guns"; "took out his gun" is another matter."""
    by_force = hit.any(hit.subjects, lambda t: hit.kind(t) in FORCES)
    if any(c.dep_ == "prt" and c.lower_ != "away" for c in hit.token.children):
        return False
    return by_force and hit.any(hit.objects, lambda t: hit.weapon(t) in ("firearm", "explosive", "artillery"))


def surrounded_by_force(hit: Hit) -> bool:
    """ "soldiers surrounded the camp", "rebels blocked the road"; a police cordon is round every crash."""
    return hit.any(hit.subjects, lambda t: hit.kind(t) in BANDS | {"military"}) and _is_ground(hit)


def mined(hit: Hit) -> bool:
    """ "rebels mined the road"; a company mines a valley."""
    return hit.any(hit.subjects, hit.armed) and _is_ground(hit)


def mailed_bomb(hit: Hit) -> bool:
    """ "sent a parcel bomb to a judge", "was the target of a letter bomb"."""
    if hit.verbal:
        return hit.any(
            hit.objects, lambda t: hit.weapon(t) == "explosive" and any(lemma(c) in MAILED for c in t.children)
        )
    over = hit.token.head.head if hit.token.dep_ == "pobj" else hit.token
    return hit.token.dep_ == "pobj" and hit.token.head.lower_ == "of" and lemma(over) in MEANT


def vehicle_by_armed(hit: Hit) -> bool:
    """ "one boat was sunk by the navy"."""
    return hit.any(hit.subjects, hit.armed) and hit.any(hit.objects, lambda t: hit.thing(t, "vehicle"))


def arms_people(hit: Hit) -> bool:
    """ "the regime is arming the planters"."""
    by_whom = hit.any(hit.subjects, lambda t: hit.armed(t) or hit.kind(t) == "government" or t.ent_type_ == "GPE")
    return by_whom and hit.any(hit.objects, lambda t: hit.person(t) or hit.armed(t))


def prisoners_exchanged(hit: Hit) -> bool:
    """ "an exchange of prisoners"."""
    return _captives(hit)


def freed_captive(hit: Hit) -> bool:
    """ "walked free after a year in captivity"; from a court walks whom it acquits."""
    held = hit.words.lists["captivity"] | {"kidnapper", "captive"}
    return hit.any(hit.subjects, hit.person) and any(lemma(t) in held for t in hit.token.sent)


def held_in_the_street(hit: Hit) -> bool:
    """ "held a vigil", "is planning a march on Friday"."""
    march = hit.token
    return march.dep_ in ("dobj", "nsubjpass") and lemma(march.head) in TAKING_PART and not _is_of_music(march)


def fired_their_way(hit: Hit) -> bool:
    """ "hooded men fired over the driver's head": who fires is armed, or a crowd of nobodies."""
    several = hit.any(hit.subjects, lambda t: hit.armed(t) or (hit.person(t) and t.tag_ == "NNS"))
    return several and not any(c.dep_ == "dobj" for c in hit.token.children)


def force_masses(hit: Hit) -> bool:
    """ "members of the militia have massed near the border"."""
    whom = [t for s in hit.subjects for t in (s, *prepositional(s, "of"))]
    return not hit.objects and any(hit.armed(t) for t in whom)


def _captives(hit: Hit) -> bool:
    return hit.any(hit.objects, lambda t: lemma(hit.meant(t)) in hit.words.lists["captives"])


def _is_ground(hit: Hit) -> bool:
    return hit.any(hit.objects, lambda t: hit.area(t) or hit.thing(t, "infrastructure") or lemma(t) in GROUND)


def _is_somebody(hit: Hit) -> Callable[[Token], bool]:
    return lambda t: hit.person(t) and t.pos_ == "NOUN" and not hit.area(t)


def _is_talk(verb: Token) -> bool:
    """ "the hostages are held responsible"."""
    return any(c.dep_ in ("oprd", "acomp") for c in verb.children)


def _is_of_music(march: Token) -> bool:
    """ "the wedding march"."""
    return any(c.dep_ == "compound" and c.lower_ in ("wedding", "funeral", "military") for c in march.children)
