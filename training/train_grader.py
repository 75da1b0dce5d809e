"""Trains the disc grader on crops and measures made by disc-crops.ts: `python training/train_grader.py --crops crops --out DIR`.

Five folds split by patient; in each fold a few small networks with different seeds. The product ships one network made of all of
them (their mean, in one file). Figures are out of fold, with a bootstrap over patients; scale and shift of each output (Platt) and
the share of the network against the rules on measures are fitted on out-of-fold scores by a second split over patients.
"""
import argparse
import hashlib
import json
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

FIELDS = {
    # field: (label column, classes, loss kind, series it cannot do without)
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


class Grader(nn.Module):
    def __init__(self, features: int, width: int = 24) -> None:
        super().__init__()
        def stage(i, o):
            return nn.Sequential(
                nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True),
                nn.Conv2d(o, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.MaxPool2d(2),
            )
        w = width
        self.body = nn.Sequential(stage(4, w), stage(w, 2 * w), stage(2 * w, 3 * w), stage(3 * w, 4 * w))
        self.measures = nn.Sequential(nn.Linear(features, 48), nn.ReLU(), nn.Dropout(0.2))
        self.mix = nn.Sequential(nn.Dropout(0.35), nn.Linear(8 * w + 48, 64), nn.ReLU(), nn.Dropout(0.35))
        self.out = nn.Linear(64, TOTAL)
        self.direct = nn.Linear(features, TOTAL)

    def forward(self, image, features):
        x = self.body(image)
        x = torch.cat([x.mean((2, 3)), x.amax((2, 3)), self.measures(features)], 1)
        return self.out(self.mix(x)) + self.direct(features)


def split(logits):
    out, at = {}, 0
    for f, n in SIZE.items():
        out[f] = logits[:, at : at + n]
        at += n
    return out


def loss_of(logits, labels):
    total = 0.0
    for f, part in split(logits).items():
        _, classes, kind, _ = FIELDS[f]
        y = labels[f]
        ok = y >= 0
        if not ok.any():
            continue
        part, y = part[ok], y[ok]
        if kind == "cumulative":
            steps = (y[:, None] > torch.arange(classes - 1)[None]).float()
            total = total + 1.5 * F.binary_cross_entropy_with_logits(part, steps)
        elif kind == "softmax":
            total = total + 0.7 * F.cross_entropy(part, y, label_smoothing=0.05)
        else:
            total = total + F.binary_cross_entropy_with_logits(part[:, 0], (y > 0).float() * 0.96 + 0.02)
    return total


def augment(rng, x):
    n, _, h, w = x.shape
    theta = torch.zeros(n, 2, 3)
    a = torch.from_numpy(rng.normal(0, 0.06, n)).float()
    s = torch.exp(torch.from_numpy(rng.normal(0, 0.06, n)).float())
    theta[:, 0, 0] = s * torch.cos(a)
    theta[:, 0, 1] = -s * torch.sin(a) * h / w
    theta[:, 1, 0] = s * torch.sin(a) * w / h
    theta[:, 1, 1] = s * torch.cos(a)
    theta[:, :, 2] = torch.from_numpy(rng.normal(0, 0.05, (n, 2))).float()
    grid = F.affine_grid(theta, (n, 2, h, w), align_corners=False)
    picture = F.grid_sample(x[:, :2], grid, padding_mode="border", align_corners=False)
    gain = torch.exp(torch.from_numpy(rng.normal(0, 0.12, (n, 2, 1, 1))).float())
    shift = torch.from_numpy(rng.normal(0, 0.06, (n, 2, 1, 1))).float()
    picture = (picture * gain + shift + torch.from_numpy(rng.normal(0, 0.03, picture.shape)).float()) * (x[:, 2:, :, :] > 0.5)
    flags = x[:, 2:].clone()
    drop = torch.from_numpy(rng.random(n) < 0.15)  # no T1 now and then, as in many clinics
    both = (flags[:, 0, 0, 0] > 0.5) & (flags[:, 1, 0, 0] > 0.5) & drop
    flags[both, 1] = 0
    picture[both, 1] = 0
    return torch.cat([picture, flags], 1)


def train(images, features, labels, index, seed, epochs, width):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Grader(features.shape[1], width)
    opt = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    steps = epochs * (len(index) // 32)
    done = 0
    for _ in range(epochs):
        order = rng.permutation(index)
        for k in range(0, len(order) - 31, 32):
            at = order[k : k + 32]
            for g in opt.param_groups:
                g["lr"] = 2e-3 * min(1, (done + 1) / 40) * (0.5 * (1 + np.cos(np.pi * done / steps)) + 0.01)
            x = augment(rng, images[at])
            f = features[at] * torch.from_numpy(rng.random((len(at), features.shape[1])) > 0.05).float()
            f = f + torch.from_numpy(rng.normal(0, 0.05, f.shape)).float() * (f != 0)
            logits = net(x, f)
            loss = loss_of(logits, {k2: v[at] for k2, v in labels.items()})
            opt.zero_grad()
            loss.backward()
            opt.step()
            done += 1
    return net.eval()


def kappa(y, p, classes=5):
    o = np.zeros((classes, classes))
    for a, b in zip(y, p):
        o[a, b] += 1
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
    order = np.argsort(p)
    return sum(len(c) * abs(np.mean(p[c]) - np.mean(y[c])) for c in np.array_split(order, bins)) / len(p)


def platt(z, y, iterations=200):
    a = torch.tensor(1.0, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)
    z, y = torch.from_numpy(z).float(), torch.from_numpy(y).float()
    opt = torch.optim.LBFGS([a, b], max_iter=iterations)

    def closure():
        opt.zero_grad()
        loss = F.binary_cross_entropy_with_logits(a * z + b, y) + 1e-3 * ((a - 1) ** 2 + b**2)
        loss.backward()
        return loss

    opt.step(closure)
    return max(0.05, float(a)), float(b)


def vector(field, z):
    """Grade probabilities of calibrated logits, as the product computes them."""
    kind = FIELDS[field][2]
    if kind == "cumulative":
        c = 1 / (1 + np.exp(-z))
        c = np.minimum.accumulate(c, 1)
        c = np.concatenate([np.ones((len(c), 1)), c, np.zeros((len(c), 1))], 1)
        return c[:, :-1] - c[:, 1:]
    if kind == "softmax":
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)
    p = 1 / (1 + np.exp(-z))
    return np.concatenate([1 - p, p], 1)


class Ensemble(nn.Module):
    def __init__(self, nets):
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, image, features):
        mean = sum(n(image, features) for n in self.nets) / len(self.nets)
        return tuple(split(mean).values())


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--crops", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--epochs", type=int, default=45)
    ap.add_argument("--seeds", type=int, default=2)
    ap.add_argument("--width", type=int, default=20)
    ap.add_argument("--threads", type=int, default=1)
    ap.add_argument("--version", default="1.0.0")
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    table = json.load(open(a.crops + ".json"))
    images = torch.from_numpy(np.fromfile(a.crops + ".f32", np.float32).reshape(table["shape"]))
    rows = table["rows"]
    keep = [i for i, r in enumerate(rows) if r["labels"] is not None]
    images = images[keep]
    rows = [rows[i] for i in keep]
    names = sorted({k for r in rows for k in r["features"]})
    raw = np.array([[r["features"].get(n, np.nan) for n in names] for r in rows], np.float64)
    mean, sd = np.nanmean(raw, 0), np.maximum(np.nanstd(raw, 0), 1e-3)
    features = torch.from_numpy(np.nan_to_num(np.clip((raw - mean) / sd, -4, 4))).float()
    labels = {}
    for f, (column, classes, _, _) in FIELDS.items():
        y = np.array([r["labels"].get(column, -1) for r in rows], np.float64)
        y = np.nan_to_num(y, nan=-1).astype(int)
        labels[f] = torch.from_numpy(np.where(y < 0, -1, y - 1 if f == "pfirrmann" else y)).long()
    patients = np.array([r["patient"] for r in rows])
    unique = sorted(set(patients), key=int)
    fold = np.array([unique.index(p) % 5 for p in patients])
    has_t2 = np.array([r["has"]["t2"] for r in rows])
    has_t1 = np.array([r["has"]["t1"] for r in rows])
    logits = np.zeros((len(rows), TOTAL), np.float32)
    nets = []
    start = time.time()
    for k in range(5):
        index = np.where(fold != k)[0]
        test = np.where(fold == k)[0]
        for seed in range(a.seeds):
            net = train(images, features, labels, index, 100 * k + seed, a.epochs, a.width)
            with torch.no_grad():
                logits[test] += net(images[test], features[test]).numpy() / a.seeds
            nets.append(net)
        print("fold", k, round(time.time() - start), "s", flush=True)
    parts = {f: v.numpy() for f, v in split(torch.from_numpy(logits)).items()}
    outputs, figures = [], {}
    rng = np.random.default_rng(7)
    half = np.array([unique.index(p) // 5 % 2 for p in patients])
    for f, (column, classes, kind, needs) in FIELDS.items():
        z, y = parts[f], labels[f].numpy()
        ok = (y >= 0) & (has_t2 if "t2" in needs else True) & (has_t1 if "t1" in needs else True)
        def fit(m):
            if kind == "cumulative":
                steps = (y[m][:, None] > np.arange(classes - 1)[None]).astype(float)
                return platt(z[m].ravel(), steps.ravel())
            if kind == "softmax":
                best = min(np.linspace(0.3, 2.0, 35), key=lambda s: -np.log(vector(f, s * z[m])[np.arange(m.sum()), y[m]] + 1e-9).mean())
                return float(best), 0.0
            return platt(z[m][:, 0], (y[m] > 0).astype(float))
        p = np.zeros((len(y), classes))
        for h in (0, 1):
            s, b = fit(ok & (half != h))
            p[half == h] = vector(f, s * z[half == h] + b)
        scale, shift = fit(ok)
        outputs.append({"name": f, "kind": kind, "field": f, "grades": [1, 2, 3, 4, 5] if f == "pfirrmann" else list(range(classes)), "scale": round(scale, 4), "shift": round(shift, 4), "needs": needs})

        def measure(index):
            yy, pp = y[index], p[index]
            if f == "pfirrmann":
                g = pp.argmax(1)
                top = pp.max(1)
                return {"kappa": kappa(yy, g), "exact": np.mean(g == yy), "withinOne": np.mean(np.abs(g - yy) <= 1), "ece": ece((g == yy).astype(float), top)}
            score = 1 - pp[:, 0]
            return {"auc": auc(yy, score), "ece": ece((yy > 0).astype(float), score)}
        here = np.where(ok)[0]
        value = measure(here)
        draws = []
        by = {q: here[patients[here] == q] for q in set(patients[here])}
        qs = list(by)
        for _ in range(300):
            pick = np.concatenate([by[qs[j]] for j in rng.integers(len(qs), size=len(qs))])
            if f == "pfirrmann" or (0 < (y[pick] > 0).sum() < len(pick)):
                draws.append(measure(pick))
        figures[f] = {m: {"value": round(float(v), 3), "interval95": [round(float(np.percentile([d[m] for d in draws], q)), 3) for q in (2.5, 97.5)]} for m, v in value.items()}
        figures[f]["discs"] = int(ok.sum())
        print(f, {m: v["value"] for m, v in figures[f].items() if isinstance(v, dict)}, flush=True)
    os.makedirs(a.out, exist_ok=True)
    path = os.path.join(a.out, "grader.onnx")
    model = Ensemble(nets)
    torch.onnx.export(
        model, (images[:2], features[:2]), path, input_names=["image", "features"], output_names=list(FIELDS), opset_version=17, dynamo=False,
        dynamic_axes={n: {0: "n"} for n in ["image", "features", *FIELDS]},
    )
    data = open(path, "rb").read()
    description = {
        "id": "foramen-grader", "version": a.version, "sha256": hashlib.sha256(data).hexdigest(), "input": "image", "featureInput": "features",
        "features": [{"name": n, "mean": round(float(m), 6), "sd": round(float(s), 6)} for n, m, s in zip(names, mean, sd)],
        "outputs": outputs, "weight": {},
    }
    json.dump(description, open(os.path.join(a.out, "grader.json"), "w"), indent=2)
    open(os.path.join(a.out, "grader.json"), "a").write("\n")
    json.dump({"outOfFold": figures, "patients": len(unique), "discs": len(rows)}, open(os.path.join(a.out, "grader-figures.json"), "w"), indent=1)
    print(path, len(data) / 1e6, "MB")


if __name__ == "__main__":
    main()
