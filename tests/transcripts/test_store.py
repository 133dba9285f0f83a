"""The store, on real SQLite and real Postgres: what is appended stays, in order, and only one runner can append."""

import asyncio
import gc
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from debate.events import EVENT, DebateEnded, Event, RoundStarted
from language.errors import Conflict, LeaseLost, NotFound, StoreError, StoreUnavailable
from tests.personas_made import make_persona
from transcripts.audience import Audience
from transcripts.database import Database, open_database
from transcripts.store import Lease, NewDebate, Options, Store
from transcripts.transcript import Digests, Header

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def a_header(motion: str = "Should the canal be built?") -> Header:
    return Header(
        motion=motion,
        format="forum",
        rounds=1,
        offsets="source",
        participants=(make_persona("anna", "It pays.", stance="for"), make_persona("boris", "It does not.")),
        digests=Digests(thread="0" * 64, personas="1" * 64),
        started_at=AT,
        made_by="rejoinder test",
    )


def a_round(seq: int) -> Event:
    return RoundStarted(seq=seq, at=AT, round=seq, title=f"Round {seq} “ß\u0000”".replace("\u0000", ""))


def the_end(seq: int) -> Event:
    return DebateEnded(seq=seq, at=AT, reason="completed")


async def a_leased_debate(store: Store) -> Lease:
    debate, is_new = await store.create(NewDebate(header=a_header(), owner="tester"))
    assert is_new
    lease = await store.claim("a runner", debate.id)
    assert lease is not None
    return lease


async def test_events_come_back_as_they_were_written(database: Database) -> None:
    """Events read back are byte for byte those appended, in order, after any seq."""
    store = Store(database)
    lease = await a_leased_debate(store)
    events = [a_round(1), a_round(2), the_end(3)]
    for event in events:
        await store.append(lease, event)
    stored = await store.read_after(lease.debate_id)
    assert [one.body for one in stored] == [EVENT.dump_json(event).decode() for event in events]
    assert [one.seq for one in await store.read_after(lease.debate_id, after=1, limit=1)] == [2]
    assert (await store.transcript(lease.debate_id)).events == tuple(events)
    assert (await store.get(lease.debate_id)).status == "completed"
    assert (await store.lines(lease.debate_id))[0] == a_header().model_dump_json()


async def test_a_seq_is_written_once_and_in_order(database: Database) -> None:
    """An event with a taken seq, or one that leaves a gap, is refused and changes nothing."""
    store = Store(database)
    lease = await a_leased_debate(store)
    await store.append(lease, a_round(1))
    for wrong in (a_round(1), a_round(3)):
        with pytest.raises(LeaseLost):
            await store.append(lease, wrong)
    assert await store.last_seq(lease.debate_id) == 1


async def test_only_the_newest_lease_can_append(database: Database) -> None:
    """A runner that was taken over can append nothing more, release nothing and refuse no command."""
    store = Store(database)
    old = await a_leased_debate(store)
    assert await store.claim("another", old.debate_id) is None, "a live holder keeps its debate"
    new = await store.claim("another", old.debate_id, steal=True)
    assert new is not None
    assert new.epoch == old.epoch + 1
    with pytest.raises(LeaseLost):
        await store.append(old, a_round(1))
    command = await store.add_command(old.debate_id, "tester", "{}")
    with pytest.raises(LeaseLost):
        await store.append(old, a_round(1), command.id)
    with pytest.raises(LeaseLost):
        await store.refuse_command(old, command.id, "no")
    assert not await store.release(old, "paused")
    await store.append(new, a_round(1))
    assert await store.renew([old, new]) == [new]


async def test_two_runners_racing_for_one_seq_write_one_event(database: Database) -> None:
    """Of many appends of the same seq at once exactly one succeeds."""
    store = Store(database)
    lease = await a_leased_debate(store)
    results = await asyncio.gather(*(store.append(lease, a_round(1)) for _ in range(8)), return_exceptions=True)
    assert sum(isinstance(result, LeaseLost) for result in results) == 7
    assert len(await store.read_after(lease.debate_id)) == 1


async def test_every_debate_is_claimed_by_one_runner(database: Database) -> None:
    """Runners that claim at once never get the same debate, and get all of them."""
    store = Store(database)
    made = [(await store.create(NewDebate(header=a_header(), owner="tester")))[0].id for _ in range(6)]
    claims = await asyncio.gather(*(store.claim(f"runner {number}") for number in range(6)))
    taken = [lease.debate_id for lease in claims if lease is not None]
    assert len(taken) == len(set(taken))
    while (lease := await store.claim("the last")) is not None:
        taken.append(lease.debate_id)
    assert sorted(taken) == sorted(made)


