#!/bin/bash
# screenshots.sh: pictures of the real window for the README and the metainfo
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: screenshots.sh BUILD [NAME...]
# NAME: live-light, live-dark, live-narrow, cost-light, decide-light (all by
# default). BUILD must be configured without -Ddevelopment. Runs the demo for 75
# to 230 s for each picture, on a display of its own, and writes
# data/screenshots/NAME.png; on a quiet machine, or there is no verdict.
# What somebody has to state for costs and a decision is in screenshots.json.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
build=$(cd "$1" && pwd)
shift

# Inside the private display: one picture.
take ()
{
  local name=$1
  mkdir -p "$XDG_CONFIG_HOME/gtk-4.0"
  printf '[Settings]\ngtk-font-name=Cantarell 11\n' > "$XDG_CONFIG_HOME/gtk-4.0/settings.ini"
  mkdir -p "$XDG_DATA_HOME/steelyard"
  cp "$here/screenshots.json" "$XDG_DATA_HOME/steelyard/assumptions.json"
  # A decision wants evidence: a minute of warm-up and eight windows.
  local seconds=75
  [ "${name%-*}" != decide ] || seconds=230
  "$build/app/steelyard" --demo --page "${name%-*}" &
  local program=$!
  sleep "$seconds"
  import -window root "$top/data/screenshots/$name.png"
  kill $program
  wait $program || true
}

if [ "${1:-}" = --inside ]; then
  take "$2"
  exit
fi

[ $# -gt 0 ] || set -- live-light live-dark live-narrow cost-light decide-light
for name in "$@"; do
  size=1280x860
  scheme=prefer-light
  case $name in
    *-dark) scheme=prefer-dark ;;
    *-narrow) size=360x720 ;;
  esac
  env XRUN_GEOM="${size}x24" ADW_DEBUG_COLOR_SCHEME=$scheme GSK_RENDERER=cairo GDK_DEBUG=gl-disable \
    STEELYARD_CLI="$build/app/cli/steelyard-cli" STEELYARD_DATADIR="$top/data" \
    GSETTINGS_SCHEMA_DIR="$build/data" GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8 \
    "$here/xrun.sh" "$here/withwm.sh" "$0" "$build" --inside "$name"
done
