"""How large a model is, as far as its name tells."""

import re

MOST_OF_A_SMALL_MODEL = 4.0
"""Billions of parameters. Up to here models copy, drift and turn positions around more often than not."""
_SIZE = re.compile(r"(?<![\w.])[ae]?(\d+(?:\.\d+)?)([bm])(?![a-z0-9])", re.IGNORECASE)
_SMALL_FAMILIES = re.compile(r"\b(?:smollm|tinyllama|tinydolphin|phi-?[123](?:\.5)?[-:]?mini)", re.IGNORECASE)


def looks_small(name: str) -> bool:
    """Whether a model's name says that it has a few billion parameters or fewer ("qwen2.5:1.5b", "smollm2-135m").

    Args:
        name: As the endpoint knows it, with or without a provider; of several sizes, as of a mixture of experts, the
            largest counts. A name without a size is not taken for small.
    """
    # "_" joins words of a file's name, and hides where they begin.
    sizes = [
        float(number) / (1000.0 if unit.lower() == "m" else 1.0)
        for number, unit in _SIZE.findall(name.replace("_", "-"))
    ]
    if sizes:
        return max(sizes) <= MOST_OF_A_SMALL_MODEL
    return _SMALL_FAMILIES.search(name) is not None
