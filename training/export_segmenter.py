"""Writes a trained segmenter as ONNX with its description: `python training/export_segmenter.py --run runs/all.pt --out ../packages/imaging/models`.

Batch normalisation is folded into the convolutions, so that the file holds plain convolutions and runs the same everywhere. Weights are half floats.
"""
import argparse
import hashlib
import io
import json
import os

import onnx
import torch
from torch.nn.utils.fusion import fuse_conv_bn_eval

from half_floats import halve
from segmenter_network import BACKGROUND_BIAS, CLASSES, PIXEL_MM, Segmenter


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--version", default="1.4.0")
    ap.add_argument("--temperature", type=float, default=1.0)
    ap.add_argument("--background", type=float, default=BACKGROUND_BIAS, help="added to the background's logit")
    a = ap.parse_args()
    net = Segmenter()
    net.load_state_dict(torch.load(a.run))
    net.eval()
    with torch.no_grad():
        net.head.bias[0] += a.background
    x = torch.rand(1, 1, 128, 96)
    before = net(x)
    for block in [*net.down, *net.up]:
        block.a = fuse_conv_bn_eval(block.a, block.an)
        block.b = fuse_conv_bn_eval(block.b, block.bn)
        block.an = torch.nn.Identity()
        block.bn = torch.nn.Identity()
    assert torch.allclose(before, net(x), atol=1e-3)
    path = os.path.join(a.out, "segmenter.onnx")
    buffer = io.BytesIO()
    torch.onnx.export(
        net, (x,), buffer, input_names=["image"], output_names=["logits"], opset_version=17, dynamo=False,
        dynamic_axes={"image": {0: "n", 2: "h", 3: "w"}, "logits": {0: "n", 2: "h", 3: "w"}},
    )
    model = onnx.load_from_string(buffer.getvalue())
    halve(model.graph)
    onnx.checker.check_model(model)
    data = model.SerializeToString()
    open(path, "wb").write(data)
    description = {
        "id": "foramen-segmenter",
        "version": a.version,
        "sha256": hashlib.sha256(data).hexdigest(),
        "pixelMm": PIXEL_MM,
        "multipleOf": 32,
        "channels": 1,
        "input": "image",
        "output": "logits",
        "classes": ["background", "body", "posterior", "disc", "sac", "sacrum", "cord"],
        "temperature": a.temperature,
    }
    assert len(description["classes"]) == len(CLASSES)
    json.dump(description, open(os.path.join(a.out, "segmenter.json"), "w"), indent=2)
    open(os.path.join(a.out, "segmenter.json"), "a").write("\n")
    print(path, len(data) / 1e6, "MB")


if __name__ == "__main__":
    main()
