"""Labels slices without masks by a trained network: `python training/label_slices.py --run runs/f0.pt --out runs/f0-labels.npz`.

Mid-sagittal T1 and T2 pictures of SPIDER, square pixels only, at the PixelSpacing of overview.csv where the height in view can be a lumbar
spine's. Probabilities are the mean over three zooms; a picture with fewer than four discs or an unsure column is left out. T2-SPACE pictures are
left out too: their patients have masks.
"""
import argparse
import csv
import glob
import os
import re

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from scipy import ndimage

from evaluate_segmenter import normalise
from segmenter_network import CLASSES, PIXEL_MM, Segmenter

ZOOMS = (0.88, 1.0, 1.14)
HEIGHT_MM = (180, 480)
UPSIDE_DOWN = {"57_t2"}  # as the data's own notes say
LEAST_DISCS, LEAST_PIXELS, LEAST_SURE = 4, 60, 0.85


def spacing_of(row):
    """Millimetres a pixel, or None where the table names no square pixel."""
    values = [float(v) for v in re.findall(r"[0-9]*\.?[0-9]+", row["PixelSpacing"])]
    return values[0] if len(values) == 2 and abs(values[0] - values[1]) < 1e-3 else None


def labelled(net, image, spacing):
    """The picture (H, W) at PIXEL_MM and its class probabilities (7, H, W)."""
    h, w = image.shape
    own, total = None, 0
    size = (round(h * spacing / PIXEL_MM), round(w * spacing / PIXEL_MM))
    for zoom in ZOOMS:
        at = (round(size[0] * zoom), round(size[1] * zoom))
        x = normalise(F.interpolate(torch.from_numpy(image)[None, None], at, mode="bilinear", align_corners=False, antialias=True))
        if zoom == 1:
            own = x[0, 0].numpy()
        with torch.no_grad():
            p = net(F.pad(x, (0, -at[1] % 32, 0, -at[0] % 32))).softmax(1)[:, :, : at[0], : at[1]]
        total = total + F.interpolate(p, size, mode="bilinear", align_corners=False)[0].numpy() / len(ZOOMS)
    return own, total


def trusted(prob):
    label = prob.argmax(0)
    parts, count = ndimage.label(label == CLASSES.index("disc"))
    sizes = ndimage.sum_labels(np.ones_like(parts), parts, range(1, count + 1))
    return (np.asarray(sizes) > LEAST_PIXELS).sum() >= LEAST_DISCS and prob.max(0)[label > 0].mean() > LEAST_SURE


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", default="../shared/data/spider")
    ap.add_argument("--run", required=True)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    torch.set_num_threads(1)
    net = Segmenter()
    net.load_state_dict(torch.load(a.run))
    net.eval()
    with open(os.path.join(a.data, "overview.csv")) as file:
        table = {r["new_file_name"].lower(): r for r in csv.DictReader(file)}
    items, left = [], 0
    for path in sorted(glob.glob(os.path.join(a.data, "midsagittal", "*.png"))):
        name = os.path.basename(path)[:-4]
        row = table.get(name.lower())
        spacing = row and "SPACE" not in name and spacing_of(row)
        if not spacing:
            continue
        image = np.asarray(Image.open(path).convert("L"), np.float32) / 255
        if name in UPSIDE_DOWN:
            image = image[::-1].copy()
        if not HEIGHT_MM[0] <= image.shape[0] * spacing <= HEIGHT_MM[1]:
            left += 1
            continue
        own, prob = labelled(net, image, spacing)
        if trusted(prob):
            items.append({"patient": name.split("_")[0], "image": own.astype(np.float16), "prob": prob.astype(np.float16)})
        else:
            left += 1
    np.savez(a.out, items=np.array(items, dtype=object))
    print(len(items), "slices labelled,", left, "left out")


if __name__ == "__main__":
    main()
