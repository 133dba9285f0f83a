"""From a thread to its cast: evidence, positions, stance, names."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personas.extraction import extract_cast
from personas.persona import Cast, Evidence, Persona
from personas.thread import Thread
from tests.personas.discussions_made import HARBOUR, Made, Said, make_thread, own, quote

SENTENCES = st.sampled_from(
    [
        "The new bridge would cost more than the whole school.",
        "Ferries are slower than bridges, but nobody drowns in traffic.",
        "So the council should not build it.",
        "Why would anybody pay for that?",
        "Thanks for the link, I will read it tomorrow.",
        "He said so himself in the meeting",
        "1) Wood rots faster than stone; stone is heavier - and heavy bridges need deep foundations that the "
        "river bed cannot give them without blasting.",
        "“Never build on sand.",
        "That is what my father told us.”",
        "Straße und Brücke kosten 12 €, das ist zu viel für uns alle.",
        "橋は高すぎるし、誰も使わないだろうと思います。",
        "I think the bridge is a mistake, because the ferry works!",
        "https://example.org/bridge",
        "lol",
    ]
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=6).map(" ".join)
POSTS = st.lists(
    st.tuples(
        st.sampled_from(["Ada", "Бела", "c3", "Ada Lovelace"]),
        st.lists(
            st.one_of(TEXTS.map(own), st.tuples(st.sampled_from(["Ada", "Zed"]), TEXTS).map(lambda one: quote(*one))),
            min_size=1,
            max_size=4,
        ),
    ),
    min_size=1,
    max_size=5,
)


def all_evidence(persona: Persona) -> list[Evidence]:
    evidence = [one for position in persona.positions for one in position.evidence]
    stance = [persona.stance_evidence] if persona.stance_evidence else []
    return [*evidence, *stance, *persona.remarks]


def is_in_own_passage(thread: Thread, persona: Persona, evidence: Evidence) -> bool:
    post = thread.post(evidence.post_id)
    place = 0
    for passage in post.passages:
        start = place if thread.offsets == "post" else passage.start
        place += len(passage.text) + 2
        assert start is not None
        inside = start <= evidence.start and evidence.end <= start + len(passage.text)
        if post.author == persona.name and passage.kind == "own" and inside:
            return True
    return False


@given(posts=POSTS, offsets=st.sampled_from(["source", "post"]))
def test_every_evidence_is_verbatim_in_that_posters_own_passages(posts, offsets) -> None:  # type: ignore[no-untyped-def]
    """Whatever is extracted stands, character for character, where it says, and never inside a quote."""
    made: Made = make_thread(*posts, offsets=offsets)
    for persona in extract_cast(made.thread).personas:
        for evidence in all_evidence(persona):
            source = made.source if offsets == "source" else made.thread.post(evidence.post_id).text
            assert source[evidence.start : evidence.end] == evidence.text
            assert is_in_own_passage(made.thread, persona, evidence)


@given(posts=POSTS)
def test_extraction_is_deterministic_and_ids_are_unique(posts: list[tuple[str, list[Said]]]) -> None:
    """The same thread gives the same cast, with unique ids, pseudonyms and position ids."""
    thread = make_thread(*posts).thread
    cast = extract_cast(thread)
    assert cast == extract_cast(thread)
    for names in ([one.id for one in cast.personas], [one.pseudonym for one in cast.personas]):
        assert len(set(names)) == len(names)
    for persona in cast.personas:
        assert len({one.id for one in persona.positions}) == len(persona.positions)
        assert {one.position_id for one in persona.remarks} <= {None, *(one.id for one in persona.positions)}


@pytest.fixture(scope="module")
def harbour() -> Cast:
    return extract_cast(HARBOUR.thread)


def statements(cast: Cast, name: str) -> list[str]:
    persona = next(one for one in cast.personas if one.name == name)
    return [position.statement for position in persona.positions]


def test_positions_are_arguments_that_stand_alone(harbour: Cast) -> None:
    """Greetings, questions, links, leaning sentences and asides are no positions."""
    assert statements(harbour, "Orsolya") != []
    everything = " ".join(position.statement for persona in harbour.personas for position in persona.positions)
    for no_position in ("Hi all", "What do you think", "It carried", "https", "Lol"):
        assert no_position not in everything


def test_quoted_words_are_nobodys_position(harbour: Cast) -> None:
    """Bertil quotes that the road should be closed; he does not say it."""
    assert not any("should be closed" in statement for statement in statements(harbour, "Bertil"))


def test_joining_words_are_trimmed_from_a_position(harbour: Cast) -> None:
    assert "The fish market loses customers because its prices doubled." in statements(harbour, "Bertil")


def test_one_position_is_not_stated_twice() -> None:
    """Saying the same three times makes one position with three places."""
    thread = make_thread(
        ("Ada", [own("Ferries should be free for everybody who lives on the island.")]),
        ("Bo", [own("The island should pay for its own ferries, because nobody else uses them.")]),
        ("Ada", [own("As an islander you see it: ferries should be free for everybody on the island.")]),
        ("Ada", [own("So ferries should be free for everybody who lives on this island of ours.")]),
    ).thread
    ada = extract_cast(thread).personas[0]
    assert len(ada.positions) == 1
    assert len(ada.positions[0].evidence) >= 2


def test_a_copied_sentence_belongs_to_its_first_writer() -> None:
    """A quote whose marks are lost is not credited to whoever repeats it."""
    copied = "The lighthouse should be lit with gas, because oil is too dear."
    thread = make_thread(
        ("Ada", [own(copied)]), ("Bo", [own(f"{copied} Gas would blacken the lamp within a month.")])
    ).thread
    bo = extract_cast(thread).personas[1]
    assert [remark.text for remark in bo.remarks] == ["Gas would blacken the lamp within a month."]


def test_words_typed_between_quotation_marks_over_several_sentences_are_foreign() -> None:
    thread = make_thread(
        (
            "Ada",
            [own('"The tower is unsafe. The tower must go." A tower that stood for six centuries is not unsafe now.')],
        ),
    ).thread
    assert [one.text for one in extract_cast(thread).personas[0].remarks] == [
        "A tower that stood for six centuries is not unsafe now."
    ]


def test_remarks_know_what_they_answered(harbour: Cast) -> None:
    """A sentence after a quote answers it; one before any quote answers nothing."""
    remarks = {one.text: one for persona in harbour.personas for one in persona.remarks}
    guard = remarks["A crossing guard would be cheaper than a closed road."]
    assert guard.answers == "Children cannot cross the harbour road safely before eight in the morning."
    assert guard.answers_author == "Orsolya"
    assert remarks["Children cannot cross the harbour road safely before eight in the morning."].answers is None
    assert not remarks["It carried four hundred lorries a day in 2019."].stands_alone


def test_names_in_other_scripts_get_ids_fit_for_files(harbour: Cast) -> None:
    assert [persona.id for persona in harbour.personas] == ["orsolya", "bertil", "poster-3"]


def test_pseudonyms_hold_nothing_of_the_names() -> None:
    """A pseudonym that is somebody's name here is passed over."""
    thread = make_thread(("Heron", [own("Herons are birds, not people.")]), ("kestrel77", [own("Kestrels are too.")]))
    pseudonyms = [persona.pseudonym for persona in extract_cast(thread.thread).personas]
    assert not {"Heron", "Kestrel"} & set(pseudonyms)


