"""StartStreamEncryption and StopStreamEncryption: what is told of the stream and of each record."""

import pytest

import kit
from kit import data_of, empty, refused, violation, violation_set

KEY = "alias/aws/kinesis"


def start(stream, key=KEY, **reference):
    answer = stream.client.start_stream_encryption(
        **(reference or stream.by_name), EncryptionType="KMS", KeyId=key
    )
    stream.wait_active()
    return answer


def stop(stream, key=KEY, **reference):
    answer = stream.client.stop_stream_encryption(
        **(reference or stream.by_name), EncryptionType="KMS", KeyId=key
    )
    stream.wait_active()
    return answer


def encryption(stream):
    """Type and key, which the description and the summary must tell alike."""
    description, summary = stream.description(), stream.summary()
    told = [description.get("EncryptionType"), description.get("KeyId")]
    assert [summary.get("EncryptionType"), summary.get("KeyId")] == told
    return told


def test_started_and_stopped(streams):
    stream = streams.create()
    assert encryption(stream) == ["NONE", None]

    assert empty(start(stream))
    assert encryption(stream) == ["KMS", KEY]
    assert empty(stop(stream))
    assert encryption(stream) == ["NONE", None]


def test_each_record_tells_how_it_was_stored(kinesis, streams):
    stream = streams.create()

    assert "EncryptionType" not in stream.put(b"before")
    start(stream)
    assert stream.put(b"one")["EncryptionType"] == "KMS"
    batch = kinesis.put_records(
        StreamName=stream.name, Records=[{"Data": b"many", "PartitionKey": "k"}]
    )
    assert batch["EncryptionType"] == "KMS"
    stop(stream)
    assert "EncryptionType" not in stream.put(b"after")

    records = stream.records()
    assert data_of(records) == [b"before", b"one", b"many", b"after"]
    assert [record.get("EncryptionType") for record in records] == [None, "KMS", "KMS", None]


def test_by_arn(streams):
    stream = streams.create()

    start(stream, **stream.by_arn)
    assert encryption(stream) == ["KMS", KEY]
    stop(stream, **stream.by_arn)
    assert encryption(stream) == ["NONE", None]


def test_the_key_is_told_as_it_was_given_and_can_be_switched(streams):
    if kit.against_aws():
        pytest.skip("needs keys that are made up; AWS looks for them")
    stream = streams.create()
    prefix = f"arn:aws:kms:{kit.region()}:{stream.account}:"
    name = "01234567-89ab-cdef-0123-456789abcdef"

    for key in (KEY, "alias/mine", name, f"{prefix}key/{name}", f"{prefix}alias/mine"):
        start(stream, key)
        assert encryption(stream) == ["KMS", key]


@pytest.mark.parametrize("operation", ["start_stream_encryption", "stop_stream_encryption"])
def test_refuses_missing_members(unchecked, stream, operation):
    with refused("ValidationException") as caught:
        getattr(unchecked, operation)(StreamName=stream.name)

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "encryptionType", "not be null"),
        violation(None, "keyId", "not be null"),
    }


@pytest.mark.parametrize("operation", ["start_stream_encryption", "stop_stream_encryption"])
def test_refuses_broken_members(unchecked, stream, operation):
    with refused("ValidationException") as caught:
        getattr(unchecked, operation)(StreamName=stream.name, EncryptionType="SOME", KeyId="")

    text = caught.value.response["Error"]["Message"]
    assert text.startswith("2 validation errors detected: ")
    assert violation("", "keyId", "have length greater than or equal to 1") in text
    assert violation("SOME", "encryptionType", "satisfy enum value set: [") in text
    assert encryption(stream) == ["NONE", None]


@pytest.mark.parametrize("call", [start, stop])
def test_an_unknown_stream(streams, stream, absent, account, call):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        call(streams.named(absent))
    with refused("ResourceNotFoundException", text):
        call(streams.named(absent), StreamARN=stream.arn.replace(stream.name, absent))
