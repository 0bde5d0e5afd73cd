"""The bounded GET against a server that answers well, badly, slowly and without end."""

import gzip
import resource
import socket
import ssl
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import ThreadingHTTPServer

import pytest
from django.core.cache.backends.locmem import LocMemCache

from articles.library.services.addresses import is_public
from articles.library.services.http import JSON, XML, Bounds, Client, Malformed, State
from articles.library.services.rate_limit import Pace
from tests.articles.library.services import local_server
from tests.articles.library.services.local_server import QUICK, says

FORBIDDEN = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.254",
    "127.0.0.1",
    "127.8.9.10",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "3fff::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
]
ALLOWED = ["8.8.8.8", "130.14.29.110", "172.32.0.1", "100.128.0.1", "2607:f220:41e:250::7", "64:ff9b::808:808"]


def resolving(*addresses):
    """Resolve every name to these addresses, and count how often that was asked."""

    def resolve(host, port, **_options):
        resolve.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    resolve.asked = 0
    return resolve


def in_time(function, seconds=4):
    began = time.monotonic()
    answer = function()
    assert time.monotonic() - began < seconds
    return answer


def get(server, path="/x", kinds=JSON, **changes):
    return in_time(lambda: local_server.client(server, **changes).get(server.base + path, kinds=kinds))


@pytest.mark.parametrize("address", FORBIDDEN)
def test_address_that_is_not_public_is_refused(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_public_address_is_allowed(address):
    assert is_public(address)


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_request_reaches_a_name_with_such_an_address(server, address):
    resolve = resolving("8.8.8.8", address)

    answer = local_server.client(server, resolve=resolve).get("https://service.example/x", kinds=JSON)

    assert (answer.state, "not public" in answer.detail) == (State.REFUSED, True)


@pytest.mark.parametrize(
    "address",
    [
        "https://127.0.0.1/x",
        "https://localhost/x",
        "https://2130706433/x",
        "https://0x7f.1/x",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://0/x",
        "https://169.254.169.254/latest/meta-data/",
    ],
)
def test_spelling_of_a_private_address_does_not_help(server, address):
    answer = in_time(lambda: local_server.client(server).get(address, kinds=JSON))

    # A resolver may also not know such a spelling at all; either way nothing is reached.
    assert answer.state in (State.REFUSED, State.UNKNOWN)
    assert answer.state is State.REFUSED or "resolved" in answer.detail


@pytest.mark.parametrize(
    "address",
    [
        "http://service.example/x",
        "ftp://service.example/x",
        "file:///etc/passwd",
        "https://user:word@service.example/x",
        "https://service.example:99999/x",
        "https:///x",
        "https://service.example/a b",
        "https://service.example/\r\nHost: other",
        "//service.example/x",
        "",
    ],
)
def test_address_of_another_form_is_refused(server, address):
    resolve = resolving("8.8.8.8")

    answer = local_server.client(server, resolve=resolve).get(address, kinds=JSON)

    assert (answer.state, resolve.asked) == (State.REFUSED, 0)


def test_open_host_is_open_at_its_own_port_only(server):
    answer = local_server.client(server).get("http://127.0.0.1:1/x", kinds=JSON)

    assert answer.state is State.REFUSED


def test_name_is_resolved_once_and_the_connection_goes_to_that_address(server):
    """A name that answers differently the second time must not lead elsewhere: there is no second time."""
    port = server.server_address[1]
    server.on("/x", says({"a": 1}))
    resolve = resolving("127.0.0.1")
    client = local_server.client(server, resolve=resolve, open_hosts=frozenset({f"service.example:{port}"}))

    answer = client.get(f"http://service.example:{port}/x", kinds=JSON)

    assert (answer.state, resolve.asked) == (State.FOUND, 1)
    assert server.asked[0][1]["Host"] == f"service.example:{port}"


def test_found(server):
    server.on("/x", says({"a": 1}))

    answer = get(server)

    assert (answer.state, answer.json()) == (State.FOUND, {"a": 1})
    assert server.asked[0][1]["User-Agent"].endswith("(mailto:editor@example.org)")
    assert "Cookie" not in server.asked[0][1]


def test_found_packed(server):
    server.on("/x", local_server.packed(b'{"a": 1}'))

    assert get(server).json() == {"a": 1}


def test_proxy_of_the_environment_is_not_used(server, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    server.on("/x", says({}))

    assert get(server).state is State.FOUND


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (says(b"", 404), State.NOT_FOUND),
        (says(b"", 410), State.NOT_FOUND),
        (says(b"", 400), State.BROKEN),
        (says(b"", 204), State.BROKEN),
        (says(b"", 403), State.UNKNOWN),
        (says(b"", 429), State.UNKNOWN),
        (says(b"", 500), State.UNKNOWN),
        (says(b"", 503, Retry_After="600"), State.UNKNOWN),
        (says(b"<html>", 200, "text/html"), State.BROKEN),
        (says(b"{}", 200, ""), State.BROKEN),
        (says(b"{}", 200, Content_Encoding="br"), State.BROKEN),
        (says(b"{}", 200, Content_Encoding="gzip"), State.BROKEN),
        (says(gzip.compress(b"{}" * 99)[:-12], 200, Content_Encoding="gzip"), State.UNKNOWN),
        (says(b" " * 300_000), State.REFUSED),
        (local_server.packed(b" " * 50_000_000), State.REFUSED),
        (local_server.pours(50_000_000), State.REFUSED),
        (local_server.waits(1.5), State.UNKNOWN),
        (local_server.drips(), State.UNKNOWN),
        (local_server.drips(in_headers=True), State.UNKNOWN),
        (local_server.resets, State.UNKNOWN),
        (local_server.breaks_off, State.UNKNOWN),
        (lambda handler: handler.wfile.write(b"no http at all\r\n\r\n"), State.UNKNOWN),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000), State.UNKNOWN),
        (lambda handler: handler.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 50_000), State.UNKNOWN),
        (local_server.leads_to("http://127.0.0.1:1/x"), State.REFUSED),
        (local_server.leads_to("https://other.example/x"), State.REFUSED),
        (local_server.leads_to("http://169.254.169.254/latest/"), State.REFUSED),
        (local_server.leads_to("//10.0.0.1/x"), State.REFUSED),
        (local_server.leads_to("file:///etc/passwd"), State.REFUSED),
        (local_server.leads_to(""), State.REFUSED),
        (local_server.leads_to("/x"), State.REFUSED),
    ],
)
def test_bad_answer_ends_as_a_state_in_bounded_time(server, reply, state):
    server.on("/x", reply)

    answer = get(server)

    assert answer.state is state
    assert answer.detail
    assert (answer.retry_at is None) == (state is not State.UNKNOWN)


