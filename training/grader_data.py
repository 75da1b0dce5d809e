"""What the disc grader is trained on: crops and measures written by disc-crops.ts, one row a disc, and the expert's grades."""
import json
import re

import numpy as np
import torch

FIELDS = {
    # field: (label column, classes, kind, series it cannot do without)
    "pfirrmann": ("Pfirrman grade", 5, "cumulative", ["t2"]),
    "modic": ("Modic", 4, "softmax", ["t1", "t2"]),
    "endplateUpper": ("UP endplate", 2, "sigmoid", []),
    "endplateLower": ("LOW endplate", 2, "sigmoid", []),
    "spondylolisthesis": ("Spondylolisthesis", 2, "sigmoid", []),
    "herniation": ("Disc herniation", 2, "sigmoid", []),
    "narrowing": ("Disc narrowing", 2, "sigmoid", []),
    "bulging": ("Disc bulging", 2, "sigmoid", []),
}
SIZE = {f: (v[1] - 1 if v[2] == "cumulative" else v[1] if v[2] == "softmax" else 1) for f, v in FIELDS.items()}
TOTAL = sum(SIZE.values())
# A disc upside down is a disc too, with its end plates changed over.
OTHER = {"endplateUpper": "endplateLower", "endplateLower": "endplateUpper"}
PLATE = re.compile(r"(t1|t2|both|most)\.")  # names of what endplate-features.ts reads; all others are measures
POOL = (9, 8)  # cells of the pooled crop: 4 x 6 mm


def split(logits):
    """Columns of the logits by field."""
    out, at = {}, 0
    for f, n in SIZE.items():
        out[f] = logits[:, at : at + n]
        at += n
    return out


def standardised(raw, by=None):
    """Mean, standard deviation (or those given) and standardised values of columns; NaN, which is not seen, becomes 0."""
    mean, sd = (np.nanmean(raw, 0), np.maximum(np.nanstd(raw, 0), 1e-3)) if by is None else by
    return mean, sd, np.nan_to_num(np.clip((raw - mean) / sd, -4, 4)).astype(np.float32)


def other_side(name):
    """Name of the same reading along the other end plate; of both, its own."""
    return ".".join({"upper": "lower", "lower": "upper"}.get(part, part) for part in name.split("."))


def turned_measures(raw, names):
    """Measures (N, F) of the same discs upside down: the neighbours change over, and what is counted forward or upward from below changes its sign."""
    other = {"above": "below", "below": "above"}
    at = [names.index(".".join(other.get(part, part) for part in n.split("."))) for n in names]
    signed = [n.split(".")[-1] in ("slipMm", "migrationMm") and not n.startswith("share.") for n in names]
    return raw[:, at] * np.where(signed, -1, 1)


class Discs:
    """Rows with labels: images (N, 4, 72, 96), standardised measures (N, F) and end plates (N, P), both also of the disc upside down, labels by field
    (-1 unknown), patients, folds. `scale`: name -> mean and standard deviation to standardise by, else their own."""

    def __init__(self, path, scale=None):
        table = json.load(open(path + ".json"))
        keep = [i for i, r in enumerate(table["rows"]) if r["labels"] is not None]
        rows = [table["rows"][i] for i in keep]
        self.images = np.fromfile(path + ".f32", np.float32).reshape(table["shape"])[keep]
        every = sorted({k for r in rows for k in r["features"]})
        self.names = [n for n in every if not PLATE.match(n)]
        self.plate_names = [n for n in every if PLATE.match(n)]
        raw = np.array([[r["features"].get(n, np.nan) for n in self.names + self.plate_names] for r in rows], np.float64)
        by = None if scale is None else np.array([scale[n] for n in self.names + self.plate_names]).T
        self.mean, self.sd, standard = standardised(raw, by)
        self.features, self.plates = np.split(standard, [len(self.names)], 1)
        own = len(self.names)
        self.turned = standardised(turned_measures(raw[:, :own], self.names), (self.mean[:own], self.sd[:own]))[2]
        self.turned_plates = self.plates[:, [self.plate_names.index(other_side(n)) for n in self.plate_names]]
        self.labels = {}
        for f, (column, _, _, _) in FIELDS.items():
            y = np.nan_to_num(np.array([r["labels"].get(column, -1) for r in rows], np.float64), nan=-1).astype(int)
            self.labels[f] = np.where(y < 0, -1, y - 1 if f == "pfirrmann" else y)
        self.patients = np.array([r["patient"] for r in rows])
        self.unique = sorted(set(self.patients), key=int)
        at = {p: i for i, p in enumerate(self.unique)}
        self.fold = np.array([at[p] % 5 for p in self.patients])
        self.half = np.array([at[p] // 5 % 2 for p in self.patients])
        self.kept, self.rows = keep, table["rows"]
        self.has = {k: np.array([r["has"][k] for r in rows]) for k in ("t1", "t2")}

    def pictures(self, at):
        """Crops of rows `at`, (n, 4, 72, 96)."""
        return self.images[at]

    def usable(self, field):
        ok = self.labels[field] >= 0
        for need in FIELDS[field][3]:
            ok = ok & self.has[need]
        return ok


def pooled(images):
    """Logarithm of the mean signal in POOL cells of T2 and T1, (N, 144); a series that is absent is 0, as in the shipped graph."""
    x = torch.from_numpy(images)
    rows, cols = POOL
    cells = torch.nn.functional.avg_pool2d(x[:, :2], (x.shape[2] // rows, x.shape[3] // cols))
    return ((cells + 0.02).log() * (x[:, 2:, :1, :1] > 0.5)).flatten(1).numpy()
