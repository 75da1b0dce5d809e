"""Figures of grades against a reader: quadratic kappa, area under the ROC curve, expected calibration error, with intervals."""
import numpy as np


def kappa(y, p, classes=5):
    o = np.zeros((classes, classes))
    np.add.at(o, (y, p), 1)
    w = (np.arange(classes)[:, None] - np.arange(classes)[None]) ** 2
    e = np.outer(o.sum(1), o.sum(0)) / o.sum()
    return 1 - (w * o).sum() / (w * e).sum()


def auc(y, s):
    y = np.asarray(y) > 0
    r = np.argsort(np.argsort(s, kind="stable"), kind="stable") + 1.0
    for v in np.unique(s):
        m = s == v
        r[m] = r[m].mean()
    n = y.sum()
    return (r[y].sum() - n * (n + 1) / 2) / (n * (len(y) - n))


def ece(y, p, bins=10):
    """Expected calibration error over bins of equal count."""
    return sum(len(c) * abs(np.mean(p[c]) - np.mean(y[c])) for c in np.array_split(np.argsort(p), bins)) / len(p)


def median_grade(p):
    """Index of the median of each grade distribution: the grade with the least expected distance."""
    return (np.cumsum(p, 1) < 0.5).sum(1).clip(0, p.shape[1] - 1)


def expected_grade(p):
    """Mean grade, counted from 0."""
    return p @ np.arange(p.shape[1])


# Share of the way from cuts that name as the reader names to cuts that round; 0.1 to 0.5 tried, in steps of 0.1.
ROUNDED = 0.2


def cut_points(expected, y, classes):
    """Where to cut the expected grade so that each grade is named nearly as often as the reader names it. Rounding names the middle grades too
    often, and quadratic kappa charges for that; but it is least often wrong by two grades, so the cuts go a part of the way to it."""
    often = np.quantile(expected, np.cumsum(np.bincount(y, minlength=classes) / len(y))[:-1])
    return (1 - ROUNDED) * often + ROUNDED * (np.arange(classes - 1) + 0.5)


def measure(field, y, p, named=None):
    """`named`: the grade named for each disc, else the median."""
    if field == "pfirrmann":
        g = median_grade(p) if named is None else named
        top = p[np.arange(len(p)), g]
        return {"kappa": kappa(y, g), "exact": np.mean(g == y), "withinOne": np.mean(np.abs(g - y) <= 1), "ece": ece((g == y).astype(float), top)}
    score = 1 - p[:, 0]
    return {"auc": auc(y, score), "ece": ece((y > 0).astype(float), score)}


def with_intervals(field, y, p, patients, named=None, draws=300, seed=7):
    rng = np.random.default_rng(seed)
    value = measure(field, y, p, named)
    by = [np.where(patients == q)[0] for q in sorted(set(patients))]
    seen = []
    for _ in range(draws):
        pick = np.concatenate([by[j] for j in rng.integers(len(by), size=len(by))])
        if field == "pfirrmann" or 0 < (y[pick] > 0).sum() < len(pick):
            seen.append(measure(field, y[pick], p[pick], None if named is None else named[pick]))
    out = {m: {"value": round(float(v), 3), "interval95": [round(float(np.percentile([d[m] for d in seen], q)), 3) for q in (2.5, 97.5)]} for m, v in value.items()}
    return {**out, "discs": len(y)}
