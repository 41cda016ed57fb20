"""Tags: of streams by name, and of streams and consumers by ARN."""

import pytest

from kit import empty, refused, refused_as, violation, violation_set, violations

KEY_RULE = (
    "Map keys must satisfy constraint: [Member must have length less than or equal to 128, "
    "Member must have length greater than or equal to 1]"
)
VALUE_RULE = (
    "Map value must satisfy constraint: [Member must have length less than or equal to 256, "
    "Member must have length greater than or equal to 0]"
)
INVALID = (
    "Some tags contain invalid characters. Valid characters: "
    "Unicode letters, digits, white space, _ . / = + - % @."
)
ILLEGAL = (
    "Failed to {what} stream {stream} under account {account} because some tags contained illegal "
    "characters. The allowed characters are Unicode letters, white-spaces, '_',',','/','=','+',"
    "'-','@'."
)


def tags_of(stream, **page):
    answer = stream.client.list_tags_for_stream(StreamName=stream.name, **page)
    assert isinstance(answer["HasMoreTags"], bool)
    return {tag["Key"]: tag["Value"] for tag in answer["Tags"]}


def resource_tags(client, arn):
    answer = client.list_tags_for_resource(ResourceARN=arn)
    return {tag["Key"]: tag["Value"] for tag in answer["Tags"]}


@pytest.fixture(scope="module")
def untagged(shared):
    return shared.create()


# --- AddTagsToStream, RemoveTagsFromStream, ListTagsForStream -------------------------------------


def test_added_overwritten_removed(kinesis, streams):
    stream = streams.create()
    assert kinesis.list_tags_for_stream(StreamName=stream.name)["Tags"] == []

    assert empty(kinesis.add_tags_to_stream(StreamName=stream.name, Tags={"a": "1", "b": ""}))
    assert tags_of(stream) == {"a": "1", "b": ""}
    kinesis.add_tags_to_stream(StreamARN=stream.arn, Tags={"b": "2", "c": "3"})
    assert tags_of(stream) == {"a": "1", "b": "2", "c": "3"}
    assert empty(kinesis.remove_tags_from_stream(StreamName=stream.name, TagKeys=["a", "absent"]))
    assert tags_of(stream) == {"b": "2", "c": "3"}
    kinesis.remove_tags_from_stream(StreamARN=stream.arn, TagKeys=["b", "c"])
    assert kinesis.list_tags_for_stream(StreamARN=stream.arn)["Tags"] == []


def test_tags_of_the_creation(streams):
    tags = {"team": "waves", "Team": "tides", "empty": ""}

    assert tags_of(streams.create(Tags=tags)) == tags


def test_keys_differ_by_case_and_are_sorted_by_code_unit(kinesis, streams):
    # The order recorded from the service.
    keys = [" ", "+", "/", "0", "=", "@", "Zb", "_", "a", "ÿ"]
    stream = streams.create()
    kinesis.add_tags_to_stream(StreamName=stream.name, Tags={key: "v" for key in keys[::-1]})

    assert list(tags_of(stream)) == keys
    assert list(tags_of(stream, ExclusiveStartTagKey="@")) == ["Zb", "_", "a", "ÿ"]
    assert list(tags_of(stream, ExclusiveStartTagKey="Z")) == ["Zb", "_", "a", "ÿ"]


def test_page_by_page(kinesis, streams):
    tags = {f"key-{i:02}": str(i) for i in range(7)}
    stream = streams.create(Tags=tags)

    found, start = {}, {}
    for expected in (3, 3, 1):
        page = kinesis.list_tags_for_stream(StreamName=stream.name, Limit=3, **start)
        assert len(page["Tags"]) == expected
        assert page["HasMoreTags"] is (expected == 3)
        found.update((tag["Key"], tag["Value"]) for tag in page["Tags"])
        start = {"ExclusiveStartTagKey": page["Tags"][-1]["Key"]}

    assert found == tags


def test_fifty_tags_and_not_one_more(kinesis, streams):
    stream = streams.create()
    fifty = {f"key-{i:02}": "v" for i in range(50)}
    kinesis.add_tags_to_stream(StreamName=stream.name, Tags=fifty)

    with refused(
        "InvalidArgumentException",
        starts=f"Failed to add tags to stream {stream.name} under account {stream.account} "
        "because a given stream cannot have more than ",
        ends=" tags associated with it.",
    ):
        kinesis.add_tags_to_stream(StreamName=stream.name, Tags={"one more": "v"})
    kinesis.add_tags_to_stream(StreamName=stream.name, Tags={"key-00": "changed"})

    assert tags_of(stream, Limit=50) == {**fifty, "key-00": "changed"}


