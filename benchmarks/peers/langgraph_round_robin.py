"""The load of `benchmarks.engine_load` on a LangGraph loop over ChatOpenAI.

    PEERS/bin/python benchmarks/peers/langgraph_round_robin.py URL DEBATES TURNS

Prints one line of JSON. Needs langgraph and langchain-openai in that environment.
"""

import asyncio
import json
import operator
import resource
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypedDict

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langgraph.graph import END, StateGraph
from pydantic import SecretStr

PROMPT = "You are poster {name} in a discussion. You hold a firm position. Answer the others in two to four sentences."
NAMES = ("anna", "bert", "clara")


class State(TypedDict):
    """What was said so far."""

    messages: Annotated[list[BaseMessage], operator.add]


def speaker(model: ChatOpenAI, name: str) -> Callable[[State], Awaitable[State]]:
    """A node in which one agent answers."""

    async def speak(state: State) -> State:
        reply = await model.ainvoke([SystemMessage(PROMPT.format(name=name)), *state["messages"]])
        return {"messages": [AIMessage(str(reply.text), name=name)]}

    return speak


def build(model: ChatOpenAI, turns: int) -> Any:
    """Three agents in a ring that ends after so many turns."""
    graph = StateGraph(State)
    for place, name in enumerate(NAMES):
        graph.add_node(name, speaker(model, name))  # type: ignore[call-overload]
        following = NAMES[(place + 1) % len(NAMES)]

        def onward(state: State, following: str = following) -> str:
            return END if len(state["messages"]) > turns else following

        graph.add_conditional_edges(name, onward, {END: END, following: following})
    graph.set_entry_point(NAMES[0])
    return graph.compile()


def cpu_s() -> float:
    """Processor seconds of this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def main(url: str, debates: int, turns: int) -> None:
    """Warm up with one debate, then measure."""
    model = ChatOpenAI(model="fake", base_url=url, api_key=SecretStr("none"), max_retries=0)
    graph = build(model, turns)
    start: State = {"messages": [HumanMessage("Should the village close its library?")]}
    config = {"recursion_limit": turns + 5}
    await graph.ainvoke(start, config)
    cpu, started = cpu_s(), time.monotonic()
    done = await asyncio.gather(*(graph.ainvoke(start, config) for _ in range(debates)), return_exceptions=True)
    wall_s, spent_s = time.monotonic() - started, cpu_s() - cpu
    counts = [len(state["messages"]) - 1 for state in done if isinstance(state, dict)]
    print(json.dumps({"turns": sum(counts), "cpu_s": spent_s, "wall_s": wall_s, "failed": len(done) - len(counts)}))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
