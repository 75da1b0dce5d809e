#!/usr/bin/env bash
# Makes the disc grader and the disc rules from seeds: training/make-grader.sh DATA [WORK], after make-segmenter.sh.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
mkdir -p "${2:-runs}"
work=$(realpath "${2:-runs}")
export PATH="$PWD/../node_modules/.bin:$PATH" OMP_WAIT_POLICY=PASSIVE
models=../packages/imaging/models

# Crops and measures that the product itself finds.
[ -e "$work/crops.json" ] && [ -e "$work/crops.wide" ] || node disc-crops.ts --images "$data/midsagittal" --gradings "$data/radiological_gradings.csv" --overview "$data/overview.csv" --out "$work/crops"
python3 fit_disc_rules.py "$work/crops.json" "$models/disc-rules.json"
# The trunk that the networks look through is the shipped segmenter's.
python3 train_grader.py --crops "$work/crops" --segmenter "$work/all3.pt" --logits "$work/grader-logits.npz" --networks "$work/grader-network" --out "$models"
