"""Fits herniation and slip again after their measures changed, and puts them into the grader that is there: these two read measures alone (trees and
linear parts, grader_shares.py), so that networks and all other findings stay as they are.

`python training/refit_measures.py --crops crops --drawn drawn.json --models packages/imaging/models --version 3.6.1`
"""
import argparse
import hashlib
import json
import os

import numpy as np
import onnx
from onnx import numpy_helper

import grader_check
import grader_drawn
from grader_data import TOTAL, Discs, pooled, split
from grader_export import tree_model
from grader_figures import measure
from grader_measures import fit_trees, tree_logits, tree_probabilities, vector
from grader_shares import PARTS, SHARES, summed
from train_grader import figures_of

TREES, LINEAR = PARTS.index("trees"), PARTS.index("linear")


def out_of_fold(d, f, read, drawn):
    """Logits (N, 1) of PARTS for a field on patients they have not seen."""
    parts = [np.zeros((len(d.patients), 1), np.float32) for _ in PARTS]
    columns = split(np.arange(TOTAL)[None])[f][0]
    for k in range(5):
        index, test = np.where((d.fold != k) & d.usable(f))[0], np.where(d.fold == k)[0]
        if SHARES[f][TREES] > 0:
            forest = fit_trees(read[index], d.labels[f][index], f)
            parts[TREES][test] = tree_logits(f, tree_probabilities(forest, f, read[test]))
        parts[LINEAR][test] = grader_drawn.fitted(d, f, drawn, index, grader_drawn.SETTINGS[0]).apply(d.features[test])[:, columns]
    return parts


def figures(d, f, parts, drawn):
    y, ok = d.labels[f], d.usable(f)
    out = figures_of(d, f, summed(SHARES[f], parts))[0]
    chosen = figures_of(d, f, grader_drawn.chosen_within(d, f, drawn, parts))[0]
    out["sharesChosenByOtherFolds"] = {m: v["value"] if isinstance(v, dict) else v for m, v in chosen.items() if m != "discs"}
    alone = {part: z for part, z in zip(PARTS, parts) if np.ptp(z) > 0}
    out["partsAlone"] = {part: round(float(measure(f, y[ok], vector(f, z[ok]))["auc"]), 3) for part, z in alone.items()}
    return out | {"shares": dict(zip(PARTS, SHARES[f]))}


def replace_linear(graph, f, linear):
    """Column and offset of a field in the linear part of the written graph."""
    columns = split(np.arange(TOTAL)[None])[f][0]
    for held in graph.initializer:
        if held.name in ("linear_weight/half", "linear_offset"):
            value = numpy_helper.to_array(held).copy()
            value[..., columns] = linear.weight[:, columns] if value.ndim == 2 else linear.offset[columns]
            held.CopyFrom(numpy_helper.from_array(value, held.name))


def replace_trees(graph, f, forest, width):
    """The trees of a field in the written graph."""
    new = next(n for n in tree_model(f, forest, width).node if n.op_type == "TreeEnsembleClassifier")
    at = next(n for n, node in enumerate(graph.node) if node.op_type == "TreeEnsembleClassifier" and node.output[1] == f"{f}/probabilities")
    del graph.node[at].attribute[:]
    graph.node[at].attribute.extend(new.attribute)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--crops", required=True)
    ap.add_argument("--drawn", required=True, nargs="+", help="what drawn-discs.ts wrote")
    ap.add_argument("--models", required=True)
    ap.add_argument("--version", required=True)
    a = ap.parse_args()

    def there(name):
        return os.path.join(a.models, name)

    description = json.load(open(there("grader.json")))
    d = Discs(a.crops, {m["name"]: (m["mean"], m["sd"]) for m in description["features"]})
    read = np.concatenate([d.features, pooled(d.images)], 1)
    drawn = grader_drawn.directions(a.drawn, d.names)
    model = onnx.load(there("grader.onnx"))
    known, check = json.load(open(there("grader-figures.json"))), json.load(open(there("grader-check.json")))
    image, made_up = grader_check.made_up(len(description["features"]))[:2]
    made_up = made_up[:, : len(d.names)]
    for f in drawn:
        known["outOfFold"][f] = figures(d, f, out_of_fold(d, f, read, drawn), drawn)
        print(f, known["outOfFold"][f], flush=True)
        ok, columns = d.usable(f), split(np.arange(TOTAL)[None])[f][0]
        linear = grader_drawn.fitted(d, f, drawn, np.where(ok)[0], grader_drawn.SETTINGS[0])
        replace_linear(model.graph, f, linear)
        answers = [np.zeros((len(made_up), 1)) for _ in PARTS]
        answers[LINEAR] = linear.apply(made_up)[:, columns]
        if SHARES[f][TREES] > 0:
            forest = fit_trees(read[ok], d.labels[f][ok], f)
            replace_trees(model.graph, f, forest, read.shape[1])
            answers[TREES] = tree_logits(f, tree_probabilities(forest, f, np.concatenate([made_up, pooled(image)], 1)))
        check["logits"][f] = np.round(summed(SHARES[f], answers), 4).tolist()
    onnx.checker.check_model(model)
    onnx.save(model, there("grader.onnx"))
    sha = hashlib.sha256(open(there("grader.onnx"), "rb").read()).hexdigest()
    description |= {"version": a.version, "sha256": sha}
    for name, value, indent, end in (("grader.json", description, 2, "\n"), ("grader-check.json", check | {"version": a.version}, None, "\n"), ("grader-figures.json", known, 1, "")):
        with open(there(name), "w") as file:
            file.write(json.dumps(value, indent=indent) + end)


if __name__ == "__main__":
    main()
