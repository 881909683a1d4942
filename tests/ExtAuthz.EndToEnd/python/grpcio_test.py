"""Calls a running transport with gRPC's C core through grpcio: messages are bytes, so no generated code is needed.

The arguments are the address and the CheckRequest, in hexadecimal, of a path that is allowed, of one that is denied, and of one that is never answered.
"""
import sys
import time
import traceback

import grpc

ADDRESS = sys.argv[1]
ALLOW, DENY, SLOW = (bytes.fromhex(argument) for argument in sys.argv[2:5])
CHECK = "/envoy.service.auth.v3.Authorization/Check"
HEALTH = "/grpc.health.v1.Health/"
AUTHORIZATION = b"\x0a\x23envoy.service.auth.v3.Authorization"
ALLOWED = b"\x0a\x00\x1a"  # an empty status, then ok_response
channel = grpc.insecure_channel(ADDRESS)


def call(message, path=CHECK, on=channel, **options):
    return on.unary_unary(path)(message, **{"timeout": 20, **options})


def fails_with(code, *arguments, **options):
    try:
        call(*arguments, **options)
    except grpc.RpcError as error:
        assert error.code() == code, f"{error.code()}: {error.details()}"
        return error
    raise AssertionError("the call succeeded")


def an_allowance():
    assert call(ALLOW).startswith(ALLOWED)


def a_denial():
    assert b"https://id.example/" in call(DENY) and not call(DENY).startswith(ALLOWED)


def metadata():
    assert call(ALLOW, metadata=(("x-request-id", "a"), ("trace-bin", b"\x00\xff"))).startswith(ALLOWED)


def a_deadline():
    fails_with(grpc.StatusCode.DEADLINE_EXCEEDED, SLOW, timeout=0.1)


def a_cancellation():
    future = channel.unary_unary(CHECK).future(SLOW, timeout=20)
    time.sleep(0.1)  # cancelled before its headers are sent, this C core resets a stream that never was
    future.cancel()
    assert future.cancelled()


def a_message_over_256_kib():
    fails_with(grpc.StatusCode.RESOURCE_EXHAUSTED, bytes(300 * 1024))


def a_compressed_message():
    padding = b"\x7a\xff\x0f" + bytes(2047)  # field 15, which does not exist; long enough to be worth compressing
    fails_with(grpc.StatusCode.UNIMPLEMENTED, ALLOW + padding, compression=grpc.Compression.Gzip)


def bytes_that_are_no_message_are_denied():
    assert b"\x08\x90\x03" in call(b"\xff\xff")  # status 400


def an_unknown_method():
    fails_with(grpc.StatusCode.UNIMPLEMENTED, b"", path="/envoy.service.auth.v3.Authorization/Nothing")


def concurrent_calls():
    futures = [channel.unary_unary(CHECK).future(ALLOW, timeout=20) for _ in range(500)]
    assert all(future.result().startswith(ALLOWED) for future in futures)


def health():
    assert call(b"", path=HEALTH + "Check") == b"\x08\x01"
    assert call(AUTHORIZATION, path=HEALTH + "Check") == b"\x08\x01"


def health_of_another_name():
    error = fails_with(grpc.StatusCode.NOT_FOUND, b"\x0a\x02\xc3\xa9", path=HEALTH + "Check")
    assert "'é'" in error.details()


def a_health_watch():
    watch = channel.unary_stream(HEALTH + "Watch")(b"", timeout=20)
    assert next(watch) == b"\x08\x01"
    watch.cancel()


failures = 0
for check in (an_allowance, a_denial, metadata, a_deadline, a_cancellation, a_message_over_256_kib, a_compressed_message,
              bytes_that_are_no_message_are_denied, an_unknown_method, concurrent_calls, health, health_of_another_name, a_health_watch):
    try:
        check()
        print("ok", check.__name__)
    except Exception:  # every check is to run
        failures += 1
        print("not ok", check.__name__)
        traceback.print_exc(file=sys.stdout)
channel.close()
sys.exit(1 if failures else 0)
