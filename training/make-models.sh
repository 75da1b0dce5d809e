#!/usr/bin/env bash
# Makes every model file the product ships, from seeds: training/make-models.sh DATA [WORK]
# DATA is a folder with SPIDER as docs/pictures.md describes it; WORK (default training/runs) holds what is made on the way.
# About three hours on two cores. Needs training/requirements.txt and the product's own Node.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
work=${2:-runs}
mkdir -p "$work/shards"
export PATH="$PWD/../node_modules/.bin:$PATH"
models=../packages/imaging/models

node make-shards.ts --seed 1 --count 6000 --out "$work/shards"

# The shipped segmenter: a short start on real slices, then real and synthetic together.
python train_segmenter.py --data "$data" --fold -1 --steps 1600 --stop 300 --out "$work/start.pt"
python train_segmenter.py --data "$data" --fold -1 --steps 2400 --init "$work/start.pt" --shards "$work/shards" --shard-share 0.45 --out "$work/all.pt"
python export_segmenter.py --run "$work/all.pt" --out "$models"

# Its honest figures: five models that each leave out a fifth of the patients.
python train_segmenter.py --data "$data" --fold 0 --steps 800 --out "$work/f0.pt"
for fold in 1 2 3 4; do # fold 4 was stopped by a shorter schedule of 550 steps
  python train_segmenter.py --data "$data" --fold "$fold" --steps 650 --shards "$work/shards" --shard-share 0.25 --out "$work/f$fold.pt"
done
python evaluate_segmenter.py --data "$data" --runs "$work/f{}.pt" --out "$models/segmenter-figures.json"

# The grader, on crops that the product itself finds and measures.
node disc-crops.ts --images "$data/midsagittal" --gradings "$data/radiological_gradings.csv" --overview "$data/overview.csv" --out "$work/crops"
python train_grader.py --crops "$work/crops" --out "$models"
