"""The load of `benchmarks.engine_load` on AutoGen's round-robin group chat (autogen-agentchat 0.7.5).

    PEERS/bin/python benchmarks/peers/autogen_round_robin.py URL DEBATES TURNS

Prints one line of JSON. Needs autogen-agentchat and autogen-ext[openai] in that environment.
"""

import asyncio
import json
import resource
import sys
import time

from autogen_agentchat.agents import AssistantAgent  # type: ignore[import-not-found]
from autogen_agentchat.conditions import MaxMessageTermination  # type: ignore[import-not-found]
from autogen_agentchat.teams import RoundRobinGroupChat  # type: ignore[import-not-found]
from autogen_core.models import ModelInfo  # type: ignore[import-not-found]
from autogen_ext.models.openai import OpenAIChatCompletionClient  # type: ignore[import-not-found]

PROMPT = "You are poster {name} in a discussion. You hold a firm position. Answer the others in two to four sentences."


def client(url: str) -> OpenAIChatCompletionClient:
    """One client, shared by all agents."""
    info = ModelInfo(vision=False, function_calling=False, json_output=False, family="unknown", structured_output=False)
    return OpenAIChatCompletionClient(model="fake", base_url=url, api_key="none", model_info=info, max_retries=0)


async def debate(model: OpenAIChatCompletionClient, turns: int) -> int:
    """One debate of three agents; returns how many turns it had."""
    agents = [
        AssistantAgent(name, model, system_message=PROMPT.format(name=name)) for name in ("anna", "bert", "clara")
    ]
    team = RoundRobinGroupChat(agents, termination_condition=MaxMessageTermination(turns + 1))
    result = await team.run(task="Should the village close its library?")
    return len(result.messages) - 1


def cpu_s() -> float:
    """Processor seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main(url: str, debates: int, turns: int) -> None:
    """Warm up with one debate, then measure."""
    model = client(url)
    await debate(model, turns)
    cpu, started = cpu_s(), time.monotonic()
    done = await asyncio.gather(*(debate(model, turns) for _ in range(debates)), return_exceptions=True)
    wall_s, spent_s = time.monotonic() - started, cpu_s() - cpu
    counts = [count for count in done if isinstance(count, int)]
    await model.close()
    print(json.dumps({"turns": sum(counts), "cpu_s": spent_s, "wall_s": wall_s, "failed": len(done) - len(counts)}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
