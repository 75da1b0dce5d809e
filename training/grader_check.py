"""What the written grader must answer to made-up discs, from the parts as they were trained: apps/server/src/analysis/grader-file.test.ts asks it."""
import numpy as np
import torch

from grader_data import FIELDS, pooled, split
from grader_measures import tree_logits, tree_probabilities
from grader_shares import PARTS, SHARES, summed
from grader_sight import CELL_POINTS, CELLS, SIDE, by_disc

PLACE = np.array([[0, 1], [2, -1], [-1, 3]])


def wave(shape, level, height, step):
    return (level + height * np.sin(step * np.arange(np.prod(shape)))).astype(np.float32).reshape(shape)


def made_up(features):
    """Three discs: on T2 and T1, on T2 alone, on T1 alone. The test makes the same numbers."""
    there = (PLACE >= 0).astype(np.float32)[:, :, None, None] * np.ones((72, 96), np.float32)
    image = np.concatenate([wave((3, 2, 72, 96), 0.3, 0.25, 0.013) * there, there], 1)
    seen = (np.arange(4 * CELLS) % 7 != 3).astype(np.float32).reshape(4, CELLS)
    return image, wave((3, features), 0, 1, 0.7), wave((4, 1, SIDE, SIDE), 0.5, 0.4, 0.011), wave((4, CELLS * CELL_POINTS, 2), 0, 0.8, 0.37), seen


def answers(parts, forests):
    """Summed logits by field, without the written file."""
    measures = len(parts["linear"].weight)
    image, features, wide, points, seen = made_up(measures + len(parts["plates"].weight))
    mean, sd = parts["cells"]
    with torch.no_grad():
        network = parts["network"](torch.from_numpy(image), torch.from_numpy(features[:, :measures])).numpy()
        cells = parts["trunk"](torch.from_numpy(wide), torch.from_numpy(points)).numpy()
    sight = np.nan_to_num(np.clip((by_disc(cells, seen, PLACE) - mean) / sd, -4, 4)).astype(np.float32)
    read = np.concatenate([features[:, :measures], pooled(image)], 1)
    logits = {
        "network": split(network), "linear": split(parts["linear"].apply(features[:, :measures])),
        "plates": split(parts["plates"].apply(features[:, measures:])), "sight": split(parts["sight"].apply(sight)),
        "trees": {f: tree_logits(f, tree_probabilities(forest, f, read)) for f, forest in forests.items()},
    }
    out = {}
    for f in FIELDS:
        own = [logits[part].get(f, np.zeros_like(logits["network"][f])) for part in PARTS]
        out[f] = np.round(summed(SHARES[f], own), 4).tolist()
    return out
