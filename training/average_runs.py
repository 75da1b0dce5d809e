"""Averages the weights of two runs: `python training/average_runs.py runs/all3.pt runs/all4.pt runs/all5.pt`.

The second must have begun from the first: between such two the loss has no hill, and the mean keeps the first's outlines with most of what the
second learned (Wortsman et al., ICML 2022).
"""
import sys

import torch


def main():
    first, second = (torch.load(path) for path in sys.argv[1:3])
    mean = {k: (v + second[k]) / 2 if v.dtype.is_floating_point else second[k] for k, v in first.items()}
    torch.save(mean, sys.argv[3])


if __name__ == "__main__":
    main()