async def test_a_command_and_its_event_are_one_transaction(database: Database) -> None:
    """A command is carried out once; a debate with a waiting command is wanted when it is released."""
    store = Store(database)
    lease = await a_leased_debate(store)
    command = await store.add_command(lease.debate_id, "tester", '{"type": "pause"}')
    assert [one.id for one in await store.waiting_commands(lease.debate_id)] == [command.id]
    assert await store.release(lease, "paused")
    lease = await store.claim("again") or lease
    await store.append(lease, a_round(1), command.id)
    assert (await store.command(lease.debate_id, command.id)).applied_seq == 1
    with pytest.raises(LeaseLost):
        await store.append(lease, a_round(2), command.id)
    assert await store.last_seq(lease.debate_id) == 1
    assert not await store.release(lease, "paused")
    assert await store.wanted() == []


async def test_the_same_idempotency_key_makes_one_debate(database: Database) -> None:
    """Creating twice with one key gives the first debate; another owner's same key gives another."""
    store = Store(database)
    new = NewDebate(header=a_header(), owner="tester", idempotency_key="k", options=Options(words_per_s=4))
    first, is_new = await store.create(new)
    again, is_newer = await store.create(new)
    assert (is_new, is_newer) == (True, False)
    assert first == again
    other, _ = await store.create(NewDebate(header=a_header(), owner="somebody", idempotency_key="k"))
    assert other.id != first.id


async def test_deleting_a_debate_deletes_all_of_it(database: Database) -> None:
    """Nothing is left of a deleted debate, and whoever runs it can write nothing more."""
    store = Store(database)
    lease = await a_leased_debate(store)
    await store.append(lease, a_round(1))
    await Audience(database).cast_ballot(lease.debate_id, "before", "voter", "yes")
    await store.delete(lease.debate_id)
    assert await store.read_after(lease.debate_id) == []
    assert await Audience(database).ballots(lease.debate_id) == {}
    with pytest.raises(LeaseLost):
        await store.append(lease, a_round(2))
    for lost in (store.get(lease.debate_id), store.lines(lease.debate_id), store.delete(lease.debate_id)):
        with pytest.raises(NotFound):
            await lost


async def test_ballots_count_the_last_choice_of_each_voter(database: Database) -> None:
    """Voting again changes a ballot; it never adds one."""
    store, audience = Store(database), Audience(database)
    lease = await a_leased_debate(store)
    for voter, choice in (("x", "yes"), ("y", "no"), ("x", "no")):
        await audience.cast_ballot(lease.debate_id, "before", voter, choice)
    assert await audience.ballots(lease.debate_id) == {"before": {"x": "no", "y": "no"}}


async def test_a_failing_transaction_spoils_no_other(database: Database) -> None:
    """Among transactions committed together each succeeds or fails on its own."""
    store = Store(database)
    leases = [await a_leased_debate(store) for _ in range(10)]
    wrong = {3, 7}
    jobs = (store.append(lease, a_round(2 if number in wrong else 1)) for number, lease in enumerate(leases))
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert {number for number, result in enumerate(results) if isinstance(result, LeaseLost)} == wrong
    assert [await store.last_seq(one.debate_id) for one in leases] == [0 if n in wrong else 1 for n in range(10)]


async def test_addresses_that_are_no_store_are_refused(tmp_path: Path) -> None:
    """A wrong address, an unknown kind and an unreachable server each give one clear error of ours."""
    for url in ("nonsense", "mysql://localhost/x", "sqlite://"):
        with pytest.raises(StoreError):
            await open_database(url)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreUnavailable):
        await open_database(f"sqlite:///{tmp_path}/file/x.db")
    with pytest.raises(StoreUnavailable):
        await open_database(f"postgresql://nobody@/none?host={tmp_path}")


async def test_join_codes_let_in_only_while_in_force(database: Database) -> None:
    """A code in force admits, one that is over or unknown does not, and a code in use is not given twice."""
    store, audience = Store(database), Audience(database)
    lease = await a_leased_debate(store)
    await audience.add_code("ABC234", lease.debate_id, "tester", lasts_s=60)
    with pytest.raises(Conflict):
        await audience.add_code("ABC234", lease.debate_id, "tester", lasts_s=60)
    code = await audience.find_code("ABC234")
    member = await audience.admit(code.debate_id, "Kim", "hash", code.expires_at_ms)
    assert (await audience.member(member.id)) == member
    await audience.add_code("ZZZ999", lease.debate_id, "tester", lasts_s=-1)
    for unknown in ("ZZZ999", "NONE00"):
        with pytest.raises(NotFound):
            await audience.find_code(unknown)


async def test_a_store_that_is_closed_waits_for_its_queries(database_url: str) -> None:
    """Whatever was asked when it closes is answered first, also to whoever no longer waits: no connection is lost."""

    def one(connection: Connection) -> int:
        return int(connection.execute(text("SELECT 1")).scalar_one())

    for steps in range(60):
        opened = await open_database(database_url)
        asked = [asyncio.ensure_future(work(one)) for work in (opened.read, opened.write)]
        for _ in range(steps):
            await asyncio.sleep(0)
        asked[0].cancel()
        await opened.close()
        await asyncio.gather(*asked, return_exceptions=True)
    gc.collect()
