"""How right the referee is with a real model at its side, beside the rules alone on the same claims.

    python -m benchmarks.referee_model --base-url http://127.0.0.1:8081/v1 --model qwen-1.5b
        [--way plain|typed|extending] [--claims 200] [--fm2 CHECKOUT] [--out FILE.jsonl]

The protocol is in `benchmarks.referee_data`. As many claims of FEVER (the half that nobody looked at), FM2 (its test
part with `--fm2`, else its dev part) and Climate-FEVER are drawn by a fixed seed. The ways: `plain` puts one short
question for each verdict of the rules (small models), `typed` one form for each turn, `extending` the same and lets
the model rule where the rules are silent. FILE gets a line a claim, and a second run goes on where the first stopped.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from api.models import ModelOptions
from benchmarks.referee import LABELS, f_score
from benchmarks.referee_data import SHARED, Case, Trial, is_for_testing, load_fm2_test, load_trial
from debate.referee.facts import Ruling
from debate.referee.model_checker import ModelReferee
from debate.referee.plain_checker import PlainReferee
from debate.referee.port import Background, Referee
from debate.referee.referee import RuleReferee
from language.chat import ChatModel
from language.models import Endpoints, open_chat_model
from language.structured import ReplyModes

WAYS = ("plain", "typed", "extending")
SETS = ("fever_dev", "fm2", "climate_fever")
Row = Mapping[str, object]


@cache
def load(name: str, fm2: Path | None) -> tuple[Trial, RuleReferee]:
    """A set and the rules with its sheet."""
    trial = load_fm2_test(fm2) if name == "fm2" and fm2 else load_trial(name)
    return trial, RuleReferee(trial.sheet)


def drawn(claims: int, fm2: Path | None) -> Iterator[tuple[str, Case]]:
    """A third of the claims from each set."""
    for name in SETS:
        cases = [case for case in load(name, fm2)[0].cases if name != "fever_dev" or is_for_testing(case.claim)]
        yield from ((name, case) for case in random.Random(1).sample(cases, min(len(cases), -(-claims // 3))))


def verdict(rulings: Sequence[Ruling]) -> str:
    """One verdict for a claim: contradicted where any part is, else supported, else unchecked where any part is."""
    said = {one.verdict for one in rulings}
    return next((one for one in ("contradicted", "supported", "unchecked") if one in said), "not_covered")


def referee(way: str, rules: RuleReferee, model: ChatModel, modes: ReplyModes) -> Referee:
    """The rules with the model at their side."""
    return (
        PlainReferee(rules, model)
        if way == "plain"
        else ModelReferee(rules, model, modes, may_extend=way == "extending")
    )


async def measure(parsed: argparse.Namespace, rows: list[Row]) -> list[Row]:
    """Every claim drawn, after `rows` of an earlier run."""
    out: Path = parsed.out
    known = {(row["set"], row["claim"]) for row in rows}
    endpoints, modes = Endpoints(), ReplyModes()
    options = ModelOptions(model=parsed.model, base_url=parsed.base_url, timeout_s=600)
    model = open_chat_model(options.spec(parsed.model), endpoints)
    with out.open("a", encoding="utf-8") as lines:
        for name, case in drawn(parsed.claims, parsed.fm2):
            if (name, case.claim) in known:
                continue
            rules = load(name, parsed.fm2)[1]
            begun = time.monotonic()
            said = verdict(await referee(parsed.way, rules, model, modes).rule(case.claim, Background()))
            taken = time.monotonic() - begun
            row = {"set": name, "claim": case.claim, "label": case.label, "rules": verdict(rules.judge(case.claim))}
            rows.append({**row, "both": said, "seconds": round(taken, 2)})
            lines.write(json.dumps(rows[-1], ensure_ascii=False) + "\n")
            lines.flush()
            print(f"\r{len(rows)} claims", end="", flush=True)
    await endpoints.close()
    print()
    return rows


def table(rows: Sequence[Row], way: str) -> Table:
    """Precision and recall of objections, macro-F1, what the model left unchecked, and what it took."""
    figures = Table("", "rules", f"with the model ({way})", title=f"The referee on {len(rows)} claims")
    for name in (*dict.fromkeys(str(row["set"]) for row in rows), "all"):
        chosen = [row for row in rows if name in ("all", row["set"])]
        figures.add_row(f"{name} ({len(chosen)})", *(_figures(chosen, who) for who in ("rules", "both")))
    apart = [row for row in rows if row["label"] == "not_covered"]
    wrongly = (sum(row[who] == "contradicted" for row in apart) / max(1, len(apart)) for who in ("rules", "both"))
    figures.add_row("not covered, ruled contradicted", *(f"{share:.3f}" for share in wrongly))
    figures.add_row("unchecked", "", f"{sum(row['both'] == 'unchecked' for row in rows) / len(rows):.3f}")
    seconds = [float(str(row["seconds"])) for row in rows]
    figures.add_row("seconds a claim, and the slowest", "", f"{sum(seconds) / len(rows):.1f}, {max(seconds):.1f}")
    return figures


def _figures(rows: Sequence[Row], who: str) -> str:
    pairs = [(row["label"], row[who]) for row in rows]
    cells = []
    for label in ("contradicted", "supported"):
        precision, recall, _ = f_score(pairs, label)
        cells.append(f"{label} {precision:.2f} / {recall:.2f} of {sum(said == label for _, said in pairs)}")
    macro = sum(f_score(pairs, label)[2] for label in LABELS) / len(LABELS)
    return f"{', '.join(cells)}, F1 {macro:.3f}"


def main() -> None:
    """Print one table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", required=True, help="an OpenAI-compatible endpoint")
    parser.add_argument("--model", required=True)
    parser.add_argument("--way", choices=WAYS, default="plain")
    parser.add_argument("--claims", type=int, default=200)
    parser.add_argument("--fm2", type=Path, help="a checkout of FM2's repository, for its test part")
    parser.add_argument("--out", type=Path, default=Path("referee-model.jsonl"))
    parsed = parser.parse_args()
    if not SHARED.is_dir():
        print("../shared/claims is not here; nothing to measure")
        return
    earlier = parsed.out.read_text(encoding="utf-8").splitlines() if parsed.out.exists() else []
    rows = asyncio.run(measure(parsed, [json.loads(line) for line in earlier]))
    Console(width=140).print(table(rows, parsed.way))


if __name__ == "__main__":
    main()
