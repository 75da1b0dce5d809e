"""Trains the disc grader on crops and measures made by disc-crops.ts: `python training/train_grader.py --crops crops --drawn drawn.json --segmenter RUN.pt
--out DIR`.

Five parts: networks that look through the segmenter's trunk and read the measures, shallow trees on measures and pooled signal, a linear model of few
measures and of what drawn discs taught, and logistic models of what is read along the end plates and of what the trunk itself sees there. Five folds
split by patient give out-of-fold logits of each part, and the figures are those of their sum. The product ships the same parts trained on all patients.
"""
import argparse
import hashlib
import json
import os
import time

import numpy as np
import torch

import grader_check
import grader_drawn
import grader_export
from grader_data import FIELDS, TOTAL, Discs, pooled, split, standardised
from grader_figures import auc, cut_points, expected_grade, measure, with_intervals
from grader_logistic import Logistic
from grader_measures import Linear, fit_trees, tree_logits, tree_probabilities, vector
from grader_network import Ensemble, Grader, apply, train
from grader_shares import PARTS, SHARES, chosen_without, summed
from grader_sight import Sight, by_disc, look, read_wide
from segmenter_network import Segmenter


def sight_of(d, a):
    """The trunk, what it sees of every disc (N, F) standardised, mean and spread of that, and crops, points, seen cells and places for an example."""
    sight = Sight(a.segmenter)
    picture, points, seen, place = read_wide(a.crops + ".wide", d.rows)
    place = place[d.kept]
    mean, sd, standard = standardised(by_disc(look(sight, picture, points), seen, place).astype(np.float64))
    few = np.unique(place[:2][place[:2] >= 0])
    example = [picture[few], points[few], seen[few], np.searchsorted(few, place[:2]).astype(np.float32)]
    return sight, standard, (mean, sd), example


def linear_of(d, drawn, index):
    """The linear part, trained on rows `index`."""
    linear = Linear(d.names, drawn, grader_drawn.SETTINGS[0])
    for f in FIELDS:
        own = index[d.usable(f)[index]]
        linear.fit_field(f, d.features[own], d.labels[f][own])
    return linear


def quick_out_of_fold(d, drawn, reads):
    """Logits (N, TOTAL) of the linear and the logistic parts on patients they have not seen. `reads`: part -> what it reads of each disc, and of it
    upside down or None."""
    logits = {part: np.zeros((len(d.patients), TOTAL), np.float32) for part in ("linear", *reads)}
    for k in range(5):
        logits["linear"][d.fold == k] = linear_of(d, drawn, np.where(d.fold != k)[0]).apply(d.features[d.fold == k])
        for part, (x, upside_down) in reads.items():
            logits[part][d.fold == k] = Logistic(x.shape[1], part).fit(x, upside_down, d, np.where(d.fold != k)[0]).apply(x[d.fold == k])
    return logits


def begun_networks(names, a):
    """For each seed a network that has seen drawn discs alone, so no patient at all; None without --begin."""
    if not a.begin:
        return [None] * a.seeds
    drawn = grader_drawn.Drawn(a.begin, names)
    return [train(drawn, np.arange(len(drawn.features)), 7000 + seed, a.begin_epochs, a.segmenter) for seed in range(a.seeds)]


def out_of_fold(d, read, begun, a):
    """Logits (N, TOTAL) of the slower parts on patients they have not seen. `begun`: what the network of each seed begins from."""
    logits = {part: np.zeros((len(d.patients), TOTAL), np.float32) for part in ("network", "trees")}
    start = time.time()
    for k in range(5):
        index, test = np.where(d.fold != k)[0], np.where(d.fold == k)[0]
        for f in FIELDS:
            own = index[d.usable(f)[index]]
            forest = fit_trees(read[own], d.labels[f][own], f)
            split(logits["trees"])[f][test] = tree_logits(f, tree_probabilities(forest, f, read[test]))
        for seed in range(a.seeds):
            net = train(d, index, 100 * k + seed, a.epochs, a.segmenter, begun[seed])
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


def figures_of(d, f, z):
    """Figures with intervals of summed logits, probabilities of every disc, and cut points where the field has them."""
    y, ok, p = d.labels[f], d.usable(f), vector(f, z)
    named, cuts = named_grades(d, f, p) if f == "pfirrmann" else (None, None)
    figures = with_intervals(f, y[ok], p[ok], d.patients[ok], None if named is None else named[ok])
    if f != "pfirrmann":
        # The pooled figure also ranks discs that two networks judged; the product is one.
        figures["meanOfFolds"] = round(float(np.mean([auc(y[ok & (d.fold == k)], 1 - p[ok & (d.fold == k)][:, 0]) for k in range(5)])), 3)
    return figures, p, cuts


