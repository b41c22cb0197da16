#!/bin/bash
# check-translations.sh: the catalogues are in order
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-translations.sh
# Fails where msgfmt finds a fault (a format that differs, plural forms that are
# missing), where a catalogue and po/LINGUAS do not know of each other, and where a
# header is marked as a draft, which msgfmt leaves out. Says how much of each is
# translated. Who translated when is in the history and not in the headers; msgfmt
# warns of that, and counts the forms of a plural only where it checks the header.

cd "$(dirname "$0")/../.." || exit 2
status=0

if ! diff <(grep -v '^#' po/LINGUAS) <(cd po && ls ./*.po | sed 's:^./::; s:\.po$::' | LC_ALL=C sort); then
  echo 'po/LINGUAS: other languages than there are catalogues, or not in alphabetical order'
  status=1
fi

for file in po/*.po; do
  if said=$(LC_ALL=C msgfmt --check --statistics --output-file=/dev/null "$file" 2>&1); then
    echo "# $file: $(grep -vE "warning: header field '(PO-Revision-Date|Last-Translator|Language-Team)' missing" <<< "$said")"
  else
    echo "$file: $said"
    status=1
  fi
  if sed -n '1,/^msgid/p' "$file" | grep -q '^#,.*fuzzy'; then
    echo "$file: the header is a draft (fuzzy)"
    status=1
  fi
done

exit $status
