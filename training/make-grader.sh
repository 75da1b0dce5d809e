#!/usr/bin/env bash
# Makes the disc grader and the disc rules from seeds: training/make-grader.sh DATA [WORK [OUT [OPTIONS]]], after make-segmenter.sh.
# They go to OUT, or where the product takes them from. OPTIONS go to train_grader.py: `--epochs 1 --seeds 1` tries the whole way in a few minutes,
# with PEOPLE=60 (of 1440) and BEGIN=20 (of 400) in the environment.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$(realpath "$1")
mkdir -p "${2:-$here/runs}" "${3:-$here/../packages/imaging/models}"
work=$(realpath "${2:-$here/runs}")
models=$(realpath "${3:-$here/../packages/imaging/models}")
export PATH="$here/../node_modules/.bin:$PATH" OMP_WAIT_POLICY=PASSIVE
cd "$here"

# Crops and measures that the product itself finds.
[ -e "$work/crops.json" ] && [ -e "$work/crops.wide" ] || node disc-crops.ts --images "$data/midsagittal" --gradings "$data/radiological_gradings.csv" --overview "$data/overview.csv" --out "$work/crops"
# Discs whose truth is known: for the linear part, and for the networks to begin on.
[ -e "$work/drawn.json" ] || node drawn-discs.ts --people "${PEOPLE:-1440}" --out "$work/drawn.json"
[ -e "$work/begin.u8" ] || node drawn-discs.ts --people "${BEGIN:-400}" --seed c --out "$work/begin.json" --crops "$work/begin.u8"
python3 fit_disc_rules.py "$work/crops.json" "$models/disc-rules.json"
# The trunk that the networks look through is the shipped segmenter's.
python3 train_grader.py --crops "$work/crops" --drawn "$work/drawn.json" --segmenter "$work/all3.pt" --logits "$work/grader-logits.npz" --networks "$work/grader-network" --begin "$work/begin" --epochs 12 --out "$models" "${@:4}"
