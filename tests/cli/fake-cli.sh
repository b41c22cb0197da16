#!/bin/sh
# fake-cli.sh: stands in for the steelyard-cli that steelyard-cli starts
# SPDX-License-Identifier: GPL-3.0-or-later
# Writes its arguments, a line each, to the file that FAKE_CLI_ARGUMENTS names. A
# load fails at once; a server never listens, and the first interrupts who waits for it.
printf '%s\n' "$@" >"${FAKE_CLI_ARGUMENTS:-/dev/null}"
case "$*" in
  drive*) exit 1 ;;
  *event-loop*) kill -INT "$PPID" ;;
esac
exec cat >/dev/null
