"""Train the cross-encoder of `language.inference` and write it as ONNX with 8-bit weights.

    python -m benchmarks.training.train_inference CHECKOUTS SNLI.jsonl BASE

needs torch, transformers and onnx, which running rejoinder does not. BASE is a folder with the weights of
all-MiniLM-L6-v2 (Apache-2.0; sentence-transformers), CHECKOUTS and SNLI are described in `inference_pairs`. Two stages:
one pass over the general pairs, then three over the claims that were written for this project with some of the general
ones between them. On two cores the first takes about 40 minutes and the second about 20.
"""

import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch  # type: ignore[import-not-found]
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import AutoModelForSequenceClassification, AutoTokenizer  # type: ignore[import-not-found]

from benchmarks.training.inference_pairs import Pair, general_pairs, own_pairs, replayed
from language.inference import FOLDER

_LONGEST = 112
_BATCH = 32
_STAGES = (7e-5, 4e-5)
"""Highest learning rate of each stage; it rises over the first 6 % of the steps and falls to nothing."""
_PASSES = 3


def main(checkouts: Path, snli: Path, base: Path) -> None:
    """Gather the pairs, train both stages, write the model, print how it does on the facts kept back."""
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(base)
    model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=3, attn_implementation="eager")
    general = general_pairs(checkouts, snli)
    chance = random.Random(11)
    own, held = own_pairs(chance)
    print(f"{len(general)} general pairs, {len(own)} of our own, {len(held)} kept back")
    _train(model, tokenizer, [general], _STAGES[0])
    _train(model, tokenizer, [own + replayed(general, chance) for _ in range(_PASSES)], _STAGES[1])
    print(f"right on the facts kept back: {_accuracy(model, tokenizer, held):.3f}")
    write(model, tokenizer, FOLDER)


def _train(model: Any, tokenizer: Any, passes: Sequence[Sequence[Pair]], rate: float) -> None:
    chance = random.Random(0)
    batches = [batch for one in passes for batch in _batches(one, tokenizer, chance)]
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, step / (0.06 * len(batches))) * max(0.02, 1 - step / len(batches))
    )
    model.train()
    start = time.monotonic()
    for number, (inputs, labels) in enumerate(batches, 1):
        loss = torch.nn.functional.cross_entropy(model(**inputs).logits, labels, label_smoothing=0.05)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        if number % 200 == 0:
            rate_now = number * _BATCH / (time.monotonic() - start)
            print(f"step {number} of {len(batches)}, loss {loss.item():.3f}, {rate_now:.0f} pairs a second", flush=True)


def _batches(pairs: Sequence[Pair], tokenizer: Any, chance: random.Random) -> list[tuple[dict[str, Any], Any]]:
    """Batches of pairs of about one length, in any order."""
    order = list(range(len(pairs)))
    chance.shuffle(order)
    lengths = [len(pair.claim) + len(pair.statement) for pair in pairs]
    made = []
    for start in range(0, len(order), _BATCH * 50):
        chunk = sorted(order[start : start + _BATCH * 50], key=lambda place: lengths[place])
        groups = [chunk[first : first + _BATCH] for first in range(0, len(chunk), _BATCH)]
        chance.shuffle(groups)
        made += [_encoded([pairs[place] for place in group], tokenizer) for group in groups]
    return made


def _encoded(pairs: Sequence[Pair], tokenizer: Any) -> tuple[dict[str, Any], Any]:
    inputs = tokenizer(
        [pair.claim for pair in pairs],
        [pair.statement for pair in pairs],
        truncation="longest_first",
        max_length=_LONGEST,
        padding=True,
        return_tensors="pt",
    )
    return dict(inputs), torch.tensor([pair.label for pair in pairs])


def _accuracy(model: Any, tokenizer: Any, pairs: Sequence[Pair]) -> float:
    model.eval()
    right = 0
    with torch.no_grad():
        for start in range(0, len(pairs), _BATCH):
            inputs, labels = _encoded(pairs[start : start + _BATCH], tokenizer)
            right += int((model(**inputs).logits.argmax(-1) == labels).sum())
    return right / len(pairs)


class _Logits(torch.nn.Module):  # type: ignore[misc]
    """The model with its outputs in a plain tensor, as the exporter wants them."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return self.model(input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids).logits


def write(model: Any, tokenizer: Any, folder: Path) -> None:
    """Write `model.onnx` with 8-bit weights and `tokenizer.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    example = tokenizer(["a claim", "b"], ["a statement", "c"], padding=True, return_tensors="pt")
    whole = folder / "whole.onnx"
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        _Logits(model.eval()),
        tuple(example[name] for name in names),
        str(whole),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={**dict.fromkeys(names, axes), "logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(whole, folder / "model.onnx", weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    whole.unlink()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