def test_answer_without_end_is_left_early(server):
    server.on("/x", local_server.pours(50_000_000))

    get(server)

    assert server.poured < 20_000_000


@pytest.mark.parametrize("reply", [local_server.packed(b"\0" * 200_000_000), local_server.pours(200_000_000)])
def test_bounded_in_memory(server, reply):
    server.on("/x", reply)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    get(server)

    # Kilobytes: the limit is 0.2 MB, the bomb 200.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000


def test_server_that_does_not_listen_is_unknown(server):
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{held.getsockname()[1]}"

        answer = local_server.client(server, open_hosts=frozenset({place})).get(f"http://{place}/", kinds=JSON)

    assert answer.state is State.UNKNOWN


def test_resolver_that_hangs_is_waited_for_in_bounded_time(server):
    answered = threading.Event()

    def hangs(*_asked, **_options):
        answered.wait(5)
        return []

    client = local_server.client(server, resolve=hangs)
    answer = in_time(lambda: client.get("https://service.example/", kinds=JSON))
    answered.set()

    assert answer.state is State.UNKNOWN


def test_passing_fault_is_tried_once_more(server):
    server.on("/x", says(b"", 503, Retry_After="0"), says({"a": 1}))

    assert get(server).state is State.FOUND
    assert len(server.asked) == 2


def test_long_wait_is_handed_back_and_not_slept(server):
    server.on("/x", says(b"", 429, Retry_After="120"))

    answer = in_time(lambda: get(server), 1.5)

    assert len(server.asked) == 1
    assert 110 < (answer.retry_at - datetime.now(UTC)).total_seconds() <= 121


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("999999999999999999", 86_400),
        ("nonsense", 60),
        ("Wed, 99 Foo 2026 00:00:00 GMT", 60),
        ("Wed, 21 Oct 2026 07:28:00", 60),
    ],
)
def test_retry_after_in_every_form(server, value, seconds):
    server.on("/x", says(b"", 429, Retry_After=value))

    answer = get(server)

    assert abs((answer.retry_at - datetime.now(UTC)).total_seconds() - seconds) < 30


