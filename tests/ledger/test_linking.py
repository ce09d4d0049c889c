"""What merging asks of the ledger: only accounts of current entries count, and what is put in comes back; in either kind of database."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import func, select

from evals.generated import entries as generated
from evals.generated import incident
from reportedly.entries import Account, Entry, Judgement, entry_id
from reportedly.ledger import linking, schema
from reportedly.ledger.store import Ledger
from reportedly.records import Origin, identity


@pytest.fixture
def whole(ledger: Ledger) -> list[Entry]:
    """The entries that the ledger holds."""
    made = list(generated(60, seed=6))
    ledger.append(made)
    return made


def told(entries: list[Entry]) -> list[Account]:
    """The accounts of some entries."""
    return [account for entry in entries for account in entry.accounts]


def judgement(left: Account, right: Account, retracts: str | None = None, by: str = "software") -> Judgement:
    """That two accounts are of one incident."""
    left, right = sorted((left, right), key=lambda account: account.account_id)
    return Judgement(
        judgement_id=identity("jud", [left.account_id, right.account_id, retracts, by]),
        kind="same",
        left=left.account_id,
        right=right.account_id,
        left_anchor=left.anchor,
        right_anchor=right.anchor,
        by=by,
        at="2026-01-01T00:00:00.000000Z",
        why="the same day and place",
        retracts=retracts,
    )


def read_anew(entry: Entry, accounts: tuple[Account, ...]) -> Entry:
    """The same capture as newer software reads it."""
    origin = Origin(software="9.9", model="m", lexicons="l")
    told = (entry.outcome, entry.stage, entry.reason, entry.article, entry.claims, entry.reasons)
    name = entry_id(entry.capture.capture_id, origin, *told)
    return msgspec.structs.replace(entry, origin=origin, entry_id=name, accounts=accounts)


def test_accounts_come_back_as_they_were(ledger: Ledger, whole: list[Entry]) -> None:
    """All of them in the order of recording, or those that are named."""
    assert list(linking.current_accounts(ledger)) == told(whole)
    some = told(whole)[3:8]
    assert linking.accounts(ledger, [*(one.account_id for one in some), "acc-none"]) == {
        one.account_id: one for one in some
    }


def test_an_account_is_unpaired_until_it_was_compared(ledger: Ledger, whole: list[Entry]) -> None:
    """And again when the rules change, or when its document is read anew."""
    everything = told(whole)
    assert list(linking.unpaired(ledger, "1")) == everything
    linking.add_pairs(ledger, {one.account_id: ("k",) for one in everything[2:]}, (), "1")
    assert list(linking.unpaired(ledger, "1")) == everything[:2]
    assert list(linking.unpaired(ledger, "2")) == everything
    linking.add_pairs(ledger, {one.account_id: () for one in everything}, (), "2")
    assert list(linking.unpaired(ledger, "2")) == []
    newer = read_anew(whole[0], whole[0].accounts)
    ledger.append([newer])
    assert list(linking.unpaired(ledger, "2")) == list(newer.accounts)


def test_accounts_are_found_by_their_keys(ledger: Ledger, whole: list[Entry]) -> None:
    """A key names every account that has it, sorted; an account compared again has its new keys only."""
    one, other, third = told(whole)[:3]
    linking.add_pairs(ledger, {one.account_id: ("a", "b", "b"), other.account_id: ("b",)}, (), "1")
    linking.add_pairs(ledger, {third.account_id: ("a",)}, (), "1")
    assert linking.candidates(ledger, ("a", "b", "c")) == {
        "a": tuple(sorted((one.account_id, third.account_id))),
        "b": tuple(sorted((one.account_id, other.account_id))),
    }
    linking.add_pairs(ledger, {one.account_id: ("c",)}, (), "2")
    assert linking.candidates(ledger, ("a", "c")) == {"a": (third.account_id,), "c": (one.account_id,)}


def test_an_account_that_is_no_more_counts_nowhere(ledger: Ledger, whole: list[Entry]) -> None:
    """After a newer reading that does not hold it, it is no candidate, no account, and its incident lapses."""
    gone, kept = whole[0].accounts[0], whole[1].accounts[0]
    linking.add_pairs(ledger, {gone.account_id: ("k",), kept.account_id: ("k",)}, (), "1")
    linking.put_incidents(ledger, (), [incident([gone, kept])])
    assert linking.lapsed(ledger) == ()
    ledger.append([read_anew(whole[0], ())])
    assert linking.candidates(ledger, ("k",)) == {"k": (kept.account_id,)}
    assert linking.accounts(ledger, [gone.account_id]) == {}
    assert linking.lapsed(ledger) == (incident([gone, kept]).incident_id,)
    assert list(linking.testimonies(ledger, [gone.account_id], True)) == []


def test_judgements_are_found_by_either_side(ledger: Ledger, whole: list[Entry]) -> None:
    """Those taken back as well, and what took them back; in the order of recording; each once."""
    one, other, third = told(whole)[:3]
    first, second = judgement(one, other), judgement(other, third)
    undone = judgement(one, other, retracts=first.judgement_id, by="Ana")
    linking.add_pairs(ledger, {one.account_id: ()}, (first, second, first), "1")
    linking.add_pairs(ledger, {}, (first, undone), "1")
    assert linking.judgements_about(ledger, [one.account_id]) == (first, undone)
    assert linking.judgements_about(ledger, [other.account_id, third.account_id]) == (first, second, undone)
    assert tuple(linking.judgements(ledger)) == (first, second, undone)
    assert linking.judgement(ledger, undone.judgement_id) == undone
    assert linking.judgement(ledger, "jud-none") is None
    with ledger.reading() as connection:
        kinds = connection.execute(select(schema.journal.c.kind).order_by(schema.journal.c.seq)).scalars().all()
    assert kinds[-3:] == ["judgement"] * 3


def test_testimonies_say_where_each_claim_stands(ledger: Ledger, whole: list[Entry]) -> None:
    """With the article, whole or without its text, the capture, and when it was recorded."""
    entry = whole[4]
    account = entry.accounts[0]
    found = list(linking.testimonies(ledger, [account.account_id], True))
    assert [one.claim.claim_id for one in found] == list(account.claim_ids)
    assert all(one.article == entry.article and one.capture == entry.capture for one in found)
    assert all(one.entry_id == entry.entry_id and one.recorded_at for one in found)
    assert all(one.reasons == entry.reasons[one.claim.claim_id] for one in found)
    (bare, *_) = linking.testimonies(ledger, [account.account_id], False)
    assert bare.article.text == "" and bare.article.url == entry.article.url  # type: ignore[union-attr]


def test_articles_are_found_by_the_bands_of_their_signature(ledger: Ledger, whole: list[Entry]) -> None:
    """Those appended later as well."""
    signature = whole[2].signature
    assert signature is not None
    found = linking.similar_articles(ledger, (*signature.bands, "none"))
    assert set(found) == set(signature.bands)
    assert all(signature.article_id in articles for articles in found.values())
    assert linking.signatures(ledger, [signature.article_id, "art-none"]) == {signature.article_id: signature}
    later = list(generated(8, seed=7))
    ledger.append(later)
    assert later[0].signature is not None
    assert linking.similar_articles(ledger, later[0].signature.bands[:1]) == {
        later[0].signature.bands[0]: (later[0].signature.article_id,)
    }


def test_incidents_give_way_to_those_put_in_their_place(ledger: Ledger, whole: list[Entry]) -> None:
    """What an incident is found by goes with it."""
    one, other, third = told(whole)[:3]
    apart, together = [incident([one]), incident([other, third])], incident([one, other, third])
    linking.put_incidents(ledger, (), apart)
    assert linking.incidents_of(ledger, [one.account_id, other.account_id, "acc-none"]) == {
        one.account_id: apart[0].incident_id,
        other.account_id: apart[1].incident_id,
    }
    linking.put_incidents(ledger, [made.incident_id for made in apart], [together])
    assert linking.members_of(ledger, [together.incident_id, apart[0].incident_id]) == {
        together.incident_id: together.account_ids
    }
    with ledger.reading() as connection:
        kept = connection.execute(select(schema.incidents.c.record)).scalars().all()
        facets = connection.execute(select(func.count(schema.facets.c.incident_no.distinct()))).scalar_one()
    assert len(kept) == facets == 1


def test_what_is_derived_can_be_cleared(ledger: Ledger, whole: list[Entry]) -> None:
    """Entries and judgements stay, the latest reading of each capture counts, and everything is compared anew."""
    newer = read_anew(whole[0], whole[0].accounts)
    ledger.append([newer])
    one, other = whole[0].accounts[0], whole[1].accounts[0]
    linking.add_pairs(ledger, {one.account_id: ("k",)}, [judgement(one, other)], "1")
    linking.put_incidents(ledger, (), [incident([one, other])])
    before = list(ledger.entries())
    linking.clear_derived(ledger)
    assert list(ledger.entries()) == before
    assert len(linking.judgements_about(ledger, [one.account_id])) == 1
    assert linking.candidates(ledger, ("k",)) == {} and linking.incidents_of(ledger, [one.account_id]) == {}
    assert len(list(linking.unpaired(ledger, "1"))) == len(told(whole))
    assert newer.signature is not None
    assert linking.similar_articles(ledger, newer.signature.bands[:1])
