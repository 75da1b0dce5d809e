"""Shares of the parts in the summed logits of each field."""
import numpy as np

from grader_figures import auc, cut_points, expected_grade, kappa
from grader_measures import vector

PARTS = ["network", "trees", "linear", "plates", "sight"]
# Round mixtures, chosen by their out-of-fold figures, that of Pfirrmann for its calibration (README.md); the first of the mixtures weighed. Slips are millimetres, and trees on measures rank them best;
# herniation is left to the linear part, because all others stop at what few examples show, and an 8 mm extrusion must not stay at even odds. Shares that
# sum to less than one make a grade less sure: networks alone were too sure of end plates.
MIXTURES = {
    "pfirrmann": [(0.35, 0.25, 0.25, 0, 0.3), (0.4, 0.35, 0.35, 0, 0), (0.4, 0.35, 0.35, 0, 0.3), (0.4, 0.2, 0.2, 0, 0.5), (0.35, 0.3, 0.3, 0, 0.6), (0.3, 0.25, 0.25, 0, 0.5)],
    "modic": [(0.45, 0, 0, 0.3, 0.45), (0.5, 0.5, 0, 0, 0), (0.4, 0.3, 0, 0.2, 0.3), (0.4, 0, 0, 0.4, 0.5), (0.3, 0.3, 0, 0.3, 0.4), (0.5, 0, 0, 0.3, 0.6)],
    "endplateUpper": [(0.5, 0, 0, 0.3, 0.2), (0.6, 0, 0.2, 0, 0), (0.4, 0, 0.1, 0.4, 0.1), (0.4, 0, 0.1, 0.4, 0), (0.4, 0, 0, 0.5, 0.2), (0.4, 0, 0.1, 0.2, 0.3)],
    "endplateLower": [(0.5, 0, 0, 0.3, 0.2), (0.6, 0, 0.2, 0, 0), (0.4, 0, 0.1, 0.4, 0.1), (0.4, 0, 0.1, 0.4, 0), (0.4, 0, 0, 0.5, 0.2), (0.4, 0, 0.1, 0.2, 0.3)],
    "spondylolisthesis": [(0, 0.75, 0.25, 0, 0)],
    "herniation": [(0, 0, 1, 0, 0)],
    "narrowing": [(0.5, 0.2, 0, 0, 0.4), (0.75, 0.25, 0, 0, 0), (0.6, 0.2, 0, 0, 0.3), (0.5, 0, 0, 0, 0.5), (0.4, 0.2, 0, 0, 0.4)],
    "bulging": [(0.4, 0.4, 0, 0, 0.2), (0.5, 0.5, 0, 0, 0), (0.4, 0.4, 0, 0, 0.3), (0.4, 0.5, 0, 0, 0.2)],
}
SHARES = {f: m[0] for f, m in MIXTURES.items()}


def summed(shares, parts):
    return np.tensordot(shares, np.stack(parts), 1)


def worth(f, y, z):
    """What a mixture is chosen by."""
    p = vector(f, z)
    if f == "pfirrmann":
        expected = expected_grade(p)
        return kappa(y, np.digitize(expected, cut_points(expected, y, p.shape[1])))
    return auc(y, 1 - p[:, 0])


def chosen_without(d, f, parts):
    """Logits of the mixture that the other four folds would have chosen, for every fold: what choosing is worth on patients who had no say in it."""
    sums = [summed(shares, parts) for shares in MIXTURES[f]]
    out, ok = np.zeros_like(sums[0]), d.usable(f)
    for k in range(5):
        others = ok & (d.fold != k)
        best = max(sums, key=lambda z: worth(f, d.labels[f][others], z[others]))
        out[d.fold == k] = best[d.fold == k]
    return out
