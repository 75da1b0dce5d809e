"""Logistic parts of the grader that read many numbers: what is seen along the end plates, and what the segmenter's trunk sees of the disc."""
import numpy as np
import torch
import torch.nn.functional as F

from grader_data import FIELDS, OTHER, SIZE, TOTAL, split

# Round numbers by hand; a factor of three either way moves the out-of-fold figures of the whole sum by about 0.005, and by less than 0.01.
PENALTY = {"plates": 50.0, "sight": 500.0, "scale": 200.0}
# How often a finding is there, in round numbers. An offset that is learned is high where the patients left out are low, and ranks patients of
# different folds wrongly.
PRIOR = {"modic": 0.35, "endplateUpper": 0.4, "endplateLower": 0.4, "narrowing": 0.35, "bulging": 0.5}
# Of 258 Modic changes three are of type 1 or 3: what is seen speaks for any change alike, this keeps the rare types rare.
RARE_TYPES = {"sight": np.array([0.0, -4.0, 0.0, -4.0])}
READS = {"plates": ["modic", "endplateUpper", "endplateLower"], "sight": ["pfirrmann", *PRIOR]}


def fit(x, y, field, penalty):
    """One direction for all grades of a scale (proportional odds, McCullagh 1980): weights, and offsets of P(grade > k)."""
    scale = FIELDS[field][2] == "cumulative"
    above = y[:, None] > np.arange(SIZE[field] if scale else 1)[None]
    start = above.mean(0) if scale else np.array([PRIOR[field]])
    x, target = torch.from_numpy(x), torch.from_numpy(above.astype(np.float32))
    w = torch.zeros(x.shape[1], requires_grad=True)
    b = torch.from_numpy(np.log(start / (1 - start)).astype(np.float32)).requires_grad_(scale)
    opt = torch.optim.LBFGS([w, b] if scale else [w], max_iter=80, line_search_fn="strong_wolfe", history_size=20)

    def loss():
        opt.zero_grad()
        value = F.binary_cross_entropy_with_logits((x @ w)[:, None] + b, target, reduction="sum") / len(b) + 0.5 * penalty * (w**2).sum()
        value.backward()
        return value

    opt.step(loss)
    return w.detach().numpy(), b.detach().numpy()


class Logistic:
    """Weights (F, TOTAL) and offsets (TOTAL) over standardised features, 0 where not seen; fields that the part does not read stay 0."""

    def __init__(self, width, part):
        self.weight = np.zeros((width, TOTAL), np.float32)
        self.offset = np.zeros(TOTAL, np.float32)
        self.part = part

    def fit(self, x, turned, d, index):
        """Learns from rows `index` of `x`, and of the same discs upside down, `turned`, where that is known (else None). The penalty is blind to
        rotation, so the fit is made in the space that these rows span."""
        sides = [x] if turned is None else [x, turned]
        rows = np.concatenate([side[index] for side in sides]).astype(np.float64)
        size, direction = np.linalg.eigh(rows @ rows.T)
        kept = size > 1e-8 * size[-1]
        basis = ((direction[:, kept] / np.sqrt(size[kept])).T @ rows).astype(np.float32)
        small = [side @ basis.T for side in sides]
        for f in READS[self.part]:
            own = index[d.usable(f)[index]]
            fields = [f, OTHER.get(f, f)][: len(sides)]
            grades = np.concatenate([d.labels[g][own] for g in fields])
            seen = np.concatenate([side[own] for side in small])
            w, b = fit(seen, grades, f, PENALTY["scale" if FIELDS[f][2] == "cumulative" else self.part])
            w = (basis.T @ w)[:, None]
            columns = split(np.arange(TOTAL)[None])[f][0]
            if FIELDS[f][2] == "softmax":  # none against every type alike
                side = np.where(np.arange(SIZE[f]) > 0, 0.5, -0.5)
                self.weight[:, columns], self.offset[columns] = w * side, b * side + RARE_TYPES.get(self.part, 0)
            else:
                self.weight[:, columns], self.offset[columns] = w, b
        return self

    def apply(self, x):
        return x @ self.weight + self.offset
