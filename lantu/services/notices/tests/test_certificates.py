"""A post goes to the address that was looked up, and only to whom the certificate names."""

import datetime
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from lantu.services.notices import posting

NAME = "hook.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate of hook.example.org, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder(named, named, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return path


@pytest.fixture
def port(certificate, monkeypatch):
    """A system that answers 204 to one caller, encrypted; every name leads to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        line, _ = listener.accept()
        try:
            with context.wrap_socket(line, server_side=True) as talk:
                got = b""
                while not got.endswith(b"{}"):  # what is left unread would break the line
                    got += talk.recv(65536)
                talk.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            line.close()

    thread = threading.Thread(target=serve)
    thread.start()
    monkeypatch.setattr(posting, "resolved", lambda found: "127.0.0.1")
    yield listener.getsockname()[1]
    thread.join()
    listener.close()


def test_a_system_whose_certificate_is_known_and_names_it_is_told(port, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    assert posting.post(f"https://{NAME}:{port}/", b"{}", key="k", name="n") == 204


def test_another_name_or_an_unknown_certificate_is_told_nothing(port, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with pytest.raises(posting.NotReached, match="mismatch"):
        posting.post(f"https://other.example.org:{port}/", b"{}", key="k", name="n")


def test_a_certificate_that_nobody_vouches_for_is_refused(port):
    with pytest.raises(posting.NotReached, match="CERTIFICATE_VERIFY_FAILED"):
        posting.post(f"https://{NAME}:{port}/", b"{}", key="k", name="n")