def test_retry_after_as_a_date(server):
    at = datetime.now(UTC) + timedelta(seconds=600)
    server.on("/x", says(b"", 429, Retry_After=format_datetime(at, usegmt=True)))

    assert abs((get(server).retry_at - at).total_seconds()) < 5


def test_redirect_on_the_same_host_is_followed(server):
    server.on("/x", local_server.leads_to("/y?z=1", 301))
    server.on("/y", says({"a": 1}))

    assert get(server).json() == {"a": 1}


def test_rate_a_service_tells_is_kept(server):
    server.on("/x", says({}, X_Rate_Limit_Limit="2", X_Rate_Limit_Interval="60s"))
    client = local_server.client(server)
    client.get(server.base + "/x", kinds=JSON)

    answers = [client.get(server.base + "/x", kinds=JSON) for _number in range(2)]

    assert [answer.state for answer in answers].count(State.UNKNOWN) >= 1
    assert len(server.asked) <= 2


def test_pace_gives_a_host_no_more_than_it_allows():
    now = [1000.0]
    pace = Pace(LocMemCache("pace", {}), allowed={"host": (3, 1.0)}, clock=lambda: now[0])
    taken = []
    while now[0] < 1010:
        if pace.wait("host") == 0:
            taken.append(now[0])
        now[0] += 0.01

    assert max(sum(one <= other < one + 1 for other in taken) for one in taken) <= 3
    assert len(taken) >= 19


@pytest.mark.parametrize(("limit", "interval"), [("", "1s"), ("0", "1s"), ("x", "1s"), ("5", ""), ("5", "-1s")])
def test_pace_learns_nothing_from_nonsense(limit, interval):
    pace = Pace(LocMemCache("nonsense", {}), allowed={"host": (100, 1.0)})

    pace.learn("host", {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval})

    assert pace.wait("host") <= 0.02


@pytest.mark.parametrize("body", [b"", b"{", b"[" * 100_000, b"\xff"])
def test_body_that_is_not_json_is_malformed(server, body):
    server.on("/x", says(body))

    answer = get(server)

    with pytest.raises(Malformed):
        answer.json()


def test_kind_by_suffix(server):
    server.on("/x", says(b"<a/>", 200, "application/atom+xml;charset=utf-8"))

    assert get(server, kinds=XML).state is State.FOUND


@pytest.fixture
def tls_server(tmp_path):
    """Return a server's port and its self-signed certificate for service.example."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=service.example"]
    names = ["-addext", "subjectAltName=DNS:service.example", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*command, *names], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no openssl on this machine makes the certificate")
    server = ThreadingHTTPServer(("127.0.0.1", 0), local_server.Handler)
    server.daemon_threads = True
    server.asked, server.replies = [], {"/x": [says({"a": 1})]}
    server.handle_error = lambda *_args: None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_address[1], certificate
    server.shutdown()
    server.server_close()


def _tls_client(name, port, context):
    return Client(
        agent="tests",
        pace=Pace(LocMemCache(name, {}), allowed={name: (1000, 1.0)}),
        bounds=Bounds(**vars(QUICK)),
        open_hosts=frozenset({f"{name}:{port}"}),
        tls=context,
        resolve=resolving("127.0.0.1"),
    )


def test_certificate_is_checked_against_the_name_at_the_pinned_address(tls_server):
    port, certificate = tls_server
    trusting = ssl.create_default_context(cafile=str(certificate))

    right = _tls_client("service.example", port, trusting).get(f"https://service.example:{port}/x", kinds=JSON)
    wrong = _tls_client("other.example", port, trusting).get(f"https://other.example:{port}/x", kinds=JSON)
    unknown = _tls_client("service.example", port, None).get(f"https://service.example:{port}/x", kinds=JSON)

    assert [one.state for one in (right, wrong, unknown)] == [State.FOUND, State.REFUSED, State.REFUSED]