def test_epithet_is_the_central_position_shortened() -> None:
    """Words are only left out: the epithet's clause is a subsequence of the poster's own."""
    thread = make_thread(
        (
            "Marit",
            [
                own(
                    "The mayor was not a popular woman in the harbour council or the guild of fishermen and with good "
                    "reason - she raised the quay tax twice."
                )
            ],
        ),
    ).thread
    epithet = extract_cast(thread).personas[0].epithet
    assert epithet == 'the "mayor was not a popular woman in the harbour council" skeptic'


@pytest.mark.parametrize(
    "sentence",
    [
        "People keep saying that the harbour road is dangerous for children.",
        "A ferryman does not have the right to close the harbour road.",
        "Hasn't the harbour road become too dangerous for the children?",
        "Having a boat does not mean that she had a licence for the harbour road.",
    ],
)
def test_what_reads_badly_alone_is_no_epithet(sentence: str) -> None:
    """What others say, what was cut in two, a question, a "she" whom nobody knows."""
    thread = make_thread(("Ada", [own(f"{sentence} The fish market would be poorer without the ferry.")])).thread
    epithet = extract_cast(thread).personas[0].epithet
    assert "fish market" in epithet or '"' not in epithet


def test_an_epithet_never_drops_a_condition() -> None:
    """'X would be wrong if Y' must not be shortened to 'X would be wrong'."""
    thread = make_thread(
        ("Ada", [own("Closing the harbour would be wrong if the ferries still ran every day.")])
    ).thread
    assert "would be wrong" not in extract_cast(thread).personas[0].epithet


