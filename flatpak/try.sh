#!/bin/bash
# try.sh: builds, installs, tries and bundles the flatpak on a stand-in runtime, apart from the person's own flatpaks
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: try.sh [--devel]
# Run by `./dev flatpak`. Keeps the runtime in ~/.cache/steelyard/flatpak (about
# 2 GB; delete the folder to make it again) and leaves build-flatpak/ID.flatpak.

set -euo pipefail
cd "$(dirname "$0")/.."

suite=bookworm
cache=${XDG_CACHE_HOME:-$HOME/.cache}/steelyard/flatpak
out=build-flatpak
export FLATPAK_USER_DIR=$cache/user

say () { printf '==> %s (%s s)\n' "$*" $SECONDS >&2; }
as_root () { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

mkdir -p "$cache" "$out"
if [ ! -e "$cache/runtime/refs/heads/runtime/io.github.steelyard.Debian.Sdk" ]; then
  say "making a stand-in runtime of Debian packages"
  as_root flatpak/stand-in-runtime.sh "$cache/runtime" $suite
fi

if ! flatpak --user info "io.github.steelyard.Debian.Sdk//$suite" > /dev/null 2>&1; then
  say "installing the stand-in runtime"
  flatpak --user remote-add --if-not-exists --no-gpg-verify stand-in "file://$cache/runtime"
  flatpak --user install --noninteractive stand-in "io.github.steelyard.Debian.Platform//$suite" "io.github.steelyard.Debian.Sdk//$suite"
fi

python3 flatpak/variant.py --stand-in $suite "$@" > "$out/manifest.json"
id=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["id"])' "$out/manifest.json")

# Without root's /dev/fuse the build folder is copied in place of protected.
fuse=()
[ -w /dev/fuse ] || fuse=(--disable-rofiles-fuse)
say "building $id"
flatpak-builder --user --install --force-clean --state-dir="$out/state" --repo="$out/repo" "${fuse[@]}" "$out/app" "$out/manifest.json"

say "trying $id in its sandbox"
tests/tools/xrun.sh tests/tools/withwm.sh /usr/bin/python3 tests/systems/flatpak_smoke.py "$id"

flatpak build-bundle "$out/repo" "$out/$id.flatpak" "$id"
say "bundle: $(du -h "$out/$id.flatpak")"
