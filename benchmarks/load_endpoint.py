"""The fake endpoint of the load and fault benchmarks, as a process of its own.

    python -m benchmarks.load_endpoint --latency 0.05 --faults 0.2

It answers a persona's prompt with the persona's own words that the prompt asks to be reworded, so that the answers pass
the fidelity checks as a good model's would, and a referee's with one verdict for each claim; any other prompt gets a
stock sentence.
"""

import argparse
import asyncio
import json
import logging
import re
from typing import Any, get_args

from language.fake_endpoint import Behaviour, FakeEndpoint, FaultKind, stock_reply

_OWN_WORDS = re.compile(r'<data name="own_words">\n(.*?)\n</data>', re.DOTALL)


_CLAIMS = re.compile(r'<data name="claims">\n(.*?)\n</data>', re.DOTALL)
_CLAIM = re.compile(r"^(\d+)\. ", re.MULTILINE)


def reworded(request: dict[str, Any]) -> str:
    """The own words of a persona's prompt as running text; for a referee's, that no claim is covered."""
    asked = str(request["messages"][-1]["content"])
    if claims := _CLAIMS.search(asked):
        verdicts = [{"number": int(one), "verdict": "not_covered", "facts": []} for one in _CLAIM.findall(claims[1])]
        return json.dumps({"verdicts": verdicts})
    found = _OWN_WORDS.search(asked)
    if found is None:
        return stock_reply(request)
    lines = [line.removeprefix("- ").strip() for line in found[1].splitlines()]
    return " ".join(line for line in lines[:2] if line)


async def serve(behaviour: Behaviour) -> None:
    """Listen until killed; the base address is the first line printed."""
    async with FakeEndpoint(reworded, behaviour, keeps_requests=False) as endpoint:
        print(endpoint.base_url, flush=True)
        await asyncio.Event().wait()


def main() -> None:
    """Read the options and serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.05, help="seconds")
    parser.add_argument("--faults", type=float, default=0.0, help="share of requests, 0 to 1")
    parser.add_argument("--hang", type=float, default=60.0, help="seconds")
    parser.add_argument("--kinds", default=",".join(get_args(FaultKind)), help="kinds of faults")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    kinds: tuple[Any, ...] = tuple(options.kinds.split(","))
    behaviour = Behaviour(
        latency_s=options.latency,
        fault_share=options.faults,
        fault_kinds=kinds,
        hang_s=options.hang,
        seed=options.seed,
        retry_after_s=0.1,
    )
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)  # callers that are killed are no news
    asyncio.run(serve(behaviour))


if __name__ == "__main__":
    main()
