"""Trains the segmenter: `python training/train_segmenter.py --data ../shared/data/spider --fold 0 --steps 1200 --out runs/f0.pt`.

--fold K leaves out fold K of five (split by patient); --fold -1 trains on all. --shards adds synthetic samples written by
make-shards.ts, --init starts from an earlier run, --pseudo adds slices with labels made by an earlier ensemble.
"""
import argparse
import glob
import json
import os
import time

import numpy as np
import torch
import torch.nn.functional as F

import spider_slices
from segmenter_network import PIXEL_MM, Segmenter

HEIGHT, WIDTH = 352, 256
# Which of the seven classes each target code allows (see spider_slices); synthetic targets name classes directly.
ALLOWED = {0: [0, 5], 1: [1, 2], 2: [3], 3: [4, 6], 4: [1], 5: [2], 6: [0]}
REAL_GROUPS = 7


def smooth_field(rng, h, w, cell):
    small = torch.from_numpy(rng.standard_normal((1, 1, max(3, h // cell), max(3, w // cell))).astype(np.float32))
    return F.interpolate(small, (h, w), mode="bicubic", align_corners=False)[0, 0]


def sampling_grid(rng, shape, native_mm, focus):
    """A random similarity plus a little elastic bending, as a grid for grid_sample over a HEIGHT x WIDTH crop at PIXEL_MM."""
    h, w = shape
    scale = PIXEL_MM / native_mm * np.exp(rng.uniform(-0.22, 0.22))
    aspect = np.exp(rng.normal(0, 0.04))
    angle = rng.normal(0, 0.13)
    yy, xx = torch.meshgrid(torch.arange(HEIGHT) - HEIGHT / 2, torch.arange(WIDTH) - WIDTH / 2, indexing="ij")
    yy, xx = yy * scale * aspect, xx * scale / aspect
    c, s = np.cos(angle), np.sin(angle)
    y = focus[0] + c * yy - s * xx
    x = focus[1] + s * yy + c * xx
    if rng.random() < 0.6:
        bend = rng.uniform(0, 6) * scale
        y = y + smooth_field(rng, HEIGHT, WIDTH, 90) * bend
        x = x + smooth_field(rng, HEIGHT, WIDTH, 90) * bend
    return torch.stack([(x + 0.5) / w * 2 - 1, (y + 0.5) / h * 2 - 1], -1)[None]


def recolour(rng, image, soft):
    """Changes the contrast tissue by tissue, so that no single sequence is what the network learns."""
    groups = [soft[1] + soft[4], soft[2], soft[3], soft[5]]
    out = image
    strong = rng.random() < 0.5
    for k, g in enumerate(groups):
        mean = (image * g).sum() / (g.sum() + 1e-3)
        if strong:
            target = float(rng.uniform(0.05, 0.95))
            if k == 2 and rng.random() < 0.5:
                target = float(rng.uniform(0.02, 0.3))  # T1: dark fluid
            gain = float(rng.uniform(-0.4, 1.3))
        else:
            target = float(mean) * float(np.exp(rng.normal(0, 0.35)))
            gain = float(rng.uniform(0.4, 1.3))
        out = out + g * (target + (image - mean) * gain - image)
    if strong and rng.random() < 0.5:
        rest = 1 - sum(groups).clamp(0, 1)
        a, b = rng.uniform(0.2, 1.2), rng.uniform(0, 0.35)
        curve = image * a + b * (1 - image)
        out = out * (1 - rest) + rest * curve
    return out.clamp(0, 2)


def outline(rng, x, soft):
    """Black lines where fat meets water, as opposed-phase pictures have them around marrow and disc."""
    dark = rng.uniform(0.4, 1.0)
    for g in (soft[1] + soft[4] + soft[5], soft[2]):
        x = x * (1 - dark * 4 * g * (1 - g))
    return x


def degrade(rng, x):
    h, w = x.shape
    x = x * torch.exp(smooth_field(rng, h, w, 110) * rng.uniform(0, 0.4))
    if rng.random() < 0.5:
        ramp = torch.linspace(-1, 1, w)[None] * rng.uniform(-0.4, 1.0)
        x = x * torch.exp(ramp)
    if rng.random() < 0.25:
        edge = rng.uniform(0.03, 0.35) * w
        x = x * (1 - (1 - rng.uniform(0.03, 0.5)) * torch.sigmoid((edge - torch.arange(w)) / 3.0))[None]
    if rng.random() < 0.45:
        f = rng.uniform(1.0, 2.4)
        small = F.interpolate(x[None, None], (max(16, int(h / f)), max(16, int(w / rng.uniform(1.0, f)))), mode="area")
        x = F.interpolate(small, (h, w), mode="bilinear", align_corners=False)[0, 0]
    noise = rng.choice([0.01, 0.03, 0.08]) * rng.random()
    n1 = torch.from_numpy(rng.standard_normal((h, w)).astype(np.float32)) * noise
    n2 = torch.from_numpy(rng.standard_normal((h, w)).astype(np.float32)) * noise
    x = torch.sqrt((x + n1) ** 2 + n2**2)
    if rng.random() < 0.12:
        x = x + 0.35 * rng.random() * torch.roll(x, int(rng.uniform(20, 120)), 0)
    if rng.random() < 0.1:
        cy, cx, r = rng.uniform(0, h), rng.uniform(0, w), rng.uniform(4, 22)
        d = ((torch.arange(h)[:, None] - cy) ** 2 + (torch.arange(w)[None] - cx) ** 2).sqrt()
        x = x * torch.sigmoid((d - r) / 1.5)
    return x


def normalise(x):
    flat = x.flatten()
    lo, hi = torch.quantile(flat[:: max(1, flat.numel() // 20000)], torch.tensor([0.005, 0.995]))
    return ((x - lo) / (hi - lo + 1e-6)).clamp(0, 1)


def coarser(x):
    """Less detail before the coarser grid is drawn; the kernel is symmetric, so that the picture stays in register with its mask."""
    return F.avg_pool2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), 3, stride=1) * 0.5 + x * 0.5


def real_sample(rng, item, plain_share):
    """A slice with its mask. A share of them keeps its own contrast with little noise: the outlines the readers drew are finer than what survives
    the rest."""
    _, image, target, _ = item
    rows, cols = np.where((target > 0) & (target < 6))
    k = rng.integers(len(rows))
    focus = (0.5 * rows.mean() + 0.5 * rows[k] + rng.normal(0, 30), 0.6 * cols.mean() + 0.4 * cols[k] + rng.normal(0, 30))
    grid = sampling_grid(rng, image.shape, spider_slices.NATIVE_MM, focus).float()
    x = F.grid_sample(coarser(torch.from_numpy(image)[None, None]), grid, mode="bilinear", padding_mode="border", align_corners=False)[0, 0]
    onehot = F.one_hot(torch.from_numpy(target).long(), spider_slices.GROUPS).permute(2, 0, 1)[None].float()
    soft = F.grid_sample(onehot, grid, mode="bilinear", padding_mode="zeros", align_corners=False)[0]
    weight = 1 - soft[spider_slices.SAY_NOTHING] - (1 - soft.sum(0)).clamp(0, 1)
    if rng.random() < plain_share:
        h, w = x.shape
        x = x * torch.exp(smooth_field(rng, h, w, 110) * rng.uniform(0, 0.15))
        x = x + torch.from_numpy(rng.standard_normal((h, w)).astype(np.float32)) * rng.uniform(0, 0.01)
        return normalise(x) ** float(np.exp(rng.normal(0, 0.12))), soft[:REAL_GROUPS], weight.clamp(0, 1)
    if rng.random() < 0.75:
        x = recolour(rng, x, soft)
    if rng.random() < 0.1:
        x = outline(rng, x, F.avg_pool2d(soft[None], 3, 1, 1)[0])
    x = normalise(degrade(rng, x)) ** float(np.exp(rng.normal(0, 0.3)))
    return x, soft[:REAL_GROUPS], weight.clamp(0, 1)


class Shards:
    """Synthetic samples of 2 x 384 x 384 bytes (image, class)."""

    def __init__(self, folder):
        self.folder = folder
        self.drawn = 0
        self.look()

    def look(self):
        """Shards that are complete: their description is written last."""
        names = sorted(glob.glob(os.path.join(self.folder, "*.json")))
        self.maps = [np.memmap(n[:-5] + ".u8", np.uint8, "r").reshape(-1, 2, 384, 384) for n in names if os.path.exists(n[:-5] + ".u8")]

    def sample(self, rng):
        self.drawn += 1
        if self.drawn % 500 == 0:
            self.look()
        m = self.maps[rng.integers(len(self.maps))]
        image, label = m[rng.integers(len(m))]
        label = np.minimum(label, 6)
        rows, cols = np.where(label > 0)
        k = rng.integers(len(rows)) if len(rows) else 0
        focus = (0.5 * rows.mean() + 0.5 * rows[k], 0.6 * cols.mean() + 0.4 * cols[k]) if len(rows) else (192, 192)
        focus = (focus[0] + rng.normal(0, 25), focus[1] + rng.normal(0, 25))
        grid = sampling_grid(rng, image.shape, PIXEL_MM, focus).float()
        x = F.grid_sample(torch.from_numpy(image.astype(np.float32) / 255)[None, None], grid, padding_mode="border", align_corners=False)[0, 0]
        onehot = F.one_hot(torch.from_numpy(label.astype(np.int64)), 7).permute(2, 0, 1)[None].float()
        soft = F.grid_sample(onehot, grid, padding_mode="zeros", align_corners=False)[0]
        weight = soft.sum(0).clamp(0, 1)
        x = normalise(degrade(rng, x)) ** float(np.exp(rng.normal(0, 0.25)))
        return x, soft, weight


class Pseudo:
    """Slices of patients without masks: probabilities of an ensemble, kept where it is sure. npz with image, prob (7,H,W), patient."""

    def __init__(self, path, leave_out):
        self.items = [i for i in np.load(path, allow_pickle=True)["items"] if str(i["patient"]) not in leave_out]

    def sample(self, rng):
        item = self.items[rng.integers(len(self.items))]
        prob = torch.from_numpy(item["prob"].astype(np.float32))
        fore = 1 - prob[0].numpy()
        rows, cols = np.where(fore > 0.6)
        k = rng.integers(len(rows))
        focus = (0.5 * rows.mean() + 0.5 * rows[k] + rng.normal(0, 25), 0.6 * cols.mean() + 0.4 * cols[k] + rng.normal(0, 25))
        grid = sampling_grid(rng, prob.shape[1:], PIXEL_MM, focus).float()
        x = F.grid_sample(torch.from_numpy(item["image"].astype(np.float32))[None, None], grid, padding_mode="border", align_corners=False)[0, 0]
        soft = F.grid_sample(prob[None], grid, padding_mode="zeros", align_corners=False)[0]
        sure = ((soft.max(0).values - 0.6) / 0.3).clamp(0, 1) * soft.sum(0).clamp(0, 1)
        x = normalise(degrade(rng, x)) ** float(np.exp(rng.normal(0, 0.25)))
        return x, soft, sure


def grouped(p):
    return torch.stack([p[:, idx].sum(1) for _, idx in sorted(ALLOWED.items())], 1)


def exclusive(grouped_):
    """Background, vertebra, disc, sac: the sets that do not overlap, for Dice."""
    return torch.stack([grouped_[:, 0], grouped_[:, 1], grouped_[:, 2], grouped_[:, 3]], 1)


def loss_of(prob, target, weight, real):
    """Cross entropy with soft targets plus soft Dice, over whatever classes or class sets the targets name."""
    ce = -(target * torch.log(prob + 1e-5)).sum(1)
    ce = (ce * weight).sum() / (weight.sum() + 1)
    w = weight[:, None]
    if real:
        prob = exclusive(prob)
        target = torch.stack([target[:, 0] + target[:, 6], target[:, 1] + target[:, 4] + target[:, 5], target[:, 2], target[:, 3]], 1)
    inter = (prob * target * w).sum((0, 2, 3))
    total = ((prob + target) * w).sum((0, 2, 3))
    present = target.sum((0, 2, 3)) > 50
    dice = 1 - ((2 * inter + 1) / (total + 1))
    return ce + (dice * present).sum() / present.sum().clamp(min=1)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--data", default="../shared/data/spider")
    ap.add_argument("--fold", type=int, default=-1)
    ap.add_argument("--steps", type=int, default=1500)
    ap.add_argument("--stop", type=int, help="end after so many steps of the schedule")
    ap.add_argument("--batch", type=int, default=4)
    ap.add_argument("--lr", type=float, default=2e-3)
    ap.add_argument("--shards")
    ap.add_argument("--shard-share", type=float, default=0.5)
    ap.add_argument("--shard-share-end", type=float, help="share at the last step; default as at the first")
    ap.add_argument("--pseudo")
    ap.add_argument("--pseudo-share", type=float, default=0.25)
    ap.add_argument("--plain-share", type=float, default=0.0, help="real slices left in their own contrast")
    ap.add_argument("--init")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    rng = np.random.default_rng(a.seed)
    items = spider_slices.load(a.data)
    fold = spider_slices.folds_of([i[0] for i in items])
    left_out = {p for p, f in fold.items() if f == a.fold}
    items = [i for i in items if i[0] not in left_out]
    by_patient = {}
    for i in items:
        by_patient.setdefault(i[0], []).append(i)
    patients = sorted(by_patient)
    shards = Shards(a.shards) if a.shards else None
    pseudo = Pseudo(a.pseudo, left_out) if a.pseudo else None
    net = Segmenter()
    if a.init:
        net.load_state_dict(torch.load(a.init))
    net = net.to(memory_format=torch.channels_last)
    opt = torch.optim.AdamW(net.parameters(), a.lr, weight_decay=1e-3)
    average = {k: v.detach().clone().float() for k, v in net.state_dict().items()}
    start = time.time()
    running = None
    for step in range(a.steps):
        t = step / a.steps
        lr = a.lr * min(1, (step + 1) / 100) * (0.5 * (1 + np.cos(np.pi * t)) + 0.01)
        for g in opt.param_groups:
            g["lr"] = lr
        kinds = []
        end = a.shard_share if a.shard_share_end is None else a.shard_share_end
        share = (1 - t) * a.shard_share + t * end if shards else 0
        for _ in range(a.batch):
            u = rng.random()
            if u < share:
                kinds.append("shard")
            elif pseudo and u < share + a.pseudo_share:
                kinds.append("pseudo")
            else:
                kinds.append("real")
        samples = []
        for kind in kinds:
            if kind == "shard":
                samples.append(shards.sample(rng))
            elif kind == "pseudo":
                samples.append(pseudo.sample(rng))
            else:
                of = by_patient[patients[rng.integers(len(patients))]]
                samples.append(real_sample(rng, of[rng.integers(len(of))], a.plain_share))
        x = torch.stack([s[0] for s in samples])[:, None].float().contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", torch.bfloat16):
            logits = net(x)
        prob = logits.float().softmax(1)
        loss = 0.0
        for real in (True, False):
            index = [i for i, k in enumerate(kinds) if (k == "real") == real]
            if not index:
                continue
            p = grouped(prob[index]) if real else prob[index]
            target = torch.stack([samples[i][1] for i in index])
            weight = torch.stack([samples[i][2] for i in index])
            loss = loss + loss_of(p, target, weight, real) * (len(index) / len(kinds))
        opt.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 3.0)
        opt.step()
        decay = min(0.995, (step + 1) / (step + 20))
        with torch.no_grad():
            for k, v in net.state_dict().items():
                average[k].lerp_(v.float(), 1 - decay) if v.dtype.is_floating_point else average[k].copy_(v)
        running = loss.item() if running is None else 0.97 * running + 0.03 * loss.item()
        if step % 50 == 0:
            print(json.dumps({"step": step, "seconds": round(time.time() - start), "loss": round(running, 4)}), flush=True)
        if step % 300 == 299 or step == a.steps - 1:
            torch.save(average, a.out)
        if a.stop is not None and step == a.stop - 1:
            torch.save(average, a.out)
            break


if __name__ == "__main__":
    main()
