"""The parts of the grader that read measures: shallow trees over measures and pooled signal, and a linear model of few measures."""
import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.linear_model import LogisticRegression

import fit_disc_rules
from grader_data import FIELDS, SIZE, TOTAL, split

FLOOR = 0.01  # a tree's probability is never taken for certain


def tree_logits(field, p):
    """Logits of a tree ensemble's class probabilities (N, classes), as the shipped graph computes them."""
    kind = FIELDS[field][2]
    if kind == "softmax":
        return np.log(np.clip(p, FLOOR, 1))
    above = np.cumsum(p[:, ::-1], 1)[:, ::-1][:, 1:]  # P(grade > k)
    above = np.clip(above, FLOOR, 1 - FLOOR)
    return np.log(above) - np.log(1 - above)


def classes_of(field, y):
    return (y > 0).astype(int) if FIELDS[field][2] == "sigmoid" else y


def fit_trees(x, y, field, seed=0, trees=160):
    """Extremely randomised trees (Geurts 2006), shallow so that the shipped file stays small."""
    forest = ExtraTreesClassifier(trees, max_depth=8, min_samples_leaf=5, max_features=0.25, random_state=seed, n_jobs=1)
    forest.fit(x, classes_of(field, y))
    return forest


def tree_probabilities(forest, field, x):
    """(N, classes); a grade without an example in the training part has none."""
    p = np.zeros((len(x), FIELDS[field][1]))
    p[:, forest.classes_] = forest.predict_proba(x)
    return p


class Linear:
    """Weights (F, TOTAL) and offsets (TOTAL) over standardised features; a field without its own list uses all, strongly shrunk. `drawn`: field ->
    a direction that is weighed beside the listed measures, with how freely, and how many times their usual penalty these bear (grader_drawn.py)."""

    def __init__(self, names, drawn, setting):
        self.names, self.drawn, self.setting = names, drawn, setting
        self.weight = np.zeros((len(names), TOTAL), np.float32)
        self.offset = np.zeros(TOTAL, np.float32)

    def fit_field(self, field, features, y):
        columns = split(np.arange(TOTAL)[None])[field][0]
        known = fit_disc_rules.FINDINGS.get(field)
        if known:
            at = [self.names.index(n) for n in known[3]]
            target = classes_of(field, y)
            rows, penalty = features[:, at].astype(float), fit_disc_rules.PENALTY[field]
            direction = None
            if field in self.drawn:
                freely, times = self.setting
                direction = freely * self.drawn[field]
                rows, penalty = np.concatenate([rows, (features @ direction)[:, None]], 1), times * penalty
            w, cuts = fit_disc_rules.fit(rows, target, FIELDS[field][1], penalty)
            self.weight[np.ix_(at, columns)] = w[: len(at), None]
            if direction is not None:
                self.weight[:, columns] += (w[-1] * direction)[:, None]
            self.offset[columns] = -cuts
            return
        model = LogisticRegression(C=0.01, max_iter=2000).fit(features, classes_of(field, y))
        if SIZE[field] > 1:  # a grade without an example in the training part keeps a low offset
            self.offset[columns] = -5
            columns = columns[model.classes_]
        self.weight[:, columns] = model.coef_.T
        self.offset[columns] = model.intercept_

    def apply(self, features):
        return features @ self.weight + self.offset


def vector(field, z):
    """Grade probabilities of logits, as the product computes them."""
    kind = FIELDS[field][2]
    if kind == "cumulative":
        c = np.minimum.accumulate(1 / (1 + np.exp(-z)), 1)
        c = np.concatenate([np.ones((len(c), 1)), c, np.zeros((len(c), 1))], 1)
        return c[:, :-1] - c[:, 1:]
    if kind == "softmax":
        e = np.exp(z - z.max(1, keepdims=True))
        return e / e.sum(1, keepdims=True)
    p = 1 / (1 + np.exp(-z))
    return np.concatenate([1 - p, p], 1)
