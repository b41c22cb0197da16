#!/bin/bash
# check-words.sh: no notes to self, no paths of one machine, no tabs in C
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-words.sh
# Silent when all is well.

cd "$(dirname "$0")/../.." || exit 2
status=0

# Prints what is found as FILE:LINE: WHAT: the line.
report ()
{
  local what=$1 pattern=$2
  shift 2

  while IFS= read -r hit; do
    printf '%s: %s: %s\n' "$(cut -d: -f1,2 <<< "$hit")" "$what" "$(cut -d: -f3- <<< "$hit" | sed 's/^[[:space:]]*//' | cut -c1-100)"
    status=1
  done < <(grep -rnIP --exclude-dir=.git --exclude=.git --exclude-dir='build*' --exclude-dir=corpus --exclude=COPYING --exclude=check-words.sh "$@" -e "$pattern" . |
             sed 's|^\./||' | sort)
}

report 'unfinished' '(?<![Nn]o )\b(TODO|FIXME|XXX)\b'
report 'path of one machine' '(?<![\w.)}-])/(work|root|home/\w+)/'
report 'tab' '\t' --exclude='*.go' --include='*.c' --include='*.h'

exit $status
