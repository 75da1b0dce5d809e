"""Dice of fold models on the patients they did not see: `python training/evaluate_segmenter.py --runs runs/f{}.pt`.

"alone" reads each slice by itself; "agreed" lets a patient's slices agree as the product does (across-slices.ts). The slices at hand are every
second one of a series of 0.9 mm.

Scored per patient between the first and last labelled row, on the native 0.469 mm grid, vertebra with posterior elements, as the
masks have them. The interval is a bootstrap over patients.
"""
import argparse
import json

import numpy as np
import torch
import torch.nn.functional as F

import spider_slices
from segmenter_network import BACKGROUND_BIAS, PIXEL_MM, Segmenter

SLICE_MM = 1.8
NAMES = {"vertebra": ([1, 2], 76), "disc": ([3], 29), "canal": ([4, 6], 150)}


def normalise(x: torch.Tensor) -> torch.Tensor:
    lo, hi = torch.quantile(x.flatten(), torch.tensor([0.005, 0.995]))
    return ((x - lo) / (hi - lo + 1e-6)).clamp(0, 1)


def probabilities(nets, image: np.ndarray, native_mm: float) -> np.ndarray:
    """(7, H, W) on the native grid: resampled to PIXEL_MM, the nets' mean, and back."""
    h, w = image.shape
    size = (round(h * native_mm / PIXEL_MM), round(w * native_mm / PIXEL_MM))
    x = F.interpolate(torch.from_numpy(image)[None, None], size, mode="bilinear", align_corners=False, antialias=True)
    x = normalise(x)
    padded = F.pad(x, (0, -size[1] % 32, 0, -size[0] % 32))
    with torch.no_grad():
        p = sum(net(padded).softmax(1) for net in nets) / len(nets)
    return F.interpolate(p[:, :, : size[0], : size[1]], (h, w), mode="bilinear", align_corners=False)[0].numpy()


def agreed(stack: np.ndarray) -> np.ndarray:
    """(slices, 7, H, W) with each slice the weighted geometric mean of itself and its neighbours: the weights of across-slices.ts."""
    logs = np.log(stack + 0.002)
    out = np.empty_like(stack)
    for z in range(len(stack)):
        say = np.array([np.exp(-((abs(z - k) * SLICE_MM / 1.9) ** 1.5)) for k in range(len(stack))])
        say[say < 0.05] = 0
        out[z] = np.exp(np.tensordot(say / say.sum(), logs, 1))
    return out


def dice(a: np.ndarray, b: np.ndarray) -> float:
    return 2 * (a & b).sum() / max(1, a.sum() + b.sum())


def interval(values, seed=1):
    rng = np.random.default_rng(seed)
    v = np.asarray(values)
    means = [v[rng.integers(len(v), size=len(v))].mean() for _ in range(2000)]
    return [round(float(np.percentile(means, q)), 4) for q in (2.5, 97.5)]


def load_net(path: str) -> Segmenter:
    net = Segmenter()
    net.load_state_dict(torch.load(path))
    with torch.no_grad():
        net.head.bias[0] += BACKGROUND_BIAS  # as shipped
    return net.eval()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", default="../shared/data/spider")
    ap.add_argument("--runs", required=True, help="path with {} for the fold")
    ap.add_argument("--folds", default="0,1,2,3,4")
    ap.add_argument("--out")
    a = ap.parse_args()
    torch.set_num_threads(1)
    items = spider_slices.load(a.data)
    fold = spider_slices.folds_of([i[0] for i in items])
    scores = {way: {name: {} for name in NAMES} for way in ("alone", "agreed")}
    for f in map(int, a.folds.split(",")):
        net = load_net(a.runs.format(f))
        for patient in sorted({i[0] for i in items if fold[i[0]] == f}):
            own = [i for i in items if i[0] == patient]
            stack = np.stack([probabilities([net], image, spider_slices.NATIVE_MM) for _, image, _, _ in own])
            for way, read in (("alone", stack), ("agreed", agreed(stack))):
                for (_, _, _, mask), p in zip(own, read):
                    label = p.argmax(0)
                    rows = np.where(np.isin(mask, (29, 76)).any(1))[0]
                    cut = slice(rows[0], rows[-1] + 1)
                    for name, (classes, value) in NAMES.items():
                        one = dice(np.isin(label[cut], classes), mask[cut] == value)
                        scores[way][name].setdefault(patient, []).append(one)
    report = {}
    for way, by_name in scores.items():
        report[way] = {}
        for name, by_patient in by_name.items():
            means = {p: float(np.mean(v)) for p, v in by_patient.items()}
            report[way][name] = {
                "dice": round(float(np.mean(list(means.values()))), 4),
                "interval95": interval(list(means.values())),
                "worst": sorted(((round(v, 3), p) for p, v in means.items()))[:3],
                "patients": len(means),
            }
    print(json.dumps(report, indent=1))
    if a.out:
        json.dump(report, open(a.out, "w"), indent=1)


if __name__ == "__main__":
    main()
