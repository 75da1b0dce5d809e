"""What drawn discs teach (drawn-discs.ts): for findings that few graded discs show, one direction in the measures, which the linear part weighs; and,
where asked for, what the networks begin from."""
import json

import numpy as np
from sklearn.linear_model import LogisticRegression

from grader_data import FIELDS, TOTAL, split, standardised, turned_measures
from grader_measures import Linear
from grader_shares import PARTS, SHARES, summed, worth

DRAWN = ["herniation", "spondylolisthesis"]
# How freely the direction is weighed and how many times the rules' penalty the measures bear beside it, the first as shipped; 0: without drawn discs.
SETTINGS = [(4, 4), (0, 1), (0, 4), (2, 1), (2, 4), (4, 1)]


class Drawn:
    """Discs that drawn-discs.ts --crops wrote to PREFIX.json and PREFIX.u8, for `train` of grader_network.py: crops, measures `names` standardised by
    their own, also of the disc upside down, and labels by field."""

    def __init__(self, prefix, names):
        rows = json.load(open(prefix + ".json"))["rows"]
        self.bytes = np.fromfile(prefix + ".u8", np.uint8).reshape(len(rows), 2, 72, 96)
        raw = np.array([[r["features"].get(n, np.nan) for n in names] for r in rows], np.float64)
        mean, sd, self.features = standardised(raw)
        self.turned = standardised(turned_measures(raw, names), (mean, sd))[2]
        self.labels = {f: np.array([r["truth"][f] for r in rows]) for f in FIELDS}

    def pictures(self, at):
        there = np.ones((len(at), 2, 72, 96), np.float32)
        return np.concatenate([self.bytes[at].astype(np.float32) / 255, there], 1)


def directions(paths, names):
    """Field -> weights of the standardised measures `names`, their sum of unit spread among drawn discs. Each kind of disc, drawn and real, is
    standardised by its own: what is drawn is not as wide or as bright as what is real, but it leads the same way."""
    rows = [row for path in paths for row in json.load(open(path))["rows"]]
    x = standardised(np.array([[r["features"].get(n, np.nan) for n in names] for r in rows], np.float64))[2]
    out = {}
    for f in DRAWN:
        w = LogisticRegression(C=0.03, max_iter=1000).fit(x, [r["truth"][f] for r in rows]).coef_[0]
        out[f] = w / (x @ w).std()
    return out


def fitted(d, f, drawn, index, setting):
    own = index[d.usable(f)[index]]
    linear = Linear(d.names, {f: drawn[f]}, setting)
    linear.fit_field(f, d.features[own], d.labels[f][own])
    return linear


def chosen_within(d, f, drawn, parts):
    """Logits of a field on patients of each fold, the setting chosen by folds within the other four: what choosing is worth on patients who had no say
    in it. `parts`: logits of PARTS."""
    at, columns = PARTS.index("linear"), split(np.arange(TOTAL)[None])[f][0]
    out = np.zeros_like(parts[at])
    for k in range(5):
        others, test = np.where((d.fold != k) & d.usable(f))[0], np.where(d.fold == k)[0]

        def value(setting):
            own = [p.copy() for p in parts]
            for j in set(range(5)) - {k}:
                within = others[d.fold[others] == j]
                own[at][within] = fitted(d, f, drawn, others[d.fold[others] != j], setting).apply(d.features[within])[:, columns]
            return worth(f, d.labels[f][others], summed(SHARES[f], own)[others])

        best = max(SETTINGS, key=value)
        out[test] = fitted(d, f, drawn, others, best).apply(d.features[test])[:, columns]
        print(f, "fold", k, "chose", best, flush=True)
    return summed(SHARES[f], [out if i == at else p for i, p in enumerate(parts)])
