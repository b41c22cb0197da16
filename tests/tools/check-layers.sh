#!/bin/bash
# check-layers.sh: who may include whom
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-layers.sh [BUILD]
# Reads every #include "…" and #include <…> under app/ and widgets/ against the
# table below. With a build folder it also looks for symbols of toolkits in the
# static libraries. Silent when all is well.

cd "$(dirname "$0")/../.." || exit 2
build=${1:-}
found=$(mktemp) || exit 2
trap 'rm -f "$found"' EXIT

# room: the rooms whose headers it may include, besides its own
declare -A may=(
  [base]=""
  [wire]="base"
  [source]="base wire"
  [signal]="base wire"
  [history]="base wire signal"
  [weigh]="base wire signal history"
  [record]="base wire signal history"
  [report]="base wire signal history weigh record"
  [drive]="base"
  [session]="base wire source signal history record weigh report drive"
  [reference]="base wire source signal history record weigh report drive session"
  [cli]="base wire source signal history record weigh report drive session reference"
  [ui]="base wire source signal history record weigh report drive session widgets"
  [app]="base ui"
  [widgets]=""
)

toolkit='gtk/|gdk/|gsk/|graphene|adwaita\.h|pango/|cairo'
network='libsoup/|curl/'
storage='sqlite3\.h'

# room: the system headers it may never include
declare -A never=(
  [base]="$toolkit|$network|$storage|json-glib/|zlib\.h"
  [wire]="$toolkit|$network|$storage"
  [source]="$toolkit|$storage"
  [signal]="$toolkit|$network|$storage"
  [history]="$toolkit|$network|$storage|json-glib/"
  [weigh]="$toolkit|$network|$storage"
  [record]="$toolkit|$network"
  [report]="gtk/|gdk/|gsk/|adwaita\.h|$network"
  [drive]="$toolkit|libsoup/|$storage"
  [session]="$toolkit"
  [reference]="$toolkit"
  [cli]="$toolkit"
  [ui]="$network|$storage|json-glib/"
  [app]="$network|$storage|json-glib/"
  [widgets]="adwaita\.h|$network|$storage|json-glib/"
)

# The room of a file.
room_of ()
{
  case $1 in
    app/engine/*/*) local rest=${1#app/engine/}; room=${rest%%/*} ;;
    app/*/*) local rest=${1#app/}; room=${rest%%/*} ;;
    app/*) room=app ;;
    widgets/*) room=widgets ;;
  esac
}

# header: its room
declare -A home
while read -r header; do
  name=${header##*/}
  room_of "$header"
  if [ -n "${home[$name]:-}" ]; then
    echo "$header: there is a header of this name in ${home[$name]} too" >> "$found"
  fi
  home[$name]=$room
done < <(find app widgets -name '*.h' | sort)

while IFS=: read -r file line include; do
  room_of "$file"
  if [ -z "${may[$room]+known}" ]; then
    echo "$file: room $room is not in the table of check-layers.sh" >> "$found"
    continue
  fi

  if [[ $include =~ \"(.*)\" ]]; then
    other=${home[${BASH_REMATCH[1]##*/}]:-}
    if [ -n "$other" ] && [ "$other" != "$room" ] && [[ " ${may[$room]} " != *" $other "* ]]; then
      echo "$file:$line: $room may not use $other (${BASH_REMATCH[1]})" >> "$found"
    fi
  elif [[ $include =~ \<((${never[$room]}).*)\> ]]; then
    echo "$file:$line: $room may not use <${BASH_REMATCH[1]}>" >> "$found"
  fi
done < <(grep -rnE --include='*.[ch]' '^[[:space:]]*#[[:space:]]*include' app widgets)

# One file translates between the engine's history and the charts.
while read -r file; do
  [ "$file" = app/ui/sy-series-adapter.c ] && continue
  while read -r header; do
    if [ "${home[${header##*/}]:-}" = history ]; then
      echo "$file: only app/ui/sy-series-adapter.c may see charts and history ($header)" >> "$found"
    fi
  done < <(grep -oP '^\s*#\s*include\s*"\K[^"]+' "$file")
done < <(grep -rlE --include='*.[ch]' '#[[:space:]]*include[[:space:]]*["<]beam' app)

# Undefined symbols that match $2 in the archives under $build/$1.
check_symbols ()
{
  archives=0
  while read -r archive; do
    archives=$((archives + 1))
    nm --undefined-only "$archive" 2> /dev/null | awk '{ print $NF }' | grep -E "^($2)" | sort -u |
      sed "s|^|${archive#"$build"/}: uses |" >> "$found"
  done < <(find "$build/$1" -name '*.a' 2> /dev/null)
}

if [ -n "$build" ]; then
  check_symbols widgets 'adw_|soup_|json_|sqlite3_|curl_|sy_'
  check_symbols app/ui 'soup_|json_|sqlite3_|curl_'
  check_symbols app/reference 'gtk_|gdk_|gsk_|adw_|pango_|cairo_'
  check_symbols app/engine 'gtk_|gdk_|gsk_|adw_'
  for room in base wire source signal history weigh record drive session; do # report draws its PDF
    check_symbols app/engine/$room 'pango_|cairo_'
  done
  [ "$archives" -gt 0 ] || echo "$build: no library of the engine is built" >> "$found"
fi

sort -u "$found"
[ ! -s "$found" ]
