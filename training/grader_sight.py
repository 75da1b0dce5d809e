"""What the segmenter's trunk sees of a disc, read cell by cell: along both end plates and in the disc (packages/imaging/src/grades/wide-crop.ts)."""
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from segmenter_network import CHANNELS, Segmenter

SIDE, CELLS, CELL_POINTS = 96, 21, 12
LAYERS = (3, 2, 1)  # of the way up; the finest takes half the time and adds 0.004 to Pfirrmann's kappa, nothing elsewhere
SEEN = sum(CHANNELS[i] for i in LAYERS)
WIDTH = CELLS * SEEN


def rounded(w):
    """Weights of a convolution as whole numbers -127 to 127 and one scale an output channel; what `bytes_of` writes to the file."""
    scale = w.abs().amax((1, 2, 3), keepdim=True).clamp_min(1e-12) / 127
    return (w / scale).round() * scale


class Sight(nn.Module):
    """The trunk as it was trained to segment, never trained on a grade. Crops (M, 1, 96, 96) and points (M, 252, 2) to (M, WIDTH)."""

    def __init__(self, path):
        super().__init__()
        trunk = Segmenter()
        trunk.load_state_dict(torch.load(path))
        trunk.eval()
        for block in [*trunk.down, *trunk.up]:
            for conv, norm in (("a", "an"), ("b", "bn")):
                fused = fuse_conv_bn_eval(getattr(block, conv), getattr(block, norm))
                fused.weight = nn.Parameter(rounded(fused.weight.detach()))
                setattr(block, conv, fused)
                setattr(block, norm, nn.Identity())
        self.down, self.up = trunk.down, trunk.up
        self.up[0] = nn.Identity()

    def forward(self, wide, points):
        skips, x = [], wide
        for i, block in enumerate(self.down):
            if i:
                x = F.max_pool2d(x, 2)
            x = block(x)
            skips.append(x)
        seen = []
        grid = points.unsqueeze(1)
        for i in reversed(range(min(LAYERS), len(self.up))):
            x = F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)
            x = self.up[i](torch.cat([skips[i], x], 1))
            if i in LAYERS:
                seen.append(F.grid_sample(x, grid, align_corners=False))
        cells = torch.cat(seen, 1).reshape(-1, SEEN, CELLS, CELL_POINTS).mean(3)
        return cells.flatten(1)


def read_wide(path, rows):
    """Pictures (M, 1, 96, 96), points (M, 252, 2), seen cells (M, CELLS) of a .wide file and the place of each row's T2 and T1 crop in them (-1: none)."""
    size = SIDE * SIDE + CELLS * CELL_POINTS * 2 + CELLS
    raw = np.fromfile(path, np.float32).reshape(-1, size)
    place, at = np.full((len(rows), 2), -1), 0
    for i, r in enumerate(rows):
        for s, series in enumerate(("t2", "t1")):
            if r["wide"][series]:
                place[i, s] = at
                at += 1
    assert at == len(raw)
    picture, points, seen = np.split(raw, [SIDE * SIDE, size - CELLS], 1)
    return picture.reshape(-1, 1, SIDE, SIDE), points.reshape(-1, CELLS * CELL_POINTS, 2), seen, place


def look(sight, picture, points):
    with torch.no_grad():
        parts = [sight(torch.from_numpy(picture[k : k + 64]), torch.from_numpy(points[k : k + 64])).numpy() for k in range(0, len(picture), 64)]
    return np.concatenate(parts)


def by_disc(cells, seen, place):
    """(N, 2 * WIDTH), NaN where a cell was not seen."""
    cells = np.where(np.repeat(seen[:, None] > 0.5, SEEN, 1).reshape(len(cells), WIDTH), cells, np.nan)
    cells = np.concatenate([cells, np.full((1, WIDTH), np.nan, np.float32)])
    return np.concatenate([cells[place[:, 0]], cells[place[:, 1]]], 1)
