"""Weights of an ONNX network kept as half floats, or those of convolutions as bytes: half or a quarter of the file. They are widened once, when the network
is loaded, so speed and memory are those of floats."""
import numpy as np
from onnx import TensorProto, helper, numpy_helper

SMALL = 512  # numbers; offsets and scales stay as they are


def as_bytes(w):
    """A convolution's weights as whole numbers -127 to 127 with one scale an output channel: the arrays, and the nodes that read them."""
    value = numpy_helper.to_array(w)
    scale = np.maximum(np.abs(value).max((1, 2, 3), keepdims=True), 1e-12) / 127
    whole = np.round(value / scale).astype(np.int8)
    arrays = [numpy_helper.from_array(whole, f"{w.name}/bytes"), numpy_helper.from_array(scale.astype(np.float32), f"{w.name}/scale")]
    nodes = [
        helper.make_node("Cast", [f"{w.name}/bytes"], [f"{w.name}/whole"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{w.name}/whole", f"{w.name}/scale"], [w.name]),
    ]
    return arrays, nodes


def halved(nodes, weights, bytes_too=False):
    """Nodes and weights of a graph with its large weights as half floats, read through casts; those of convolutions as bytes where asked."""
    kept, casts = [], []
    for w in weights:
        if bytes_too and w.data_type == TensorProto.FLOAT and len(w.dims) == 4 and np.prod(w.dims) > SMALL:
            arrays, reads = as_bytes(w)
            kept += arrays
            casts += reads
            continue
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
