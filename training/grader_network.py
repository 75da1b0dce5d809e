"""The convolutional part of the grader: crop and measures to logits of every field."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from grader_data import FIELDS, TOTAL, split


class Grader(nn.Module):
    def __init__(self, features: int, width: int) -> None:
        super().__init__()

        def conv(i, o, size=3, stride=1):
            return nn.Sequential(nn.Conv2d(i, o, size, stride, size // 2, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))

        w = width
        self.body = nn.Sequential(
            conv(4, w, 5, 2), conv(w, w), nn.MaxPool2d(2), conv(w, 2 * w), conv(2 * w, 2 * w), nn.MaxPool2d(2),
            conv(2 * w, 3 * w), conv(3 * w, 3 * w), nn.MaxPool2d(2), conv(3 * w, 4 * w),
        )
        self.measures = nn.Sequential(nn.Linear(features, 48), nn.ReLU(), nn.Dropout(0.2))
        self.mix = nn.Sequential(nn.Dropout(0.35), nn.Linear(8 * w + 48, 64), nn.ReLU(), nn.Dropout(0.35))
        self.out = nn.Linear(64, TOTAL)
        self.direct = nn.Linear(features, TOTAL)

    def forward(self, image, features):
        x = self.body(image)
        x = torch.cat([x.mean((2, 3)), x.amax((2, 3)), self.measures(features)], 1)
        return self.out(self.mix(x)) + self.direct(features)


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


def train(images, features, labels, index, seed, epochs, width):
    """A grader trained on rows `index`; deterministic in `seed` on one thread."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    images, features = torch.from_numpy(images), torch.from_numpy(features)
    labels = {k: torch.from_numpy(v).long() for k, v in labels.items()}
    net = Grader(features.shape[1], width).to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    steps = epochs * (len(index) // 32)
    done = 0
    for _ in range(epochs):
        order = rng.permutation(index)
        for k in range(0, len(order) - 31, 32):
            at = order[k : k + 32]
            for g in opt.param_groups:
                g["lr"] = 2e-3 * min(1, (done + 1) / 40) * (0.5 * (1 + np.cos(np.pi * done / steps)) + 0.01)
            x = augment(rng, images[at]).contiguous(memory_format=torch.channels_last)
            f = features[at] * torch.from_numpy(rng.random((len(at), features.shape[1])) > 0.05).float()
            f = f + torch.from_numpy(rng.normal(0, 0.05, f.shape)).float() * (f != 0)
            with torch.autocast("cpu", torch.bfloat16):
                logits = net(x, f)
            loss = loss_of(logits.float(), {k2: v[at] for k2, v in labels.items()})
            opt.zero_grad()
            loss.backward()
            opt.step()
            done += 1
    return net.eval()


def apply(net, images, features):
    with torch.no_grad():
        return net(torch.from_numpy(images), torch.from_numpy(features)).numpy()
