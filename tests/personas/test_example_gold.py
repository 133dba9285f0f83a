"""The shipped example's gold agrees with its thread: offsets, quotations, claims."""

import json
from pathlib import Path
from typing import Any

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "politburo"


@pytest.fixture(scope="module")
def source() -> str:
    return (EXAMPLE / "thread.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((EXAMPLE / "gold.json").read_text(encoding="utf-8"))
    return loaded


def test_thread_is_big_enough_for_a_debate(gold: dict[str, Any]) -> None:
    """At least ten posts by at least six people, each of whom speaks twice."""
    authors = [post["author"] for post in gold["posts"]]
    assert len(authors) >= 10
    assert len(set(authors)) >= 6
    assert all(authors.count(author) >= 2 for author in authors)
    assert {person["author"] for person in gold["people"]} == set(authors)


def test_passages_stand_where_gold_says(source: str, gold: dict[str, Any]) -> None:
    """Every passage is the verbatim text at its offsets, and passages follow each other without overlap."""
    passages = [passage for post in gold["posts"] for passage in post["passages"]]
    end = 0
    for passage in passages:
        assert source[passage["start"] : passage["end"]] == passage["text"]
        assert passage["start"] >= end
        end = passage["end"]


def test_between_passages_only_headers_and_page_furniture_stand(source: str, gold: dict[str, Any]) -> None:
    """Whatever is in no passage is the title, a surviving name, a member's title, or the page's own words."""
    named = {person["author"] for person in gold["people"] if person["author_named"]}
    furniture = {gold["title"], "Banned", "Donor", "Last edited:", "Top", *named}
    end = 0
    left: list[str] = []
    for post in gold["posts"]:
        for passage in post["passages"]:
            left += source[end : passage["start"]].split("\n")
            end = passage["end"]
    left += source[end:].split("\n")
    assert {line.strip() for line in left} - {""} == furniture


def test_each_post_ends_with_a_line_of_one_no_break_space(source: str, gold: dict[str, Any]) -> None:
    """The dump's only reliable border is there after each post and nowhere else."""
    assert source.split("\n").count("\u00a0") == len(gold["posts"])
    for post in gold["posts"]:
        assert source[post["passages"][-1]["end"] :].startswith("\n\u00a0\n")


def test_quotes_of_the_page_repeat_own_words_of_the_quoted_post(gold: dict[str, Any]) -> None:
    """A quotation with a post is verbatim from that author's own words; one without occurs nowhere else."""
    posts = {post["post_id"]: post for post in gold["posts"]}
    own_words = {key: [p["text"] for p in post["passages"] if p["kind"] == "own"] for key, post in posts.items()}
    for post in gold["posts"]:
        for passage in post["passages"]:
            if passage["kind"] == "own":
                assert passage["quoted_author"] is None
            elif passage["quoted_post"] is None:
                assert not any(passage["text"] in text for texts in own_words.values() for text in texts)
            else:
                assert int(passage["quoted_post"]) < int(post["post_id"])
                assert posts[passage["quoted_post"]]["author"] == passage["quoted_author"]
                assert any(passage["text"] in text for text in own_words[passage["quoted_post"]])


def test_at_least_two_quotes_come_from_an_earlier_page(gold: dict[str, Any]) -> None:
    """The example shows the hard case: quotations whose source is not in the file."""
    quotes = [p for post in gold["posts"] for p in post["passages"] if p["kind"] == "quote"]
    assert sum(quote["quoted_post"] is None for quote in quotes) >= 2


def test_claims_are_own_words_and_cite_facts_of_the_sheet(source: str, gold: dict[str, Any]) -> None:
    """Each claim stands in an own passage of its post, and a decided one names a fact that exists."""
    sheet_text = (EXAMPLE.parent / "interwar-ussr.yaml").read_text(encoding="utf-8")
    posts = {post["post_id"]: post for post in gold["posts"]}
    for claim in gold["claims"]:
        assert source[claim["start"] : claim["end"]] == claim["text"]
        assert any(
            passage["kind"] == "own" and passage["start"] <= claim["start"] and claim["end"] <= passage["end"]
            for passage in posts[claim["post_id"]]["passages"]
        )
        decided = claim["verdict"] in {"supported", "contradicted"}
        assert decided == (claim["fact"] is not None)
        assert claim["fact"] is None or f"\n  - id: {claim['fact']}\n" in sheet_text


def test_at_least_four_claims_are_wrong_on_purpose(gold: dict[str, Any]) -> None:
    """A teacher's demonstration needs something for the referee to object to."""
    assert sum(claim["verdict"] == "contradicted" for claim in gold["claims"]) >= 4
