"""Fits packages/imaging/models/disc-rules.json: grades of a disc from its measures alone.

    python training/fit_disc_rules.py CROPS.json packages/imaging/models/disc-rules.json

CROPS.json comes from training/disc-crops.ts. One proportional-odds model (L2 penalty) a finding; features are standardised, and a
measure that is missing enters as its mean. Figures are out of fold, five folds over patients; the shipped model is fitted on all.
"""
import json
import sys

import numpy as np
from scipy.optimize import minimize
from sklearn.metrics import cohen_kappa_score, roc_auc_score

FINDINGS = {
    "pfirrmann": ("Pfirrman grade", [1, 2, 3, 4, 5], ["logSignalRatio"], [
        "logSignalRatio", "logAnnulusRatio", "nucleusContrast", "relativeSpread", "heightIndex", "heightToBody", "share.heightIndex",
        "heightRatio", "bulgeMm", "lowest", "second", "third", "upper", "rest.logSignalRatio", "rel.logSignalRatio", "csfRatio", "behindAreaMm2"]),
    "narrowing": ("Disc narrowing", [0, 1], ["heightIndex"], [
        "heightIndex", "middleHeightIndex", "posteriorHeightIndex", "heightToBody", "share.heightIndex", "share.heightToBody", "rel.heightIndex", "heightRatio",
        "logSignalRatio", "rel.logSignalRatio", "bulgeMm", "lowest", "second", "third", "upper", "above.heightToBody", "below.heightToBody"]),
    "bulging": ("Disc bulging", [0, 1], ["bulgeMm"], [
        "bulgeMm", "behindAreaMm2", "greatestMm", "canalRatio", "csfRatio", "logSignalRatio", "nucleusContrast", "rel.logSignalRatio",
        "heightIndex", "share.heightIndex", "lowest", "second", "third", "upper", "rest.bulgeMm", "rest.logSignalRatio"]),
    "herniation": ("Disc herniation", [0, 1], ["bulgeMm"], [
        "greatestMm", "behindAreaMm2", "migrationMm", "canalRatio", "csfRatio", "logSignalRatio", "lowest", "second", "rel.bulgeMm"]),
    "spondylolisthesis": ("Spondylolisthesis", [0, 1], ["absSlipMm"], ["absSlipMm", "slipMm", "rel.slipMm", "canalRatio", "lowest", "second"]),
}
# The one of herniation by out-of-fold log loss (0.5 to 20 tried); the others by hand.
PENALTY = {"pfirrmann": 3.0, "narrowing": 6.0, "bulging": 6.0, "herniation": 2.0, "spondylolisthesis": 4.0}
# A feature beyond four standard deviations counts as four, as in ordinal.ts.
CLIP = 4.0


def design(rows, names, mean, sd):
    x = np.array([[r["features"].get(n, np.nan) if r["features"].get(n) is not None else np.nan for n in names] for r in rows], float)
    if mean is None:
        mean, sd = np.nanmean(x, 0), np.nanstd(x, 0) + 1e-6
    z = np.clip((x - mean) / sd, -CLIP, CLIP)
    return np.where(np.isfinite(z), z, 0.0), mean, sd


def above(score, cuts):
    return 1 / (1 + np.exp(-(score[:, None] - cuts[None])))


def probabilities(z, w, cuts):
    a = above(z @ w, cuts)
    a = np.concatenate([np.ones((len(z), 1)), a, np.zeros((len(z), 1))], 1)
    return np.clip(a[:, :-1] - a[:, 1:], 1e-9, 1)


def fit(z, y, k, penalty):
    def unpack(p):
        return p[: z.shape[1]], np.cumsum(np.concatenate([[p[z.shape[1]]], np.exp(p[z.shape[1] + 1 :])]))

    def loss(p):
        w, cuts = unpack(p)
        return -np.log(probabilities(z, w, cuts)[np.arange(len(y)), y]).sum() + penalty * (w**2).sum()

    start = np.concatenate([np.zeros(z.shape[1]), [-1.0], np.zeros(k - 2)])
    best = minimize(loss, start, method="L-BFGS-B", options={"maxiter": 400})
    return unpack(best.x)


def ece(p, y, bins=10):
    at = np.minimum((p * bins).astype(int), bins - 1)
    return sum(abs(p[at == b].sum() - y[at == b].sum()) for b in range(bins)) / len(p)


def interval(groups, statistic, draws=500):
    rng = np.random.default_rng(1)
    ids = np.unique(groups)
    where = {g: np.where(groups == g)[0] for g in ids}
    values = []
    for _ in range(draws):
        rows = np.concatenate([where[g] for g in rng.choice(ids, len(ids))])
        v = statistic(rows)
        if np.isfinite(v):
            values.append(v)
    return [round(float(v), 3) for v in np.percentile(values, [2.5, 97.5])]


def main(source, target):
    rows = [r for r in json.load(open(source))["rows"] if r["labels"] and not r["abstained"]]
    models, figures = {}, {}
    for field, (label, grades, needs, names) in FINDINGS.items():
        own = [r for r in rows if all(r["features"].get(n) is not None for n in needs)]
        y = np.array([grades.index(r["labels"][label]) for r in own])
        groups = np.array([int(r["patient"]) for r in own])
        order = {g: i % 5 for i, g in enumerate(np.random.default_rng(7).permutation(np.unique(groups)))}
        fold = np.array([order[g] for g in groups])
        out = np.zeros((len(y), len(grades)))
        for f in range(5):
            train, test = np.where(fold != f)[0], np.where(fold == f)[0]
            z, mean, sd = design([own[i] for i in train], names, None, None)
            w, cuts = fit(z, y[train], len(grades), PENALTY[field])
            out[test] = probabilities(design([own[i] for i in test], names, mean, sd)[0], w, cuts)
        if len(grades) > 2:
            guess = out.argmax(1)
            kappa = lambda i: cohen_kappa_score(y[i], guess[i], weights="quadratic")
            figures[field] = {
                "n": len(y),
                "quadraticKappa": round(kappa(np.arange(len(y))), 3),
                "interval": interval(groups, kappa),
                "withinOne": round(float((abs(guess - y) <= 1).mean()), 3),
                "ece": round(float(ece(out.max(1), guess == y)), 3),
            }
        else:
            auc = lambda i: roc_auc_score(y[i], out[i, 1]) if 0 < y[i].sum() < len(i) else np.nan
            figures[field] = {
                "n": len(y),
                "positive": int(y.sum()),
                "auc": round(float(auc(np.arange(len(y)))), 3),
                "interval": interval(groups, auc),
                "ece": round(float(ece(out[:, 1], y)), 3),
            }
        z, mean, sd = design(own, names, None, None)
        w, cuts = fit(z, y, len(grades), PENALTY[field])
        models[field] = {
            "grades": grades,
            "cuts": [round(float(c), 5) for c in cuts],
            "needs": needs,
            "features": [
                {"name": n, "mean": round(float(m), 5), "sd": round(float(s), 5), "weight": round(float(v), 5)}
                for n, m, s, v in zip(names, mean, sd, w)
            ],
        }
        print(field, figures[field])
    json.dump(
        {"id": "foramen-disc-rules", "version": "1.0.0", "sha256": "", "figures": figures, "models": models},
        open(target, "w"), indent=1)


if __name__ == "__main__":
    main(*sys.argv[1:3])
