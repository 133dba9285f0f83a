"""Natural language inference by a small cross-encoder: does a statement say a claim, exclude it, or neither?

The model reads claim and statement side by side, so that it sees a paraphrase which shares no words ("blew up" for
"exploded") and a difference that no list of words has. It is optional (`pip install 'rejoinder[nli]'`), needs no
network and runs on one core; how it was trained, and on what, is in `benchmarks.training.train_inference`.
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

FOLDER = Path(__file__).with_name("data") / "inference"
NAME = "nli"
"""How rulings name this checker."""
_LONGEST = 128
"""Word pieces of claim and statement together; what goes beyond is cut from the longer of both."""


class Inference(NamedTuple):
    """How likely a statement says a claim, excludes it, or leaves it open; the three add up to 1."""

    supports: float
    contradicts: float
    neither: float


class Inferring(Protocol):
    """Tells what statements say of a claim."""

    def infer(self, claim: str, statements: Sequence[str]) -> list[Inference]:
        """What each statement says of the claim, in the order given."""
        ...


class CrossEncoder:
    """The shipped cross-encoder, run by ONNX Runtime on one core."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load it.

        Args:
            folder: Has `model.onnx` and `tokenizer.json`.
        """
        from onnxruntime import InferenceSession, SessionOptions
        from tokenizers import Tokenizer

        options = SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_LONGEST, strategy="longest_first")
        self._tokenizer.enable_padding()

    def infer(self, claim: str, statements: Sequence[str]) -> list[Inference]:
        """What each statement says of the claim, in the order given."""
        if not statements:
            return []
        import numpy as np

        encoded = self._tokenizer.encode_batch([(claim, statement) for statement in statements])
        (logits,) = self._session.run(
            None,
            {
                "input_ids": np.array([one.ids for one in encoded], dtype=np.int64),
                "attention_mask": np.array([one.attention_mask for one in encoded], dtype=np.int64),
                "token_type_ids": np.array([one.type_ids for one in encoded], dtype=np.int64),
            },
        )
        raised = np.exp(logits - logits.max(axis=1, keepdims=True))
        shares = raised / raised.sum(axis=1, keepdims=True)
        return [Inference(*(float(share) for share in row)) for row in shares]


@cache
def installed() -> CrossEncoder | None:
    """The cross-encoder, loaded once; None where the extra `nli` is not installed."""
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        return None
    return CrossEncoder()
