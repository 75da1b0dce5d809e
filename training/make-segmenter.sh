#!/usr/bin/env bash
# Makes the segmenter from seeds: training/make-segmenter.sh DATA [WORK]. A step whose result is there already is not repeated.
# About four hours on two free cores. Needs training/requirements.txt and the product's own Node.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$(realpath "$1")
mkdir -p "${2:-$here/runs}/shards"
work=$(realpath "${2:-$here/runs}")
cd "$here"
export PATH="$here/../node_modules/.bin:$PATH" OMP_WAIT_POLICY=PASSIVE
models=../packages/imaging/models

train() { # train NAME ARGUMENTS: one run on one core, unless it is finished
  local name=$1
  shift
  [ -e "$work/$name.done" ] && return
  python3 train_segmenter.py --data "$data" --shards "$work/shards" --threads 1 --out "$work/$name.pt" "$@" > "$work/$name.log"
  touch "$work/$name.done"
}

node make-shards.ts --seed 2 --count 6000 --jobs 2 --out "$work/shards"
node make-shards.ts --seed 8 --count 2400 --jobs 2 --out "$work/shards-anew"

# Synthetic anatomy alone: no patient is in it, so the five folds may start from it as well as the shipped network.
train start --steps 1800 --shard-share 1 --seed 2

# The shipped network sees every patient; beside it, its honest figures: five networks that each leave out a fifth of the patients.
first() { train "$1" --init "$work/start.pt" --fold "$2" --steps "$3" --lr 1.5e-3 --shard-share "$4" --shard-share-end 0.1; }

# A second round learns T1 and T2 of the other patients too, labelled by the network of the first round. A fold's labels are those of its own
# network, and its left-out patients are left out here as well.
second() { # second NAME FIRST FOLD STEPS
  [ -e "$work/$1-labels.npz" ] || python3 label_slices.py --data "$data" --run "$work/$2.pt" --out "$work/$1-labels.npz"
  train "$1" --init "$work/$2.pt" --fold "$3" --steps "$4" --lr 1.2e-3 --shard-share 0.25 --shard-share-end 0.1 --pseudo "$work/$1-labels.npz" --seed 5
}

# The third round labels those slices anew and leaves two real slices of five in their own contrast.
third() { # third NAME SECOND FOLD STEPS
  [ -e "$work/$1-labels.npz" ] || python3 label_slices.py --data "$data" --run "$work/$2.pt" --out "$work/$1-labels.npz"
  train "$1" --init "$work/$2.pt" --fold "$3" --steps "$4" --lr 1e-3 --shard-share 0.15 --shard-share-end 0.1 --pseudo "$work/$1-labels.npz" --pseudo-share 0.2 --plain-share 0.4 --seed 7
}

# The fourth round sees other synthetic slices, more of them, and what is kept is the mean of its weights and the third round's.
fourth() { # fourth NAME THIRD FOLD STEPS
  train "$1-run" --init "$work/$2.pt" --fold "$3" --steps "$4" --lr 8e-4 --shards "$work/shards-anew" --shard-share 0.35 --shard-share-end 0.2 --pseudo "$work/$2-labels.npz" --pseudo-share 0.2 --plain-share 0.4 --seed 11
  python3 average_runs.py "$work/$2.pt" "$work/$1-run.pt" "$work/$1.pt"
}
fold() { first "f$1" "$1" 600 0.4 && second "g$1" "f$1" "$1" 800 && third "h$1" "g$1" "$1" 1000 && fourth "i$1" "h$1" "$1" 400; }
(
  first all -1 1600 0.5
  second all2 all -1 3000
  third all3 all2 -1 4000
  fourth all4 all3 -1 1200
) &
other=$!
for k in 0 1 2 3 4; do fold "$k"; done
wait "$other"
python3 export_segmenter.py --run "$work/all4.pt" --out "$models"
python3 evaluate_segmenter.py --data "$data" --runs "$work/i{}.pt" --out "$models/segmenter-figures.json"
