import pytest

from language.model_size import looks_small


@pytest.mark.parametrize(
    "name",
    [
        "qwen-1.5b",
        "openai:qwen2.5:3b",
        "Qwen2.5-Coder-1.5B-Instruct-Q4_K_M.gguf",
        "smollm2-135m",
        "SmolLM2",
        "model_0.5B.gguf",
        "gemma3n:e4b",
        "google/gemma-3-4b-it",
        "phi3:mini",
        "tinyllama",
    ],
)
def test_small_models_are_known_by_their_names(name: str) -> None:
    """Sizes in billions and millions, however the endpoint writes them, and families that come in small only."""
    assert looks_small(name)


@pytest.mark.parametrize(
    "name",
    ["gpt-4o-mini", "llama-3.1-8b-instant", "mixtral-8x7b", "qwen3-30b-a3b", "claude-haiku-4", "gpt-oss-20b", "tiny"],
)
def test_no_other_model_is_taken_for_small(name: str) -> None:
    """Of a mixture the whole counts; a name without a size says nothing."""
    assert not looks_small(name)
