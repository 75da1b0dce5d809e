#!/usr/bin/env bash
# Makes every model file the product ships, from seeds: training/make-models.sh DATA [WORK]
# DATA is a folder with SPIDER as docs/pictures.md describes it; WORK (default training/runs) holds what is made on the way.
set -euo pipefail
here=$(dirname "$0")
"$here/make-segmenter.sh" "$@"
"$here/make-grader.sh" "$@"
