#!/bin/sh
# long.sh PROGRAM CORPUS SECONDS DIRECTORY: a libFuzzer target for that long, one line of result.
# A finding is kept in DIRECTORY, with the log of its run; what was new but harmless is not kept.
# SPDX-License-Identifier: GPL-3.0-or-later
set -eu
name=$(basename "$1")
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
mkdir -p "$4"
log=$4/$name.log
if "$1" -max_total_time="$3" -max_len=65536 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -close_fd_mask=1 \
  -artifact_prefix="$4/$name-" "$found" "$2" >"$log" 2>&1; then
  printf 'ok %s: %s inputs in %s s, no finding\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$3"
else
  printf 'not ok %s: see %s\n' "$name" "$log"
  exit 1
fi
