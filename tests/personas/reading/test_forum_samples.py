"""Real forum pages against their gold, where the samples are at hand."""

from pathlib import Path

import pytest

from benchmarks.structured_formats import compare_sample, sample_files

PAGES = [path for path in sample_files() if path.suffix == ".html"]


@pytest.mark.skipif(not PAGES, reason="no sample threads in ../shared/threads")
@pytest.mark.parametrize("page", PAGES or [Path("none")], ids=lambda page: page.stem)
def test_posts_authors_and_quoted_authors_equal_the_gold(page: Path) -> None:
    """Every post is found under its own id, by its author, with as many quotes, each of the gold's author."""
    row = compare_sample(page)
    assert row.posts[0] == row.posts[1] > 0
    assert row.authors[0] == row.authors[1]
    told = [line for line in row.differences if " quotes" in line]
    assert told == []