@pytest.mark.parametrize(
    ("motion", "said", "stance"),
    [
        ("school uniforms", "I support school uniforms because they hide who is poor.", "for"),
        ("school uniforms", "I am against school uniforms.", "against"),
        ("school uniforms", "School uniforms are useless.", "against"),
        ("school uniforms", "School uniforms do not work.", "against"),
        ("school uniforms", "We should ban school uniforms.", "against"),
        ("school uniforms", "I support school uniforms only for the smallest children.", "unclear"),
        ("school uniforms", "I am against abolishing school uniforms.", "unclear"),
        ("school uniforms", "My sister wore a school uniform for nine years.", "unclear"),
        ("school uniforms", "People who say that school uniforms are useless forget the winter.", "unclear"),
        ("school uniforms", "Would you say that school uniforms are useless?", "unclear"),
        ("Would trams make the town quieter?", "No. The bells alone are louder than any bus.", "against"),
        ("Would trams make the town quieter?", "Yes, trams would make any town quieter.", "for"),
        ("Would trams make the town better?", "Trams would not make the town better.", "against"),
        ("Would trams make the town better?", "Would trams make the town better? It depends on the fares.", "mixed"),
        ("Help with my tram model", "I support trams.", "unclear"),
        ("Could trams ever have won the town over?", "My answer to the title is still no.", "against"),
        ("Could trams ever have won the town over?", "So yes, trams could have won: the buses were late.", "for"),
        ("Could trams ever have won the town over?", "Trams could never have won that town.", "against"),
        ("Could trams ever have won the town over?", "Nobody there could have won with trams.", "against"),
        ("Could trams ever have won the town over?", "Trams could have won only with cheap power.", "unclear"),
        ("Could trams ever have won the town over?", "She says that trams could have won.", "unclear"),
    ],
)
def test_stance_is_told_only_where_the_words_say_it(motion: str, said: str, stance: str) -> None:
    """For and against rest on a declaration, an answer or a judgement of the motion's own subject."""
    thread = make_thread(("Ada", [own("Let us talk about it.")]), ("Bo", [own(said)]), title=motion).thread
    bo = extract_cast(thread).personas[1]
    assert bo.stance == stance
    assert (bo.stance_evidence is None) == (stance == "unclear")


def test_a_no_to_somebody_else_is_no_stance() -> None:
    """ "No" after a quote answers the quote, not the motion."""
    thread = make_thread(
        ("Ada", [own("Trams are loud.")]),
        ("Bo", [quote("Ada", "Trams are loud."), own("No, they hum.")]),
        title="Would trams make the town quieter?",
    ).thread
    assert extract_cast(thread).personas[1].stance == "unclear"


def test_motion_defaults_to_the_title_and_can_be_set() -> None:
    thread = HARBOUR.thread
    assert extract_cast(thread).motion == thread.title
    assert extract_cast(thread, "Ferries first").motion == "Ferries first"
    assert extract_cast(thread.model_copy(update={"title": None})).motion


def test_voice_tells_manners_apart() -> None:
    """Casual marks and 'you' are measured on own words only."""
    thread = make_thread(
        ("Ada", [own("lol yeah you don't get it!! you guys can't be serious... gonna laugh at you all day")]),
        (
            "Bo",
            [
                quote("Ada", "lol yeah you don't get it!! you guys can't be serious"),
                own(
                    "The committee considered the proposal at length. It found no evidence that the measure would "
                    "reduce the cost of maintenance, and it therefore declined to recommend it to the assembly."
                ),
            ],
        ),
    ).thread
    ada, bo = extract_cast(thread).personas
    assert (ada.voice.formality, ada.voice.address) == ("informal", "direct")
    assert (bo.voice.formality, bo.voice.address) == ("formal", "indirect")


def test_other_languages_give_positions_by_form_alone() -> None:
    """The English cues are not applied to a thread in another language; stance stays unclear."""
    thread = make_thread(
        ("Анна", [own("Дорогу вдоль гавани следует закрыть, потому что шум прогоняет покупателей с рынка.")]),
        ("Борис", [own("Кто за это заплатит?")]),
        title="Закрыть ли дорогу?",
    ).thread
    anna, boris = extract_cast(thread).personas
    assert len(anna.positions) == 1
    assert anna.stance == "unclear"
    assert boris.positions == ()


def test_posts_without_own_words_make_no_persona() -> None:
    thread = make_thread(
        ("Ada", [own("Trams should be free.")]), ("Bo", [quote("Ada", "Trams should be free.")])
    ).thread
    assert [persona.name for persona in extract_cast(thread).personas] == ["Ada"]


@pytest.mark.parametrize("text", ["a" * 300_000, "word " * 60_000, "if it was, " * 30_000, "(" * 50_000 + '"' * 50_000])
def test_what_is_no_language_costs_no_time(text: str) -> None:
    """Data and endless runs give no positions and are passed over at once, however the rules would search them."""
    thread = make_thread(("Ada", [own(text)]), ("Bo", [own("Trams should be free for every pupil in town.")])).thread
    started = time.process_time()
    cast = extract_cast(thread)
    assert time.process_time() - started < 5
    assert [len(persona.positions) for persona in cast.personas][-1] == 1
