#!/bin/bash
# make.sh: makes the recordings that come with the program, from its own servers under its own load
# SPDX-License-Identifier: GPL-3.0-or-later
#
# usage: data/recordings/make.sh [STEELYARD-CLI]
# Takes four and a half minutes on a machine that should do nothing else: what
# disturbs the servers is in the recordings for good.
set -euo pipefail
cd "$(dirname "$0")"

cli=${1:-../../build/app/cli/steelyard-cli}
export STEELYARD_DATADIR=..
work=$(mktemp -d)
pids=()

stop () { kill "$1" 2> /dev/null || true; wait "$1" 2> /dev/null || true; }
clean_up () { for pid in "${pids[@]}"; do stop "$pid"; done; rm -rf "$work"; }
trap clean_up EXIT

# serve NAME MODEL PORT: starts a server, and sets NAME_pid and NAME_url
serve () {
  "$cli" serve --model "$2" --port "$3" > "$work/$1" &
  pids+=($!)
  printf -v "$1_pid" %s $!
  for _ in $(seq 50); do
    grep -q 'listening on' "$work/$1" && break
    sleep 0.1
  done
  printf -v "$1_url" %s "$(sed -n 's/^listening on //p' "$work/$1" | sed 's:/$::')"
  [ -n "$(sed -n 's/^listening on //p' "$work/$1")" ] || { echo "make.sh: no server: $(cat "$work/$1")" >&2; exit 1; }
}

record () {
  local name=$1 time=$2
  shift 2
  rm -f "$name.steelyard"
  "$cli" record "$@" --for "$time" -o "$name.steelyard"
}

healthy () {
  serve a event-loop 0
  serve b threads 0
  "$cli" drive "$a_url" "$b_url" --rate 200 --workload mixed --for 2m > "$work/load" &
  pids+=($!)
  record two-under-one-load 2m "$a_url/metrics" "$b_url/metrics"
  stop "$a_pid"
  stop "$b_pid"
}

# Two loads, a server that stops and comes back, and one server under two names.
misleading () {
  serve a event-loop 0
  serve b threads 0
  "$cli" drive "$a_url" --rate 100 --workload mixed --for 2m > "$work/load-a" &
  pids+=($!)
  "$cli" drive "$b_url" --rate 250 --workload mixed --for 2m > "$work/load-b" &
  pids+=($!)
  (sleep 55 && stop_and_return) &
  pids+=($!)
  record what-misleads 2m "$a_url/metrics" "$b_url/metrics" "${a_url/127.0.0.1/localhost}/metrics"
}

stop_and_return () {
  kill "$b_pid"
  sleep 8
  exec "$cli" serve --model threads --port "${b_url##*:}"
}

healthy
misleading
ls -l ./*.steelyard
