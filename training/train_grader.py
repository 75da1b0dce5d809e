"""Trains the disc grader on crops and measures made by disc-crops.ts: `python training/train_grader.py --crops crops --out DIR`.

Three parts a field: networks that look through the segmenter's trunk and read the measures, shallow trees on measures and pooled signal, and a
linear model of few measures. Five folds split by patient give out-of-fold logits of each part, and the figures are those of their sum. The
product ships the same three parts trained on all patients.
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
from grader_figures import cut_points, expected_grade, measure, with_intervals
from grader_measures import SHARES, Linear, fit_trees, summed, tree_logits, tree_probabilities, vector
from grader_network import Ensemble, apply, train

PARTS = ["network", "trees", "linear"]


def out_of_fold(d, read, a):
    """Logits (N, TOTAL) of each part on patients it has not seen."""
    logits = {part: np.zeros((len(d.patients), TOTAL), np.float32) for part in PARTS}
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
            net = train(d.images, d.features, d.labels, index, 100 * k + seed, a.epochs, a.segmenter)
            logits["network"][test] += apply(net, d.images[test], d.features[test]) / a.seeds
        print("fold", k, round(time.time() - start), "s", flush=True)
    return logits


def named_grades(d, field, p):
    """The grade named for each disc by cut points that other patients gave, and the cut points of all."""
    y, ok, expected = d.labels[field], d.usable(field), expected_grade(p)
    named = np.full(len(y), -1)
    for k in range(5):
        others, test = ok & (d.fold != k), ok & (d.fold == k)
        named[test] = np.digitize(expected[test], cut_points(expected[others], y[others], p.shape[1]))
    return named, cut_points(expected[ok], y[ok], p.shape[1])


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--crops", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--segmenter", required=True, help="run of train_segmenter.py whose trunk the networks begin from")
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--seeds", type=int, default=3)
    ap.add_argument("--version", default="3.1.0")
    ap.add_argument("--logits", help="keep the out-of-fold logits here, or take them from here")
    a = ap.parse_args()
    torch.set_num_threads(1)
    d = Discs(a.crops)
    read = np.concatenate([d.features, pooled(d.images)], 1)
    logits = dict(np.load(a.logits)) if a.logits and os.path.exists(a.logits) else out_of_fold(d, read, a)
    if a.logits:
        np.savez(a.logits, **logits)
    parts = {part: split(v) for part, v in logits.items()}
    figures, forests, linear, cuts = {}, {}, Linear(d.names), {}
    for f in FIELDS:
        y, ok = d.labels[f], d.usable(f)
        z = summed(f, [parts[part][f] for part in PARTS])
        p = vector(f, z)
        named = None
        if f == "pfirrmann":
            named, cuts[f] = named_grades(d, f, p)
            named = named[ok]
        figures[f] = with_intervals(f, y[ok], p[ok], d.patients[ok], named)
        alone = {part: round(float(next(iter(measure(f, y[ok], vector(f, parts[part][f][ok])).values()))), 3) for part in PARTS}
        figures[f]["partsAlone"] = alone
        figures[f]["shares"] = dict(zip(PARTS, SHARES[f]))
        print(f, {m: v["value"] for m, v in figures[f].items() if isinstance(v, dict) and "value" in v}, alone, flush=True)
        linear.fit_field(f, d.features[ok], y[ok])
        forests[f] = fit_trees(read[ok], y[ok], f)
    everyone = np.arange(len(d.patients))
    nets = [train(d.images, d.features, d.labels, everyone, 1000 + seed, a.epochs, a.segmenter) for seed in range(a.seeds)]
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "grader.onnx")
    grader_export.write(path, Ensemble(nets), linear, forests, SHARES, d.images, d.features)
    data = open(path, "rb").read()
    description = {
        "id": "foramen-grader", "version": a.version, "sha256": hashlib.sha256(data).hexdigest(), "input": "image", "featureInput": "features",
        "features": [{"name": n, "mean": round(float(m), 6), "sd": round(float(s), 6)} for n, m, s in zip(d.names, d.mean, d.sd)],
        "outputs": [
            {"name": f, "kind": kind, "field": f, "grades": [1, 2, 3, 4, 5] if f == "pfirrmann" else list(range(classes)), "needs": needs}
            | ({"cuts": [round(float(c), 4) for c in cuts[f]]} if f in cuts else {})
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
