"""Trains the disc grader on crops and measures made by disc-crops.ts: `python training/train_grader.py --crops crops --out DIR`.

Three parts a field: small networks on the crop and the measures, shallow trees on measures and pooled signal, and a linear model of few
measures. Five folds split by patient give out-of-fold logits of each part, and the figures are those of their sum. The product ships the fold networks' mean with trees and linear part fitted on all.
"""
import argparse
import hashlib
import json
import os
import time

import numpy as np
import torch

import grader_export
from grader_data import FIELDS, TOTAL, Discs, pooled, split
from grader_figures import measure, with_intervals
from grader_measures import SHARES, Linear, fit_trees, summed, tree_logits, tree_probabilities, vector
from grader_network import Ensemble, apply, train

PARTS = ["network", "trees", "linear"]


def out_of_fold(d, read, a):
    """Logits (N, TOTAL) of each part on patients it has not seen, and the fold networks."""
    logits = {part: np.zeros((len(d.patients), TOTAL), np.float32) for part in PARTS}
    nets = []
    start = time.time()
    for k in range(5):
        index, test = np.where(d.fold != k)[0], np.where(d.fold == k)[0]
        linear = Linear(d.names)
        for f in FIELDS:
            own = index[d.usable(f)[index]]
            linear.fit_field(f, d.features[own], d.labels[f][own])
            forest = fit_trees(read[own], d.labels[f][own], f)
            split(logits["trees"])[f][test] = tree_logits(f, tree_probabilities(forest, f, read[test]))
        logits["linear"][test] = linear.apply(d.features[test])
        for seed in range(a.seeds):
            net = train(d.images, d.features, d.labels, index, 100 * k + seed, a.epochs, a.width)
            logits["network"][test] += apply(net, d.images[test], d.features[test]) / a.seeds
            nets.append(net)
        print("fold", k, round(time.time() - start), "s", flush=True)
    return logits, nets


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--crops", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=40)
    ap.add_argument("--seeds", type=int, default=2)
    ap.add_argument("--width", type=int, default=20)
    ap.add_argument("--version", default="2.0.0")
    ap.add_argument("--logits", help="keep the out-of-fold logits here")
    a = ap.parse_args()
    torch.set_num_threads(1)
    d = Discs(a.crops)
    read = np.concatenate([d.features, pooled(d.images)], 1)
    logits, nets = out_of_fold(d, read, a)
    if a.logits:
        np.savez(a.logits, **logits)
    parts = {part: split(v) for part, v in logits.items()}
    figures, forests, linear = {}, {}, Linear(d.names)
    for f in FIELDS:
        y, ok = d.labels[f], d.usable(f)
        z = summed(f, [parts[part][f] for part in PARTS])
        p = vector(f, z)
        figures[f] = with_intervals(f, y[ok], p[ok], d.patients[ok])
        alone = {part: round(float(next(iter(measure(f, y[ok], vector(f, parts[part][f][ok])).values()))), 3) for part in PARTS}
        figures[f]["partsAlone"] = alone
        figures[f]["shares"] = dict(zip(PARTS, SHARES[f]))
        print(f, {m: v["value"] for m, v in figures[f].items() if isinstance(v, dict) and "value" in v}, alone, flush=True)
        linear.fit_field(f, d.features[ok], y[ok])
        forests[f] = fit_trees(read[ok], y[ok], f)
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "grader.onnx")
    grader_export.write(path, Ensemble(nets), linear, forests, SHARES, d.images, d.features)
    data = open(path, "rb").read()
    description = {
        "id": "foramen-grader", "version": a.version, "sha256": hashlib.sha256(data).hexdigest(), "input": "image", "featureInput": "features",
        "features": [{"name": n, "mean": round(float(m), 6), "sd": round(float(s), 6)} for n, m, s in zip(d.names, d.mean, d.sd)],
        "outputs": [
            {"name": f, "kind": kind, "field": f, "grades": [1, 2, 3, 4, 5] if f == "pfirrmann" else list(range(classes)), "needs": needs}
            for f, (_, classes, kind, needs) in FIELDS.items()
        ],
    }
    with open(os.path.join(a.out, "grader.json"), "w") as file:
        file.write(json.dumps(description, indent=2) + "\n")
    with open(os.path.join(a.out, "grader-figures.json"), "w") as file:
        json.dump({"outOfFold": figures, "patients": len(d.unique), "discs": len(d.patients)}, file, indent=1)
    print(path, len(data) / 1e6, "MB")


if __name__ == "__main__":
    main()
