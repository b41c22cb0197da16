#!/bin/bash
# gallery.sh: every page of beam-gallery in every look, to be looked at
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: gallery.sh BUILD FOLDER [PAGE...]
# Writes FOLDER/LOOK/PAGE.png for the looks light, dark, high-contrast,
# high-contrast-dark, large (200 % text), narrow, rtl and focus, and what the
# charts export to FOLDER/sheet/PAGE.pdf and PAGE.svg, on a display of its own.

set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ "$1" != --inside ]; then
  build=$(cd "$1" && pwd)
  mkdir -p "$2"
  folder=$(cd "$2" && pwd)
  shift 2
  exec env GDK_DEBUG=gl-disable "$here/hermetic.sh" "$0" --inside "$build/tests/widgets/beam-gallery" "$folder" "$@"
fi

gallery=$2
folder=$3
shift 3
[ $# -gt 0 ] || mapfile -t pages < <("$gallery" --list)
[ $# -eq 0 ] || pages=("$@")

while read -r look options; do
  mkdir -p "$folder/$look"
  for page in "${pages[@]}"; do
    # shellcheck disable=SC2086 # a list of words
    "$gallery" --page "$page" $options --png "$folder/$look/$page.png"
  done
done <<'LOOKS'
light
dark --dark
high-contrast --high-contrast
high-contrast-dark --high-contrast --dark
large --scale 2
narrow --width 360
rtl --rtl
focus --focus
LOOKS

mkdir -p "$folder/sheet"
for page in "${pages[@]}"; do
  for format in pdf svg; do
    "$gallery" --page "$page" --sheet "$folder/sheet/$page.$format"
  done
done
