#!/usr/bin/env bash
# Measures Check calls per second with Debian's h2load (apt-get install nghttp2-client), in turns:
# the transport with a handler that does nothing, and the whole service with a session that it knows.
# Both get the same 1.5 KB message of 20 headers. ROUNDS (5) and SECONDS_EACH (3) bound it; loopback only.
set -euo pipefail
cd "$(dirname "$0")"
rounds=${ROUNDS:-5} seconds=${SECONDS_EACH:-3}
command -v h2load >/dev/null || { echo "h2load and nghttp are not installed: apt-get install nghttp2-client" >&2; exit 2; }
scratch=$(mktemp -d)
servers=()
trap 'for server in "${servers[@]}"; do kill "$server" 2>/dev/null || true; done; rm -rf "$scratch"' EXIT

dotnet build --configuration Release --verbosity quiet --consoleloggerparameters:ErrorsOnly >&2
benchmarks=bin/Release/net10.0/ExtAuthz.Benchmarks
serve() { # COMMAND FILE: starts a server and waits until it has printed its address
  "$benchmarks" "$1" >"$2" &
  servers+=($!)
  for _ in $(seq 100); do [[ -s $2 ]] && return; sleep 0.1; done
  echo "the server '$1' did not start" >&2
  exit 1
}
serve serve "$scratch/nothing.out"
serve serve-warm "$scratch/warm.out"
nothing=$(sed -n 1p "$scratch/nothing.out") warm=$(sed -n 1p "$scratch/warm.out")
"$benchmarks" message "$scratch/body" "$(sed -n 2p "$scratch/warm.out")"

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
for target in "$nothing" "$warm"; do
  allows "$target"
  rate "$target" "$seconds" >/dev/null # warm up
done
for _ in $(seq "$rounds"); do
  rate "$nothing" "$seconds" >>"$scratch/nothing"
  rate "$warm" "$seconds" >>"$scratch/warm"
done
nothing_rate=$(median <"$scratch/nothing") warm_rate=$(median <"$scratch/warm")
echo "do nothing:   $nothing_rate calls/s (median of $(paste -sd' ' "$scratch/nothing"))"
echo "warm session: $warm_rate calls/s (median of $(paste -sd' ' "$scratch/warm"))"
awk -v warm="$warm_rate" -v nothing="$nothing_rate" 'BEGIN { printf "warm session / do nothing: %.2f\n", warm / nothing }'
