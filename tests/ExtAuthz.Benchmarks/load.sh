#!/usr/bin/env bash
# Measures Check calls per second with Debian's h2load (apt-get install nghttp2-client):
#   load.sh                            the transport with a handler that does nothing
#   load.sh NAME ADDRESS [COOKIE]      the same, and in turns with it a server that runs already, for example
#                                      load.sh "warm session" http://127.0.0.1:9001 "wos-session=Fe26.2**..."
# Both get the same 1.5 KB message, with COOKIE where it is given. ROUNDS (5) and SECONDS_EACH (3) bound it; loopback only.
set -euo pipefail
cd "$(dirname "$0")"
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-3}
name=${1:-} address=${2:-} cookie=${3:-}
command -v h2load >/dev/null || { echo "h2load and nghttp are not installed: apt-get install nghttp2-client" >&2; exit 2; }
[[ -z $address || $address =~ ^http://(127\.0\.0\.1|localhost|\[::1\]):[0-9]+/?$ ]] || { echo "only loopback addresses: $address" >&2; exit 2; }

scratch=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$scratch"' EXIT

dotnet build --configuration Release --verbosity quiet --consoleloggerparameters:ErrorsOnly >&2
benchmarks=bin/Release/net10.0/ExtAuthz.Benchmarks
"$benchmarks" message "$scratch/body" ${cookie:+"$cookie"}
"$benchmarks" serve >"$scratch/address" &
server=$!
for _ in $(seq 100); do [[ -s $scratch/address ]] && break; sleep 0.1; done
nothing=$(<"$scratch/address")

path=/envoy.service.auth.v3.Authorization/Check
headers=(--header='content-type: application/grpc' --header='te: trailers' --header='grpc-timeout: 2S')
allows() { # ADDRESS: an error would be fast, so see that the answer is a whole message with status 0 and ok_response
  nghttp --data="$scratch/body" "${headers[@]}" "${1%/}$path" | od -An -tx1 -N8 | grep -q '^ 00 .. .. .. .. 0a 00 1a' ||
    { echo "$1 does not allow this request" >&2; exit 1; }
}
rate() { # ADDRESS SECONDS: prints whole calls per second
  h2load --duration="$2" --clients=4 --max-concurrent-streams=32 --data="$scratch/body" \
    "${headers[@]}" "${1%/}$path" >"$scratch/out"
  awk '/^requests:/ { if ($8 != $6 || $10 != 0 || $12 != 0) bad = $0 }
       /^finished in/ { rate = $4 } END { if (bad) { print bad > "/dev/stderr"; exit 1 } printf "%d\n", rate }' "$scratch/out"
}
median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

echo "message: $(stat -c %s "$scratch/body") bytes; $rounds rounds of $seconds s in turns"
for target in "$nothing" ${address:+"$address"}; do
  allows "$target"
  rate "$target" "$seconds" >/dev/null # warm up
done
for _ in $(seq "$rounds"); do
  rate "$nothing" "$seconds" >>"$scratch/nothing"
  [[ -z $address ]] || rate "$address" "$seconds" >>"$scratch/other"
done
nothing_rate=$(median <"$scratch/nothing")
echo "do nothing: $nothing_rate calls/s (median of $(paste -sd' ' "$scratch/nothing"))"
if [[ -n $address ]]; then
  other_rate=$(median <"$scratch/other")
  echo "$name: $other_rate calls/s (median of $(paste -sd' ' "$scratch/other"))"
  awk -v a="$other_rate" -v b="$nothing_rate" -v name="$name" 'BEGIN { printf "%s / do nothing: %.2f\n", name, a / b }'
fi
