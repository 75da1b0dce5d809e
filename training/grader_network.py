"""The convolutional part of the grader: crop and measures to logits of every field."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from grader_data import FIELDS, OTHER, TOTAL, split
from segmenter_network import CHANNELS, Segmenter

GRID = (48, 64)
SEEN = 24
# The trunk learns more slowly than the head.
RATE, TRUNK_SHARE = 2e-3, 0.15


class Grader(nn.Module):
    """The segmenter's own trunk, which has seen thousands of spines, looks at the T2 and the T1 crop alike; a small head reads both with the
    measures. A network of the same head that begins from nothing ranks end plates, Modic and narrowing clearly worse.
    """

    def __init__(self, features: int, trunk: Segmenter) -> None:
        super().__init__()
        self.down = nn.ModuleList(list(trunk.down)[:5])
        self.up = nn.ModuleList([trunk.up[3], trunk.up[2]])
        self.squeeze = nn.Sequential(nn.Conv2d(CHANNELS[3] + CHANNELS[2], SEEN, 1, bias=False), nn.BatchNorm2d(SEEN), nn.ReLU())
        self.measures = nn.Sequential(nn.Linear(features, 48), nn.ReLU(), nn.Dropout(0.2))
        self.mix = nn.Sequential(nn.Dropout(0.35), nn.Linear(2 * (SEEN * 12 + SEEN) + 48, 64), nn.ReLU(), nn.Dropout(0.35))
        self.out = nn.Linear(64, TOTAL)
        self.direct = nn.Linear(features, TOTAL)

    def train(self, mode: bool = True):
        """The trunk keeps the signal statistics it learned: batches of crops are too few and too alike to learn new ones."""
        super().train(mode)
        self.down.eval()
        self.up.eval()
        return self

    def look(self, x):
        """(N, 1, 72, 96) to (N, SEEN * 13): what is seen in each of twelve cells, and the most of it anywhere."""
        x = F.interpolate(x, GRID, mode="bilinear", align_corners=False)  # 0.75 mm, as the trunk was trained
        mean = x.mean((1, 2, 3), keepdim=True)
        sd = ((x - mean) ** 2).mean((1, 2, 3), keepdim=True).sqrt()
        x = ((x - mean) / (sd + 1e-3) * 0.22 + 0.4).clamp(0, 1.2)
        skips = []
        for i, block in enumerate(self.down):
            if i:
                x = F.max_pool2d(x, 2)
            x = block(x)
            skips.append(x)
        deep = self.up[0](torch.cat([skips[3], F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)], 1))
        fine = self.up[1](torch.cat([skips[2], F.interpolate(deep, scale_factor=2.0, mode="bilinear", align_corners=False)], 1))
        seen = self.squeeze(torch.cat([F.interpolate(deep, scale_factor=2.0, mode="nearest"), fine], 1))
        return torch.cat([F.avg_pool2d(seen, 4).flatten(1), seen.amax((2, 3))], 1)

    def forward(self, image, features):
        t2 = self.look(image[:, :1]) * (image[:, 2, :1, 0] > 0.5).float()
        t1 = self.look(image[:, 1:2]) * (image[:, 3, :1, 0] > 0.5).float()
        return self.out(self.mix(torch.cat([t2, t1, self.measures(features)], 1))) + self.direct(features)


class Ensemble(nn.Module):
    """Mean logits of several graders, (N, TOTAL)."""

    def __init__(self, nets):
        super().__init__()
        self.nets = nn.ModuleList(nets)

    def forward(self, image, features):
        return sum(n(image, features) for n in self.nets) / len(self.nets)


def loss_of(logits, labels):
    total = 0.0
    for f, part in split(logits).items():
        _, classes, kind, _ = FIELDS[f]
        ok = labels[f] >= 0
        if not ok.any():
            continue
        part, y = part[ok], labels[f][ok]
        if kind == "cumulative":
            total = total + 1.5 * F.binary_cross_entropy_with_logits(part, (y[:, None] > torch.arange(classes - 1)[None]).float())
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
    picture = (picture * gain + shift + torch.from_numpy(rng.normal(0, 0.03, picture.shape)).float()) * (x[:, 2:] > 0.5)
    flags = x[:, 2:].clone()
    drop = torch.from_numpy(rng.random(n) < 0.15)  # no T1 now and then, as in many clinics
    both = (flags[:, 0, 0, 0] > 0.5) & (flags[:, 1, 0, 0] > 0.5) & drop
    flags[both, 1] = 0
    picture[both, 1] = 0
    return torch.cat([picture, flags], 1)


def turn_some(rng, image, features, turned, labels):
    """A batch with every other disc upside down. `turned`: its measures upside down."""
    turn = torch.from_numpy(rng.random(len(image)) < 0.5)
    image = torch.where(turn[:, None, None, None], image.flip(2), image)
    return image, torch.where(turn[:, None], turned, features), {f: torch.where(turn, labels[OTHER.get(f, f)], v) for f, v in labels.items()}


def train(d, index, seed, epochs, segmenter, begun=None):
    """A grader trained on rows `index` of `d` (Discs, or Drawn of grader_drawn.py) from the segmenter run at the path `segmenter`, or from a grader that
    drawn discs have taught, `begun`, and then upside down as well; deterministic in `seed` on one thread."""
    torch.manual_seed(seed)
    rng, turning = np.random.default_rng(seed), np.random.default_rng(seed + 77)
    features, turned = torch.from_numpy(d.features), torch.from_numpy(d.turned)
    labels = {k: torch.from_numpy(v).long() for k, v in d.labels.items()}
    trunk = Segmenter()
    trunk.load_state_dict(torch.load(segmenter))
    net = Grader(features.shape[1], trunk)
    if begun is not None:
        net.load_state_dict(begun.state_dict())
    slow = [*net.down.parameters(), *net.up.parameters()]
    ids = {id(p) for p in slow}
    groups = [{"params": slow, "share": TRUNK_SHARE}, {"params": [p for p in net.parameters() if id(p) not in ids], "share": 1}]
    opt = torch.optim.AdamW(groups, RATE, weight_decay=0.02)
    steps = epochs * (len(index) // 32)
    done = 0
    net.train()
    for _ in range(epochs):
        order = rng.permutation(index)
        for k in range(0, len(order) - 31, 32):
            at = order[k : k + 32]
            for g in opt.param_groups:
                g["lr"] = g["share"] * RATE * min(1, (done + 1) / 40) * (0.5 * (1 + np.cos(np.pi * done / steps)) + 0.01)
            image, f, own = torch.from_numpy(d.pictures(at)), features[at], {k2: v[at] for k2, v in labels.items()}
            if begun is not None:
                image, f, own = turn_some(turning, image, f, turned[at], own)
            f = f * torch.from_numpy(rng.random((len(at), features.shape[1])) > 0.05).float()
            f = f + torch.from_numpy(rng.normal(0, 0.05, f.shape)).float() * (f != 0)
            with torch.autocast("cpu", torch.bfloat16):
                logits = net(augment(rng, image), f)
            loss = loss_of(logits.float(), own)
            opt.zero_grad()
            loss.backward()
            opt.step()
            done += 1
    return net.eval()


def apply(net, images, features):
    with torch.no_grad():
        return net(torch.from_numpy(images), torch.from_numpy(features)).numpy()
