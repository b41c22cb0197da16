#!/bin/bash
# stand-in-runtime.sh: a flatpak runtime and SDK made of Debian packages, for where Flathub cannot be reached
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: stand-in-runtime.sh REPO [SUITE]
# Exports the refs io.github.steelyard.Debian.Platform//SUITE and .Sdk//SUITE
# into the OSTree repository REPO, which is made. Needs root, because chroots
# are filled; about 3 GB in $TMPDIR, which are given back.

set -euo pipefail

# The mounts of the chroot stay in a namespace of their own and end with this process.
[ -n "${IN_NAMESPACE-}" ] || exec env IN_NAMESPACE=1 unshare --mount --propagation private bash "$0" "$@"

repo=$1
suite=${2:-bookworm}
id=io.github.steelyard.Debian
arch=$(flatpak --default-arch)
triplet=$(gcc -print-multiarch 2> /dev/null || echo "$arch-linux-gnu")
mirror=${MIRROR:-$(apt-get indextargets --format '$(SITE)' | grep -v security | head -n 1)}

# What org.gnome.Platform has of it, and GSL, which the manifest builds there.
run="libgtk-4-1,libgtk-4-common,libadwaita-1-0,libsoup-3.0-0,libsoup-3.0-common,libjson-glib-1.0-0,glib-networking,libsecret-1-0"
run+=",libgsl27,libcurl4,libsqlite3-0,zlib1g,ca-certificates,adwaita-icon-theme,fonts-cantarell,fonts-dejavu-core,librsvg2-common"
run+=",libglib2.0-bin,shared-mime-info,hicolor-icon-theme,gsettings-desktop-schemas,dconf-gsettings-backend,libgl1,libegl1,xkb-data,tzdata"
dev="gcc libc6-dev meson ninja-build pkg-config gettext libgtk-4-dev libgtk-4-bin libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev"
dev+=" libsecret-1-dev libgsl-dev libcurl4-openssl-dev libsqlite3-dev zlib1g-dev libglib2.0-dev-bin desktop-file-utils appstream appstream-util elfutils"

work=$(mktemp -d "${TMPDIR:-/var/tmp}/steelyard-runtime.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT

# The runtime is the chroot before the development packages came, the SDK after.
mkdir -p "$work/Platform/files" "$work/Sdk/files"
mmdebstrap --quiet --variant=essential --include="$run" \
  --dpkgopt=force-unsafe-io --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/info/*' \
  --dpkgopt='path-exclude=/usr/share/lintian/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
  --customize-hook="cp -a \"\$1\"/usr/. '$work/Platform/files/' && cp -a \"\$1\"/etc '$work/Platform/files/etc'" \
  --customize-hook="APT_CONFIG=\"\$MMDEBSTRAP_APT_CONFIG\" apt-get -qq --yes install -oDPkg::Chroot-Directory=\"\$1\" $dev" \
  "$suite" "$work/root" "$mirror"
mv "$work/root"/usr/* "$work/Sdk/files/"
cp -a "$work/root/etc" "$work/Sdk/files/etc"

[ -d "$repo" ] || ostree init --repo="$repo" --mode=bare-user
ostree config --repo="$repo" set core.fsync false

for name in Platform Sdk; do
  files=$work/$name/files
  # What describes this machine, its users and its services is not part of a runtime.
  for part in shadow shadow- gshadow gshadow- passwd passwd- group group- hostname hosts resolv.conf machine-id mtab fstab \
    localtime host.conf apt ssl/private .pwd.lock ld.so.cache; do
    rm -rf "${files:?}/etc/$part"
  done
  rm -rf "$files/lib/systemd" "$files/lib/udev" "$files"/etc/cron*
  find "$files" -perm /6000 -type f -exec chmod u-s,g-s {} +
  find "$files" -type d -exec chmod u+rwx,go+rx {} +
  find "$files" -type f -exec chmod u+rw,go+r {} +
  find "$files" \( -type b -o -type c -o -type p -o -type s \) -delete
  mkdir -p "$files/lib/GL" "$files/share/runtime/locale"
  # flatpak's ldconfig reads this; what the application brings goes first.
  printf '%s\n' /app/lib "/app/lib/$triplet" 'include /run/flatpak/ld.so.conf.d/app-*.conf' \
    'include /run/flatpak/ld.so.conf.d/runtime-*.conf' "/usr/lib/$triplet" /usr/lib > "$files/etc/ld.so.conf"

  cat > "$work/$name/metadata" <<METADATA
[Runtime]
name=$id.$name
runtime=$id.Platform/$arch/$suite
sdk=$id.Sdk/$arch/$suite

[Environment]
PKG_CONFIG_PATH=/app/lib/pkgconfig:/app/lib/$triplet/pkgconfig:/app/share/pkgconfig
METADATA
  flatpak build-export --runtime --disable-sandbox --files=files --subject="$id.$name $suite" "$repo" "$work/$name" "$suite"
done