def final_networks(d, begun, a):
    """The networks of all patients; kept at --networks, or taken from there."""
    nets = []
    for seed in range(a.seeds):
        kept = f"{a.networks}{seed}.pt" if a.networks else None
        if kept and os.path.exists(kept):
            net = Grader(d.features.shape[1], Segmenter())
            net.load_state_dict(torch.load(kept))
        else:
            net = train(d, np.arange(len(d.patients)), 1000 + seed, a.epochs, a.segmenter, begun[seed])
            if kept:
                torch.save(net.state_dict(), kept)
        nets.append(net.eval())
    return Ensemble(nets)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--crops", required=True)
    ap.add_argument("--drawn", required=True, help="what drawn-discs.ts wrote")
    ap.add_argument("--out", required=True)
    ap.add_argument("--segmenter", required=True, help="run of train_segmenter.py whose trunk the networks begin from")
    ap.add_argument("--epochs", type=int, default=20)
    ap.add_argument("--seeds", type=int, default=3)
    ap.add_argument("--begin", help="what drawn-discs.ts --crops wrote, without .json and .u8: the networks learn from these discs first")
    ap.add_argument("--begin-epochs", type=int, default=6)
    ap.add_argument("--version", default="3.6.0")
    ap.add_argument("--logits", help="keep the out-of-fold logits of the slower parts here, or take them from here")
    ap.add_argument("--networks", help="keep the networks of all patients at PREFIX0.pt and so on, or take them from there")
    a = ap.parse_args()
    torch.set_num_threads(1)
    d = Discs(a.crops)
    read = np.concatenate([d.features, pooled(d.images)], 1)
    begun = begun_networks(d.names, a)
    logits = dict(np.load(a.logits)) if a.logits and os.path.exists(a.logits) else out_of_fold(d, read, begun, a)
    if a.logits:
        np.savez(a.logits, **logits)
    trunk, seen, cells, example = sight_of(d, a)
    reads = {"plates": (d.plates, d.turned_plates), "sight": (seen, None)}
    drawn = grader_drawn.directions([a.drawn], d.names)
    parts = {part: split(v) for part, v in (logits | quick_out_of_fold(d, drawn, reads)).items()}
    figures, forests, cuts = {}, {}, {}
    for f in FIELDS:
        y, ok = d.labels[f], d.usable(f)
        own = [parts[part][f] for part in PARTS]
        figures[f], _, cut = figures_of(d, f, summed(SHARES[f], own))
        if cut is not None:
            cuts[f] = cut
        chosen = grader_drawn.chosen_within(d, f, drawn, own) if f in drawn else chosen_without(d, f, own)
        figures[f]["sharesChosenByOtherFolds"] = {m: v["value"] if isinstance(v, dict) else v for m, v in figures_of(d, f, chosen)[0].items() if m != "discs"}
        alone = {part: round(float(next(iter(measure(f, y[ok], vector(f, parts[part][f][ok])).values()))), 3) for part in PARTS if np.ptp(parts[part][f]) > 0}
        figures[f]["partsAlone"] = alone
        figures[f]["shares"] = dict(zip(PARTS, SHARES[f]))
        print(f, {m: v["value"] if isinstance(v, dict) and "value" in v else v for m, v in figures[f].items() if m not in ("shares", "discs")}, flush=True)
        if SHARES[f][1] > 0:
            forests[f] = fit_trees(read[ok], y[ok], f)
    everyone = np.arange(len(d.patients))
    whole = {"network": final_networks(d, begun, a), "linear": linear_of(d, drawn, everyone), "trunk": trunk, "cells": cells}
    whole |= {part: Logistic(x.shape[1], part).fit(x, upside_down, d, everyone) for part, (x, upside_down) in reads.items()}
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "grader.onnx")
    both = np.concatenate([d.features, d.plates], 1)
    grader_export.write(path, whole, forests, SHARES, [d.images[:2], both[:2], *example])
    data = open(path, "rb").read()
    description = {
        "id": "foramen-grader", "version": a.version, "sha256": hashlib.sha256(data).hexdigest(), "input": "image", "featureInput": "features", "wide": True,
        "features": [{"name": n, "mean": round(float(m), 6), "sd": round(float(s), 6)} for n, m, s in zip(d.names + d.plate_names, d.mean, d.sd)],
        "outputs": [
            {"name": f, "kind": kind, "field": f, "grades": [1, 2, 3, 4, 5] if f == "pfirrmann" else list(range(classes)), "needs": needs}
            | ({"cuts": [round(float(c), 4) for c in cuts[f]]} if f in cuts else {})
            for f, (_, classes, kind, needs) in FIELDS.items()
        ],
    }
    with open(os.path.join(a.out, "grader.json"), "w") as file:
        file.write(json.dumps(description, indent=2) + "\n")
    with open(os.path.join(a.out, "grader-check.json"), "w") as file:
        file.write(json.dumps({"version": a.version, "logits": grader_check.answers(whole, forests)}) + "\n")
    with open(os.path.join(a.out, "grader-figures.json"), "w") as file:
        json.dump({"outOfFold": figures, "patients": len(d.unique), "discs": len(d.patients)}, file, indent=1)
    print(path, len(data) / 1e6, "MB")


if __name__ == "__main__":
    main()