def test_the_longest_key_and_value(kinesis, streams):
    stream = streams.create()
    tags = {"k" * 128: "v" * 256, "ключ": "数值 ß _./=+-@"}

    kinesis.add_tags_to_stream(StreamName=stream.name, Tags=tags)

    assert tags_of(stream) == tags
    assert resource_tags(kinesis, stream.arn) == tags


@pytest.mark.parametrize("character", ["\t", "\n", ",", ";", "!", "'", "*", "\\", "^", "|"])
def test_refuses_other_characters(kinesis, untagged, character):
    for tags in ({f"a{character}": "v"}, {"a": f"v{character}"}):
        with refused("InvalidArgumentException", INVALID):
            kinesis.add_tags_to_stream(StreamName=untagged.name, Tags=tags)
    with refused("InvalidArgumentException", INVALID):
        kinesis.remove_tags_from_stream(StreamName=untagged.name, TagKeys=[f"a{character}"])
    assert tags_of(untagged) == {}


def test_refuses_a_percent_sign_in_words_of_its_own(kinesis, untagged):
    names = {"stream": untagged.name, "account": untagged.account}

    with refused("InvalidArgumentException", ILLEGAL.format(what="add tags to", **names)):
        kinesis.add_tags_to_stream(StreamName=untagged.name, Tags={"a%": "v"})
    with refused("InvalidArgumentException", ILLEGAL.format(what="add tags to", **names)):
        kinesis.add_tags_to_stream(StreamName=untagged.name, Tags={"a": "%"})
    with refused("InvalidArgumentException", ILLEGAL.format(what="remove tags from", **names)):
        kinesis.remove_tags_from_stream(StreamName=untagged.name, TagKeys=["a%"])
    assert tags_of(untagged) == {}


@pytest.mark.parametrize(
    ("tags", "value", "rule"),
    [
        ({}, "{}", "Member must have length greater than or equal to 1"),
        ({"": "v"}, "{=v}", KEY_RULE),
        ({"k" * 129: "v"}, "{" + "k" * 129 + "=v}", KEY_RULE),
        ({"k": "v" * 257}, "{k=" + "v" * 257 + "}", VALUE_RULE),
    ],
    ids=["none", "empty key", "long key", "long value"],
)
def test_refuses_tags_that_break_the_model(unchecked, untagged, tags, value, rule):
    with refused(
        "ValidationException",
        f"1 validation error detected: Value '{value}' at 'tags' failed to satisfy constraint: "
        + rule,
    ):
        unchecked.add_tags_to_stream(StreamName=untagged.name, Tags=tags)


def test_refuses_keys_that_break_the_model(unchecked, untagged):
    many = [f"k{i}" for i in range(51)]
    for keys, shown, rule in (
        ([], "[]", "have length greater than or equal to 1"),
        (many, "[" + ", ".join(many) + "]", "have length less than or equal to 50"),
        (
            ["k" * 129],
            "[" + "k" * 129 + "]",
            "satisfy constraint: [Member must have length less than or equal to 128, "
            "Member must have length greater than or equal to 1]",
        ),
    ):
        with refused("ValidationException", violations(violation(shown, "tagKeys", rule))):
            unchecked.remove_tags_from_stream(StreamName=untagged.name, TagKeys=keys)


def test_refuses_missing_members(unchecked, untagged):
    for call, member in (
        (unchecked.add_tags_to_stream, "tags"),
        (unchecked.remove_tags_from_stream, "tagKeys"),
    ):
        with refused("ValidationException", violations(violation(None, member, "not be null"))):
            call(StreamName=untagged.name)


@pytest.mark.parametrize(
    ("limit", "rule"), [(0, "greater than or equal to 1"), (51, "less than or equal to 50")]
)
def test_refuses_a_limit_out_of_range(unchecked, untagged, limit, rule):
    with refused(
        "ValidationException", violations(violation(limit, "limit", f"have value {rule}"))
    ):
        unchecked.list_tags_for_stream(StreamName=untagged.name, Limit=limit)


