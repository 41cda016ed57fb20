"""What lies around the operations: headers, unsigned calls, unknown targets, broken bodies."""

import http.client
import json
import urllib.parse

import pytest

from kit import REQUEST_ID, endpoint

TARGET = "Kinesis_20131202.ListStreams"
JSON = "application/x-amz-json-1.1"
NO_OPERATION = (
    "<AccessDeniedException>\n"
    "  <Message>Unable to determine service/operation name to be authorized</Message>\n"
    "</AccessDeniedException>\n"
)
SIGNED = (
    "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, "
    "SignedHeaders=host;x-amz-date;x-amz-target, Signature=" + "0" * 64
)


def send(body=b"{}", method="POST", path="/", **headers):
    """One request by hand, header names with underscores. Returns status, headers, text."""
    url = urllib.parse.urlsplit(endpoint())
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname, url.port, timeout=30)
    fields = {name.replace("_", "-"): value for name, value in headers.items() if value is not None}
    connection.request(method, path, body, fields)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def call(body=b"{}", target=TARGET, kind=JSON, **headers):
    return send(
        body,
        **{
            "Content_Type": kind,
            "X_Amz_Target": target,
            "X_Amz_Date": "20260101T000000Z",
            "Authorization": SIGNED,
            **headers,
        },
    )


def test_every_answer_has_its_ids(kinesis):
    http_answer = kinesis.list_streams(Limit=1)["ResponseMetadata"]["HTTPHeaders"]

    assert REQUEST_ID.match(http_answer["x-amzn-requestid"])
    assert http_answer["x-amz-id-2"]
    assert http_answer["content-type"] == JSON
    assert "date" in http_answer and "content-length" in http_answer


def test_no_signature_at_all():
    status, headers, text = call(Authorization=None)

    assert status == 400
    assert json.loads(text) == {
        "__type": "MissingAuthenticationTokenException",
        "message": "Missing Authentication Token",
    }
    assert REQUEST_ID.match(headers["x-amzn-RequestId"])
    assert headers["Content-Type"] == JSON


def test_a_signature_that_lacks_parts():
    status, _, text = call(Authorization="AWS4-HMAC-SHA256 Credential=a")

    assert status == 400
    assert json.loads(text) == {
        "__type": "IncompleteSignatureException",
        "message": "Authorization header requires 'Signature' parameter. "
        "Authorization header requires 'SignedHeaders' parameter. "
        "Authorization=AWS4-HMAC-SHA256 Credential=a",
    }


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_other_methods(method):
    status, headers, text = send(
        None, method=method, X_Amz_Date="20260101T000000Z", Authorization=SIGNED
    )

    assert (status, text) == (403, NO_OPERATION)
    assert headers["Content-Type"] is None


@pytest.mark.parametrize(
    "target",
    ["Kinesis_20131202.Nothing", "Kinesis_20131202.listStreams", "Kinesis_2013.ListStreams"],
)
def test_an_unknown_operation(target):
    status, _, text = call(target=target)

    assert status == 400
    assert json.loads(text) == {"__type": "UnknownOperationException"}


@pytest.mark.parametrize("body", [b"hello", b"true", b"null", b"{", b'{"Limit":}'])
def test_a_body_that_is_no_object(body):
    status, _, text = call(body)

    assert status == 400
    assert json.loads(text) == {"__type": "SerializationException"}


def test_an_empty_body():
    status, _, text = call(b"")

    assert status == 400
    assert json.loads(text) == {"__type": "SerializationException"}


def test_unknown_members_and_nulls_are_passed_over(kinesis, stream):
    def add(request, **_):
        body = json.loads(request.data)
        request.data = json.dumps({**body, "Unknown": {"a": [1, None]}, "Limit": None}).encode()

    events = kinesis.meta.events
    events.register_first("before-sign.kinesis.DescribeStream", add, unique_id="add")
    try:
        assert stream.description()["StreamName"] == stream.name
    finally:
        events.unregister("before-sign.kinesis.DescribeStream", unique_id="add")


def test_a_content_type_with_parameters(kinesis):
    status, headers, text = call(kind=JSON + " ; charset=utf-8", Authorization=None)

    assert status == 400
    assert json.loads(text)["__type"] == "MissingAuthenticationTokenException"


def test_a_content_type_that_is_none():
    status, _, text = call(kind="text/plain")

    assert (status, text) == (404, "<UnknownOperationException/>\n")
