#!/usr/bin/env bash
# Makes the segmenter from seeds: training/make-segmenter.sh DATA [WORK]. A step whose result is there already is not repeated.
# About 80 minutes on two free cores. Needs training/requirements.txt and the product's own Node.
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1")
mkdir -p "${2:-runs}/shards"
work=$(realpath "${2:-runs}")
export PATH="$PWD/../node_modules/.bin:$PATH" OMP_WAIT_POLICY=PASSIVE
models=../packages/imaging/models

train() { # train NAME ARGUMENTS: one run on one core, unless it is finished
  local name=$1
  shift
  [ -e "$work/$name.done" ] && return
  python3 train_segmenter.py --data "$data" --shards "$work/shards" --threads 1 --out "$work/$name.pt" "$@" > "$work/$name.log"
  touch "$work/$name.done"
}

node make-shards.ts --seed 2 --count 6000 --jobs 2 --out "$work/shards"

# Synthetic anatomy alone: no patient is in it, so the five folds may start from it as well as the shipped network.
train start --steps 1800 --shard-share 1 --seed 2

# The shipped network sees every patient; beside it, its honest figures: five networks that each leave out a fifth of the patients.
fold() { train "f$1" --init "$work/start.pt" --fold "$1" --steps 600 --lr 1.5e-3 --shard-share 0.4 --shard-share-end 0.1; }
(
  train all --init "$work/start.pt" --steps 1600 --lr 1.5e-3 --shard-share 0.5 --shard-share-end 0.1
  fold 3
  fold 4
) &
other=$!
fold 0
fold 1
fold 2
wait "$other"
python3 export_segmenter.py --run "$work/all.pt" --out "$models"
python3 evaluate_segmenter.py --data "$data" --runs "$work/f{}.pt" --out "$models/segmenter-figures.json"
