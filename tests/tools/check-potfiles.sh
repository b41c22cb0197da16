#!/bin/bash
# check-potfiles.sh: every file with words to translate is in po/POTFILES.in
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-potfiles.sh
# Silent when all is well.

cd "$(dirname "$0")/../.." || exit 2
status=0

listed=$(grep -vE '^[[:space:]]*(#|$)' po/POTFILES.in 2> /dev/null | sort)
needed=$({
  grep -rlE --include='*.[ch]' '(^|[^A-Za-z0-9_])(_|C_|N_|NC_|ngettext|g_dngettext|g_dpgettext2) ?\(' app widgets
  grep -rlE --include='*.ui' --include='*.ui.in' 'translatable="(yes|true|1)"' app widgets
  find data -name '*.desktop.in*' -o -name '*.metainfo.xml.in*'
} | sort -u)

while read -r file; do
  echo "$file: has words to translate, but is not in po/POTFILES.in"
  status=1
done < <(comm -13 <(echo "$listed") <(echo "$needed") | sed '/^$/d')

while read -r file; do
  if [ ! -f "$file" ]; then
    echo "po/POTFILES.in: $file does not exist"
    status=1
  fi
done < <(sed '/^$/d' <<< "$listed")

while read -r file; do
  echo "po/POTFILES.in: $file is there twice"
  status=1
done < <(uniq -d <<< "$listed" | sed '/^$/d')

exit $status
