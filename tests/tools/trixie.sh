#!/bin/bash
# trixie.sh: the tests on Debian 13 (GTK 4.18, libadwaita 1.7, GLib 2.84), in a tree of its own
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: trixie.sh [OPTIONS of ./dev test]
# Copies the working tree in, as it is, runs `./dev test` inside, and ends with
# its last line and status. Needs root, for a chroot, and mmdebstrap; the first
# time some 1.5 GB, kept with what was built in ~/.cache/steelyard/trixie
# (delete the folder to make it again).

set -euo pipefail

# The mounts stay in a namespace of their own and end with this process, and so
# does all that the tests start.
if [ -z "${IN_NAMESPACE-}" ]; then
  die () { printf 'trixie.sh: %s\n' "$*" >&2; exit 1; }
  [ "$(id -u)" = 0 ] || die "a tree of Debian 13 is entered by chroot, which only root may do: run it as root"
  command -v mmdebstrap > /dev/null || die "mmdebstrap, which fills the tree of Debian 13, is not installed"
  exec env IN_NAMESPACE=1 unshare --mount --pid --fork --mount-proc --propagation private bash "$0" "$@"
fi

cd "$(dirname "$0")/../.."
cache=${XDG_CACHE_HOME:-$HOME/.cache}/steelyard
tree=$cache/trixie
inside=/usr/src/steelyard
mirror=http://deb.debian.org

# Half a tree is never taken for one.
if [ ! -d "$tree" ]; then
  printf '==> making a tree of Debian 13 in %s\n' "$tree" >&2
  mkdir -p "$cache"
  rm -rf --one-file-system "$tree.part"
  mmdebstrap --quiet --variant=apt --include=ca-certificates trixie "$tree.part" "deb $mirror/debian trixie main" \
    "deb $mirror/debian trixie-updates main" "deb $mirror/debian-security trixie-security main"
  # Debian starts the services that it installs, unless this file says no.
  printf '#!/bin/sh\nexit 101\n' > "$tree.part/usr/sbin/policy-rc.d"
  chmod +x "$tree.part/usr/sbin/policy-rc.d"
  mv "$tree.part" "$tree"
fi

# The network is the machine's, and so is whom it trusts.
cp /etc/resolv.conf "$tree/etc/resolv.conf"
[ ! -e /etc/ssl/certs/ca-certificates.crt ] || cp /etc/ssl/certs/ca-certificates.crt "$tree/etc/ssl/certs/ca-certificates.crt"

# What was built there stays; times are kept, so that only what changed is built again.
mkdir -p "$tree$inside"
find "$tree$inside" -mindepth 1 -maxdepth 1 ! -name 'build*' -exec rm -rf --one-file-system {} +
tar --create --exclude-vcs --exclude='./build*' --exclude=./.cache . | tar --extract --directory "$tree$inside"

mount -t proc proc "$tree/proc"
mount --rbind /dev "$tree/dev"
mount --rbind /sys "$tree/sys"
data=()
if [ -n "${STEELYARD_DATA-}" ]; then
  mount --bind "$STEELYARD_DATA" "$tree/mnt"
  mount -o remount,bind,ro "$tree/mnt"
  data=(STEELYARD_DATA=/mnt)
fi

exec chroot "$tree" env -i HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  LANG=C.UTF-8 TERM="${TERM:-dumb}" DEBIAN_FRONTEND=noninteractive "${data[@]}" "$inside/dev" test "$@"
