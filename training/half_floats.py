"""Weights of an ONNX network kept as half floats: half the file. They are widened once, when the network is loaded, so speed and memory are those of floats."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

SMALL = 512  # numbers; offsets and scales stay as they are


def halved(nodes, weights):
    """Nodes and weights of a graph with its large weights as half floats, read through casts."""
    kept, casts = [], []
    for w in weights:
        if w.data_type != TensorProto.FLOAT or np.prod(w.dims) <= SMALL:
            kept.append(w)
            continue
        kept.append(numpy_helper.from_array(numpy_helper.to_array(w).astype(np.float16), f"{w.name}/half"))
        casts.append(helper.make_node("Cast", [f"{w.name}/half"], [w.name], to=TensorProto.FLOAT))
    return casts + list(nodes), kept


def halve(graph):
    """`halved` in place."""
    nodes, weights = halved(graph.node, graph.initializer)
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(weights)
