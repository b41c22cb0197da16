#!/bin/bash
# check-headers.sh: each header compiles alone
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: check-headers.sh BUILD
# Compiles a file that includes nothing but the header, with the flags that
# BUILD/compile_commands.json has for its .c file, or else for a neighbour. Folders that
# BUILD does not build are left out. Silent when all is well.

build=$(realpath "${1:?usage: check-headers.sh BUILD}") || exit 2
cd "$(dirname "$0")/../.." || exit 2

# One line a header: folder to compile in, header, flags; separated by tabs.
list ()
{
  python3 - "$build/compile_commands.json" <<'PY'
import glob, json, os, shlex, sys

flags = {}
for entry in json.load(open(sys.argv[1])):
    source = os.path.normpath(os.path.join(entry['directory'], entry['file']))
    words = shlex.split(entry['command'])
    kept = [w for w in words if w.startswith(('-I', '-isystem', '-D', '-std=', '-f', '-pthread')) and not w.startswith('-fsanitize')]
    for key in os.path.splitext(source)[0], os.path.dirname(source):
        flags.setdefault(key, (entry['directory'], kept))

for top in 'app', 'widgets', 'tests':
    for header in sorted(glob.glob(top + '/**/*.h', recursive=True)):
        path = os.path.abspath(header)
        found = flags.get(os.path.splitext(path)[0]) or flags.get(os.path.dirname(path))
        if found:
            print(found[0], path, shlex.join(found[1]), sep='\t')
PY
}

# shellcheck disable=SC2317 # called by xargs
compile ()
{
  IFS=$'\t' read -r folder header flags <<< "$1"
  cd "$folder" || exit 1
  eval "set -- $flags"
  if ! message=$(printf '#include "%s"\n' "$header" | ${CC:-cc} "$@" -Wall -Wextra -Wno-unused-parameter -Werror -fdiagnostics-color=never -fsyntax-only -x c - 2>&1); then
    echo "${header#"$OLDPWD"/}: does not compile alone"
    grep -E 'error:' <<< "$message" | head -3 | sed 's/^/  /'
    exit 1
  fi
}
export -f compile

lines=$(list) || exit 2
if [ -z "$lines" ]; then
  echo "$build: no header has a neighbour that is compiled"
  exit 1
fi

# shellcheck disable=SC2016 # the inner shell expands
xargs -d '\n' -P "$(nproc)" -I{} bash -c 'compile "$1"' compile {} <<< "$lines" || exit 1
