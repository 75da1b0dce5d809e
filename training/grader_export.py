"""Writes the whole grader as one ONNX file: network, trees and linear part, summed with their shares to the logits of every field."""
import io

import numpy as np
import onnx
import torch
from onnx import TensorProto, compose, helper, numpy_helper
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType

from grader_data import FIELDS, POOL, SIZE, TOTAL, split
from grader_measures import FLOOR
from half_floats import halved

OPSET = 17


class Front(torch.nn.Module):
    """Network logits, linear logits and what the trees read, in one graph."""

    def __init__(self, ensemble, linear):
        super().__init__()
        self.ensemble = ensemble
        self.weight = torch.nn.Parameter(torch.from_numpy(linear.weight))
        self.offset = torch.nn.Parameter(torch.from_numpy(linear.offset))

    def forward(self, image, features):
        rows, cols = POOL
        cells = torch.nn.functional.avg_pool2d(image[:, :2], (72 // rows, 96 // cols))
        signal = ((cells + 0.02).log() * (image[:, 2:, :1, :1] > 0.5).float()).flatten(1)
        return self.ensemble(image, features), features @ self.weight + self.offset, torch.cat([features, signal], 1)


def write(path, ensemble, linear, forests, shares, images, features):
    """shares: field -> shares of network, trees and linear part; a part without a share is not written."""
    buffer = io.BytesIO()
    axes = {n: {0: "n"} for n in ["image", "features", "network", "linear", "read"]}
    torch.onnx.export(
        Front(ensemble, linear).eval(), (torch.from_numpy(images[:2]), torch.from_numpy(features[:2])), buffer, opset_version=OPSET, dynamo=False,
        input_names=["image", "features"], output_names=["network", "linear", "read"], dynamic_axes=axes,
    )
    front = onnx.load_from_string(buffer.getvalue())
    nodes, weights = halved(list(front.graph.node), list(front.graph.initializer))
    columns = split(np.arange(TOTAL)[None])
    width = features.shape[1] + 2 * POOL[0] * POOL[1]

    def constant(name, value):
        weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    low, high, one = constant("low", np.float32(FLOOR)), constant("high", np.float32(1 - FLOOR)), constant("one", np.float32(1))
    def trees_of(f, classes, kind):
        """Nodes that give the trees' logits of a field, `{f}/trees`."""
        assert len(forests[f].classes_) == classes, f"{f}: a grade has no example"
        trees = convert_sklearn(
            forests[f], initial_types=[("read", FloatTensorType([None, width]))], options={id(forests[f]): {"zipmap": False}},
            target_opset={"": OPSET, "ai.onnx.ml": 3},
        )
        graph = compose.add_prefix(trees, f"{f}/").graph
        for node in graph.node:
            node.input[:] = ["read" if n == f"{f}/read" else n for n in node.input]
        nodes.extend(graph.node)
        weights.extend(graph.initializer)
        p = f"{f}/probabilities"
        if kind == "softmax":
            nodes.append(helper.make_node("Clip", [p, low, one], [f"{f}/clipped"]))
            nodes.append(helper.make_node("Log", [f"{f}/clipped"], [f"{f}/trees"]))
            return
        above = (np.arange(classes)[:, None] > np.arange(classes - 1)[None]).astype(np.float32)
        nodes.append(helper.make_node("MatMul", [p, constant(f"{f}/above", above)], [f"{f}/over"]))
        nodes.append(helper.make_node("Clip", [f"{f}/over", low, high], [f"{f}/clipped"]))
        nodes.append(helper.make_node("Sub", [one, f"{f}/clipped"], [f"{f}/rest"]))
        nodes.append(helper.make_node("Log", [f"{f}/clipped"], [f"{f}/log"]))
        nodes.append(helper.make_node("Log", [f"{f}/rest"], [f"{f}/log-rest"]))
        nodes.append(helper.make_node("Sub", [f"{f}/log", f"{f}/log-rest"], [f"{f}/trees"]))

    for f, (_, classes, kind, _) in FIELDS.items():
        total = constant(f"{f}/zero", np.zeros((1, SIZE[f]), np.float32))
        used = [(part, share) for part, share in zip(["network", "trees", "linear"], shares[f]) if share > 0]
        for k, (part, share) in enumerate(used):
            source = f"{f}/trees"
            if part == "trees":
                trees_of(f, classes, kind)
            else:
                source = f"{f}/{part}-columns"
                at = constant(f"{f}/{part}-at", columns[f][0].astype(np.int64))
                nodes.append(helper.make_node("Gather", [part, at], [source], axis=1))
            scaled = f"{f}/{part}-scaled"
            nodes.append(helper.make_node("Mul", [source, constant(f"{f}/{part}-share", np.float32(share))], [scaled]))
            after = f if k == len(used) - 1 else f"{f}/with-{part}"
            nodes.append(helper.make_node("Add", [scaled, total], [after]))
            total = after
    outputs = [helper.make_tensor_value_info(f, TensorProto.FLOAT, ["n", SIZE[f]]) for f in FIELDS]
    graph = helper.make_graph(nodes, "grader", list(front.graph.input), outputs, weights)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", 3)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, path)