def test_of_an_unknown_stream_before_the_characters(kinesis, absent, account):
    text = f"Stream {absent} under account {account} not found."

    with refused("ResourceNotFoundException", text):
        kinesis.add_tags_to_stream(StreamName=absent, Tags={"a;": "v"})
    with refused("ResourceNotFoundException", text):
        kinesis.remove_tags_from_stream(StreamName=absent, TagKeys=["a;"])
    with refused("ResourceNotFoundException", text):
        kinesis.list_tags_for_stream(StreamName=absent)


# --- TagResource, UntagResource, ListTagsForResource ----------------------------------------------


def test_both_families_see_the_same_tags_of_a_stream(kinesis, streams):
    stream = streams.create(Tags={"created": "1"})

    assert empty(kinesis.tag_resource(ResourceARN=stream.arn, Tags={"by-arn": "2"}))
    kinesis.add_tags_to_stream(StreamName=stream.name, Tags={"by-name": "3"})
    every = {"created": "1", "by-arn": "2", "by-name": "3"}
    assert tags_of(stream) == resource_tags(kinesis, stream.arn) == every

    answer = kinesis.untag_resource(ResourceARN=stream.arn, TagKeys=["created", "absent"])
    assert empty(answer)
    kinesis.remove_tags_from_stream(StreamName=stream.name, TagKeys=["by-name"])
    assert tags_of(stream) == resource_tags(kinesis, stream.arn) == {"by-arn": "2"}


def test_a_consumers_tags_are_its_own(kinesis, streams):
    stream = streams.create(Tags={"whose": "stream"})
    consumer = stream.register("reader", Tags={"whose": "consumer"})
    other = stream.register("other")

    assert resource_tags(kinesis, consumer) == {"whose": "consumer"}
    assert kinesis.list_tags_for_resource(ResourceARN=other)["Tags"] == []
    kinesis.tag_resource(ResourceARN=consumer, Tags={"whose": "still", "a": ""})
    assert resource_tags(kinesis, consumer) == {"whose": "still", "a": ""}
    kinesis.untag_resource(ResourceARN=consumer, TagKeys=["whose"])
    assert resource_tags(kinesis, consumer) == {"a": ""}
    assert tags_of(stream) == {"whose": "stream"}


def test_tags_end_with_their_consumer(kinesis, streams):
    stream = streams.create()
    consumer = stream.register("reader", Tags={"a": "b"})
    kinesis.deregister_stream_consumer(ConsumerARN=consumer)

    assert resource_tags(kinesis, stream.register("reader")) == {}


def test_refuses_bad_tags_by_arn(kinesis, untagged):
    for tags in ({"a;": "v"}, {"a": "\t"}, {"aws:a": "v"}):
        with refused("InvalidArgumentException"):
            kinesis.tag_resource(ResourceARN=untagged.arn, Tags=tags)
    with refused("InvalidArgumentException"):
        kinesis.tag_resource(
            ResourceARN=untagged.arn, Tags={f"key-{i:02}": "v" for i in range(51)}
        )
    assert resource_tags(kinesis, untagged.arn) == {}


def test_refuses_an_arn_that_is_none(unchecked):
    with refused(
        "ValidationException",
        starts="1 validation error detected: Value 'nothing' at 'resourceARN' failed to satisfy "
        "constraint: Member must satisfy regular expression pattern: ",
    ):
        unchecked.list_tags_for_resource(ResourceARN="nothing")
    with refused("ValidationException") as caught:
        unchecked.untag_resource()

    assert violation_set(caught.value.response["Error"]["Message"]) == {
        violation(None, "resourceARN", "not be null"),
        violation(None, "tagKeys", "not be null"),
    }


def test_an_unknown_resource(kinesis, stream, absent):
    unknown = stream.arn.replace(stream.name, absent)
    for arn in (unknown, f"{unknown}/consumer/reader:1", f"{stream.arn}/consumer/reader:1"):
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.tag_resource(ResourceARN=arn, Tags={"a": "b"})
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.untag_resource(ResourceARN=arn, TagKeys=["a"])
        with refused_as(kinesis, "ResourceNotFoundException"):
            kinesis.list_tags_for_resource(ResourceARN=arn)
