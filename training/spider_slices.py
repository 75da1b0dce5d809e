"""SPIDER T2-SPACE slices with masks (van der Graaf et al., Sci Data 2024, CC BY 4.0) as training samples.

Masks: 29 disc, 76 vertebra with posterior parts, 150 dural sac. The sacrum is not labelled and a vertebra cut by the
upper edge is left out, so what a mask does not say is not taught: targets are sets of allowed classes.
"""
import glob
import os
import re

import numpy as np
from PIL import Image
from scipy import ndimage

NATIVE_MM = 0.469
# Targets: 0 background or sacrum (unlabelled), 1 body or posterior (undecided), 2 disc, 3 sac or cord, 4 body, 5 posterior,
# 6 background (above the lowest disc there is no sacrum), 7 say nothing
GROUPS = 8
SAY_NOTHING = 7


def patient_of(path: str) -> str:
    return re.match(r"[^_]+", os.path.basename(path)).group(0)


def split_vertebra(mask: np.ndarray) -> np.ndarray:
    """Target codes for a mask. In rows that show the dural sac, bone in front of it is body and behind it posterior."""
    out = np.zeros(mask.shape, np.uint8)
    out[mask == 29] = 2
    out[mask == 150] = 3
    bone = mask == 76
    out[bone] = 1
    sac = mask == 150
    rows = np.where(sac.sum(1) >= 4)[0]
    cols = np.arange(mask.shape[1])
    for r in rows:
        c = cols[sac[r]].mean()
        line = bone[r]
        out[r, line & (cols < c)] = 4
        out[r, line & (cols > c)] = 5
    discs, count = ndimage.label(mask == 29)
    if count:
        tops = [np.where((discs == k + 1).any(1))[0][0] for k in range(count) if (discs == k + 1).sum() > 40]
        above = out[: max(tops, default=0)]
        above[above == 0] = 6
    labelled = np.where((mask == 76).any(1) | (mask == 29).any(1))[0]
    if len(labelled):
        out[: labelled[0]] = SAY_NOTHING
    return out


def load(root: str):
    """List of (patient, image float32 0..1, target uint8), as stored (about 640 x 512 at 0.469 mm)."""
    items = []
    for path in sorted(glob.glob(os.path.join(root, "t2-space", "images", "*.png"))):
        image = np.asarray(Image.open(path).convert("L"), np.float32) / 255
        mask = np.asarray(Image.open(path.replace("images", "masks")))
        items.append((patient_of(path), image, split_vertebra(mask), mask))
    return items


def folds_of(patients, count: int = 5):
    """Fold of each patient, from the sorted list alone: the same on every machine."""
    return {p: i % count for i, p in enumerate(sorted(set(patients), key=lambda s: int(s)))}
