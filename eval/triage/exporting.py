"""From the learned network to the file that the agent loads: ONNX with int8 weights. Needs torch: see `train.py`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import onnx
import torch
from learning import Network
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

OUTPUTS = ("category", "mood", "flags")


class Judge(nn.Module):
    """The network as the agent uses it: the words' numbers in, probabilities out, no word padded or hidden."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, input_ids: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        said = self.network(input_ids, torch.ones_like(input_ids))
        return said.category.softmax(-1), said.mood.softmax(-1), said.flags.sigmoid()


def export(network: Network, exact: Path, small: Path) -> None:
    """Write the model with fp32 weights to `exact` and with int8 weights to `small`."""
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    torch.onnx.export(
        Judge(network).eval(),
        (torch.ones((2, 9), dtype=torch.int64),),
        str(exact),
        input_names=["input_ids"],
        output_names=list(OUTPUTS),
        dynamic_shapes=({0: batch, 1: length},),
        dynamo=True,
        external_data=False,
    )
    _strip(exact)
    # A scale for each channel, as with the embedder: one for each tensor costs accuracy.
    quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True)
    _strip(small)


def _strip(model: Path) -> None:
    """Take out what the exporter notes of its own run: stack traces with file paths of the exporting machine, and the
    shapes of tensors that it has since transposed, over which the quantiser stumbles.
    """
    proto: Any = onnx.load(str(model))
    graph = proto.graph
    for item in (proto, graph, *graph.node, *graph.value_info, *graph.input, *graph.output, *graph.initializer):
        del item.metadata_props[:]
        item.ClearField("doc_string")
    del graph.value_info[:]
    onnx.save(proto, str(model))
