"""Writes the whole grader as one ONNX file: its five parts, summed with their shares to the logits of every field."""
import io

import numpy as np
import onnx
import torch
from onnx import TensorProto, compose, helper, numpy_helper
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import FloatTensorType

from grader_data import FIELDS, POOL, SIZE, TOTAL, split
from grader_measures import FLOOR
from grader_shares import PARTS
from grader_sight import SEEN
from half_floats import halved

OPSET = 17


class Front(torch.nn.Module):
    """Logits of every part but the trees, and what the trees read, in one graph."""

    def __init__(self, parts):
        super().__init__()
        self.ensemble, self.sight = parts["network"], parts["trunk"]
        for name in ("linear", "plates", "sight"):
            self.register_buffer(f"{name}_weight", torch.from_numpy(parts[name].weight))
            self.register_buffer(f"{name}_offset", torch.from_numpy(parts[name].offset))
        mean, sd = parts["cells"]
        self.register_buffer("mean", torch.from_numpy(mean.reshape(2, 1, -1).astype(np.float32)))
        self.register_buffer("sd", torch.from_numpy(sd.reshape(2, 1, -1).astype(np.float32)))

    def seen_logits(self, wide, points, seen, place):
        """A crop is read as T2 or as T1, `place` says which of them belong to a disc; the place -1 is that of the added row of zeros."""
        cells = self.sight(wide, points)
        mask = seen.unsqueeze(1).repeat(1, SEEN, 1).flatten(1)
        total = self.sight_offset
        for s, weight in enumerate(self.sight_weight.chunk(2)):
            logits = (((cells - self.mean[s]) / self.sd[s]).clamp(-4, 4) * mask) @ weight
            logits = torch.cat([logits, torch.zeros(1, TOTAL)])
            total = total + logits[place[:, s].long()]
        return total

    def looked(self, image, measures):
        """The networks' mean logits as `Ensemble` gives them, but a crop that is absent is not looked at."""
        there = (image[:, 2:, 0, 0] > 0.5).flatten().nonzero().squeeze(1)
        crops = image[:, :2].reshape(-1, 1, *image.shape[2:])[there]
        total = 0.0
        for net in self.ensemble.nets:
            seen = net.look(crops)
            both = torch.zeros(2 * image.shape[0], seen.shape[1]).index_put((there,), seen).reshape(image.shape[0], -1)
            total = total + net.out(net.mix(torch.cat([both, net.measures(measures)], 1))) + net.direct(measures)
        return total / len(self.ensemble.nets)

    def forward(self, image, features, wide, points, seen, place):
        measures, plates = features[:, : len(self.linear_weight)], features[:, len(self.linear_weight) :]
        rows, cols = POOL
        cells = torch.nn.functional.avg_pool2d(image[:, :2], (72 // rows, 96 // cols))
        signal = ((cells + 0.02).log() * (image[:, 2:, :1, :1] > 0.5).float()).flatten(1)
        return (
            self.looked(image, measures), measures @ self.linear_weight + self.linear_offset, plates @ self.plates_weight + self.plates_offset,
            self.seen_logits(wide, points, seen, place), torch.cat([measures, signal], 1),
        )


def tree_model(f, forest, width):
    """The trees of a field as an ONNX graph, its names begun with that of the field."""
    trees = convert_sklearn(
        forest, initial_types=[("read", FloatTensorType([None, width]))], options={id(forest): {"zipmap": False}},
        target_opset={"": OPSET, "ai.onnx.ml": 3},
    )
    return compose.add_prefix(trees, f"{f}/").graph


INPUTS = ["image", "features", "wide", "points", "seen", "place"]


def write(path, parts, forests, shares, example):
    """shares: field -> shares of PARTS; trees without a share are not written. `example`: INPUTS of a few discs."""
    buffer = io.BytesIO()
    outputs = ["network", "linear", "plates", "sight", "read"]
    axes = {n: {0: "crops" if n in ("wide", "points", "seen") else "n"} for n in INPUTS + outputs}
    torch.onnx.export(
        Front(parts).eval(), tuple(torch.from_numpy(v) for v in example), buffer, opset_version=OPSET, dynamo=False,
        input_names=INPUTS, output_names=outputs, dynamic_axes=axes,
    )
    front = onnx.load_from_string(buffer.getvalue())
    nodes, weights = halved(list(front.graph.node), list(front.graph.initializer), bytes_too=True)
    columns = split(np.arange(TOTAL)[None])
    width = len(parts["linear"].weight) + 2 * POOL[0] * POOL[1]

    def constant(name, value):
        weights.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    low, high, one = constant("low", np.float32(FLOOR)), constant("high", np.float32(1 - FLOOR)), constant("one", np.float32(1))
    def trees_of(f, classes, kind):
        """Nodes that give the trees' logits of a field, `{f}/trees`."""
        assert len(forests[f].classes_) == classes, f"{f}: a grade has no example"
        graph = tree_model(f, forests[f], width)
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
        used = [(part, share) for part, share in zip(PARTS, shares[f]) if share > 0]
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
