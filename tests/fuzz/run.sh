#!/bin/sh
# run.sh PROGRAM CORPUS: a libFuzzer target over its seeds and some thousand inputs more.
# What it finds stays in a folder of its own: the corpus is kept by hand.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
"$1" -seed=1 -runs="${FUZZ_RUNS:-20000}" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -close_fd_mask=1 \
  -artifact_prefix="${FUZZ_ARTIFACTS:-./}" "$found" "$2"
