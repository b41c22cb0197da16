#!/bin/sh
# fake-drive.sh: stands in for `steelyard-cli drive`: a backend that is a formula
# SPDX-License-Identifier: GPL-3.0-or-later
# FAKE_DRIVE: fail (ends without a result), nonsense, busy (others use the machine),
# or nothing.
rate=0
for word; do
  case $last in --rate) rate=$word ;; esac
  case $word in --for=*) whole=${word#--for=} ;; --warm-up=*) cold=${word#--warm-up=} ;; http*) target=$word ;; esac
  last=$word
done
case $FAKE_DRIVE in
  fail) echo "no luck" >&2; exit 1 ;;
  nonsense) echo "hello"; exit 0 ;;
esac
foreign=0.01
[ "$FAKE_DRIVE" = busy ] && foreign=0.9
exec awk -v foreign="$foreign" -v rate="$rate" -v whole="${whole%ms}" -v cold="${cold%ms}" -v target="$target" 'BEGIN {
  seconds = (whole - cold) / 1000
  capacity = 500
  latency = target ~ /:8101/ ? 0.020 : 0.030
  answers = rate < capacity ? rate : capacity
  n = int (rate * seconds)
  if (rate >= capacity) latency = 4
  printf "{\"schema\":\"steelyard.drive/1\",\"event\":\"tick\",\"target\":\"%s\",\"in_flight\":%d}\n", target, answers * latency
  printf "{\"schema\":\"steelyard.drive/1\",\"event\":\"summary\",\"target\":\"%s\",\"offered\":%d,\"answered\":%d,\"dropped\":0,\"errors\":0,\"unfinished\":0,", target, n, n
  printf "\"duration\":%g,\"throughput\":%g,\"in_flight_mean\":%g,\"mean\":%g,\"late_generator_p99\":0.0001,\"generator_cpu\":0.1,\"foreign_cores\":%g,", seconds, answers, answers * latency, latency, foreign
  printf "\"generator_limited\":false,\"aborted\":null,\"response_histogram\":[[%g,%d],[%g,%d]]}\n", latency, n - int (n / 50) - 1, 1.5 * latency, int (n / 50) + 1
}'
