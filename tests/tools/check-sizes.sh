#!/bin/bash
# check-sizes.sh: files and functions that want to be two
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-sizes.sh
# Fails for a .c file of more than 700 lines and when the median of all is over
# 250. Lists, without failing, .c files over 500 lines, headers over 80 and
# functions over 80. Silent when there is nothing to say.

cd "$(dirname "$0")/../.." || exit 2
status=0

mapfile -t sources < <(find app widgets tests -name '*.c' | sort)
mapfile -t headers < <(find app widgets tests -name '*.h' | sort)

lengths=()
for file in "${sources[@]}"; do
  length=$(wc -l < "$file")
  lengths+=("$length")
  if [ "$length" -gt 700 ]; then
    echo "$file: $length lines, at most 700"
    status=1
  elif [ "$length" -gt 500 ]; then
    echo "note: $file: $length lines, more than 500"
  fi
done

for file in "${headers[@]}"; do
  length=$(wc -l < "$file")
  if [ "$length" -gt 80 ]; then
    echo "note: $file: $length lines, more than 80"
  fi
done

# A function begins with its name at the start of a line and a brace alone on
# one, and ends with a brace alone.
[ ${#sources[@]} -eq 0 ] || awk '
  FNR == 1 { name = ""; start = 0 }
  !start && /^[A-Za-z_][A-Za-z0-9_]* \(/ { name = $1; first = FNR }
  !start && /^$/ { name = "" }
  /^{/ && name != "" { start = first }
  /^}/ {
    if (start && FNR - start + 1 > 80)
      printf "note: %s:%d: %s() has %d lines, more than 80\n", FILENAME, start, name, FNR - start + 1
    name = ""; start = 0
  }' "${sources[@]}"

if [ ${#lengths[@]} -gt 0 ]; then
  median=$(printf '%s\n' "${lengths[@]}" | sort -n | sed -n "$(( (${#lengths[@]} + 1) / 2 ))p")
  if [ "$median" -gt 250 ]; then
    echo "the median .c file has $median lines, at most 250"
    status=1
  fi
fi

exit $status
