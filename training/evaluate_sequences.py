"""Dice by sequence on drawn slices that no network has seen: `python training/evaluate_sequences.py --run runs/all4.pt --shards runs/fresh`.

The shards are make-shards.ts's with a seed of their own. Slices within 12 mm of the midline, at most --each of a sequence; a structure of fewer than 100
pixels is left out.
"""
import argparse
import glob
import json
from collections import defaultdict

import numpy as np
import torch

from evaluate_segmenter import dice, load_net, normalise

STRUCTURES = {"vertebra": (1, 2), "vertebral body": (1,), "disc": (3,), "dural sac": (4, 6), "sacrum": (5,)}
NEAR_MM, LEAST_PIXELS = 12, 100


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", required=True)
    ap.add_argument("--shards", required=True)
    ap.add_argument("--each", type=int, default=16)
    a = ap.parse_args()
    torch.set_num_threads(1)
    net = load_net(a.run)
    scores = defaultdict(lambda: {name: [] for name in STRUCTURES})
    count = defaultdict(int)
    for description in sorted(glob.glob(f"{a.shards}/*.json")):
        slices = np.memmap(description[:-5] + ".u8", np.uint8, "r").reshape(-1, 2, 384, 384)
        for (image, truth), sample in zip(slices, json.load(open(description))["samples"]):
            sequence = sample["contrast"]
            if count[sequence] >= a.each or abs(sample["offsetMm"]) > NEAR_MM:
                continue
            count[sequence] += 1
            with torch.no_grad():
                read = net(normalise(torch.from_numpy(image / np.float32(255)))[None, None]).argmax(1)[0].numpy()
            for name, classes in STRUCTURES.items():
                true = np.isin(truth, classes)
                if true.sum() > LEAST_PIXELS:
                    scores[sequence][name].append(dice(np.isin(read, classes), true))
    for sequence, by_name in sorted(scores.items()):
        print(sequence, count[sequence], {name: round(float(np.mean(v)), 3) for name, v in by_name.items() if v})


if __name__ == "__main__":
    main()
