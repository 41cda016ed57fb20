"""The part of DynamoDB in which Kinesis clients keep their leases."""

import uuid

import pytest

import kit

INDEX = "LeaseOwnerToLeaseKeyIndex"


@pytest.fixture(scope="module")
def dynamodb():
    if kit.against_aws():
        pytest.skip("AWS's own DynamoDB needs no test of ours")
    return kit.connect(service="dynamodb", retries={"total_max_attempts": 1})


@pytest.fixture
def table(dynamodb):
    name = f"app-{uuid.uuid4()}"
    dynamodb.create_table(
        TableName=name, BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "leaseKey", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "leaseKey", "AttributeType": "S"}])
    dynamodb.get_waiter("table_exists").wait(TableName=name)
    yield name
    dynamodb.delete_table(TableName=name)
    dynamodb.get_waiter("table_not_exists").wait(TableName=name)


def lease(key, **more):
    return {"leaseKey": {"S": key}, "leaseCounter": {"N": "0"}, **more}


def test_a_table_is_active_at_once_and_has_what_clients_read(dynamodb, table):
    told = dynamodb.describe_table(TableName=table)["Table"]
    assert told["TableStatus"] == "ACTIVE"
    assert told["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert told["TableArn"].endswith(f":table/{table}")
    assert told["ProvisionedThroughput"]["ReadCapacityUnits"] == 0
    with pytest.raises(dynamodb.exceptions.ResourceInUseException):
        dynamodb.create_table(
            TableName=table, BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": "leaseKey", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "leaseKey", "AttributeType": "S"}])


def test_a_missing_table_is_not_found(dynamodb):
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException) as failed:
        dynamodb.describe_table(TableName="nowhere")
    assert failed.value.response["Error"]["Message"] == "Requested resource not found: Table: nowhere not found"
    with pytest.raises(dynamodb.exceptions.ResourceNotFoundException):
        dynamodb.get_item(TableName="nowhere", Key={"leaseKey": {"S": "a"}})


def test_a_lease_is_created_once(dynamodb, table):
    expected = {"leaseKey": {"Exists": False}}
    dynamodb.put_item(TableName=table, Item=lease("shard-0"), Expected=expected)
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException) as failed:
        dynamodb.put_item(TableName=table, Item=lease("shard-0"), Expected=expected)
    assert failed.value.response["Error"]["Message"] == "The conditional request failed"
    assert "Item" not in dynamodb.get_item(TableName=table, Key={"leaseKey": {"S": "shard-1"}})


def test_a_renewal_with_an_old_counter_is_told_the_item(dynamodb, table):
    dynamodb.put_item(TableName=table, Item=lease("shard-0"))
    renewal = dict(
        TableName=table, Key={"leaseKey": {"S": "shard-0"}},
        Expected={"leaseCounter": {"Value": {"N": "0"}}, "checkpointOwner": {"Exists": False}},
        AttributeUpdates={"leaseCounter": {"Value": {"N": "1"}, "Action": "PUT"}},
        ReturnValuesOnConditionCheckFailure="ALL_OLD")
    dynamodb.update_item(**renewal)
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException) as failed:
        dynamodb.update_item(**renewal)
    assert failed.value.response["Item"]["leaseCounter"] == {"N": "1"}


def test_expressions_of_the_lock_client(dynamodb, table):
    key = {"leaseKey": {"S": "Leader"}}
    names = {"#pk": "leaseKey", "#rvn": "recordVersionNumber", "#on": "ownerName"}
    dynamodb.put_item(
        TableName=table, Item={**key, "ownerName": {"S": "w"}, "recordVersionNumber": {"S": "1"}},
        ConditionExpression="attribute_not_exists(#pk)", ExpressionAttributeNames={"#pk": "leaseKey"})
    beat = dict(
        TableName=table, Key=key, UpdateExpression="SET #rvn = :new",
        ConditionExpression="attribute_exists(#pk) AND #rvn = :rvn AND #on = :on",
        ExpressionAttributeNames=names,
        ExpressionAttributeValues={":new": {"S": "2"}, ":rvn": {"S": "1"}, ":on": {"S": "w"}}, ReturnValues="ALL_NEW")
    assert dynamodb.update_item(**beat)["Attributes"]["recordVersionNumber"] == {"S": "2"}
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.update_item(**beat)


def test_the_index_holds_owned_leases_only(dynamodb, table):
    told = dynamodb.update_table(
        TableName=table,
        AttributeDefinitions=[{"AttributeName": "leaseOwner", "AttributeType": "S"},
                              {"AttributeName": "leaseKey", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[{"Create": {
            "IndexName": INDEX, "Projection": {"ProjectionType": "KEYS_ONLY"},
            "KeySchema": [{"AttributeName": "leaseOwner", "KeyType": "HASH"},
                          {"AttributeName": "leaseKey", "KeyType": "RANGE"}]}}])
    assert told["TableDescription"]["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"
    for i in range(5):
        owner = {"leaseOwner": {"S": "worker-1"}} if i % 2 == 0 else {}
        dynamodb.put_item(TableName=table, Item=lease(f"shard-{i}", **owner))
    pages = dynamodb.get_paginator("query").paginate(
        TableName=table, IndexName=INDEX, KeyConditionExpression="leaseOwner = :o",
        ExpressionAttributeValues={":o": {"S": "worker-1"}}, PaginationConfig={"PageSize": 2})
    found = [item for page in pages for item in page["Items"]]
    assert found == [{"leaseKey": {"S": f"shard-{i}"}, "leaseOwner": {"S": "worker-1"}} for i in (0, 2, 4)]


def test_segments_share_the_items(dynamodb, table):
    keys = {f"shard-{i}" for i in range(40)}
    for key in keys:
        dynamodb.put_item(TableName=table, Item=lease(key))
    seen = []
    for segment in range(10):
        for page in dynamodb.get_paginator("scan").paginate(
                TableName=table, Segment=segment, TotalSegments=10, PaginationConfig={"PageSize": 3}):
            seen += [item["leaseKey"]["S"] for item in page["Items"]]
    assert sorted(seen) == sorted(keys)


def test_a_transaction_is_all_or_nothing(dynamodb, table):
    dynamodb.put_item(TableName=table, Item=lease("a"))
    put = {"Put": {"TableName": table, "Item": lease("b"), "ConditionExpression": "attribute_not_exists(leaseKey)"}}
    check = {"ConditionCheck": {
        "TableName": table, "Key": {"leaseKey": {"S": "a"}}, "ConditionExpression": "leaseCounter = :c",
        "ExpressionAttributeValues": {":c": {"N": "7"}}}}
    with pytest.raises(dynamodb.exceptions.TransactionCanceledException) as failed:
        dynamodb.transact_write_items(TransactItems=[put, check])
    assert [r["Code"] for r in failed.value.response["CancellationReasons"]] == ["None", "ConditionalCheckFailed"]
    assert "Item" not in dynamodb.get_item(TableName=table, Key={"leaseKey": {"S": "b"}})
    check["ConditionCheck"]["ExpressionAttributeValues"][":c"]["N"] = "0.0"
    dynamodb.transact_write_items(TransactItems=[put, check])
    assert "Item" in dynamodb.get_item(TableName=table, Key={"leaseKey": {"S": "b"}})


def test_what_is_not_served_is_named(dynamodb, table):
    with pytest.raises(dynamodb.exceptions.ClientError) as failed:
        dynamodb.update_item(
            TableName=table, Key={"leaseKey": {"S": "a"}}, UpdateExpression="SET n = n + :one",
            ExpressionAttributeValues={":one": {"N": "1"}})
    assert failed.value.response["Error"]["Code"] == "ValidationException"
    assert "SET of anything but one value" in failed.value.response["Error"]["Message"]


@pytest.fixture
def sorted_table(dynamodb):
    """Made with the names of a partition key and a sort key."""
    made = []

    def make(partition, sort):
        made.append(f"app-{uuid.uuid4()}")
        dynamodb.create_table(
            TableName=made[-1], BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": partition, "KeyType": "HASH"}, {"AttributeName": sort, "KeyType": "RANGE"}],
            AttributeDefinitions=[{"AttributeName": name, "AttributeType": "S"} for name in (partition, sort)])
        return made[-1]

    yield make
    for name in made:
        dynamodb.delete_table(TableName=name)


def test_what_sparks_connector_commits(dynamodb, sorted_table):
    """Batches of two streams; it finds the streams by scans that begin behind a key that was never put."""
    table = sorted_table("metadataKey", "metadataSortKey")

    def row(stream, batch):
        return {"metadataKey": {"S": stream}, "metadataSortKey": {"S": batch}}

    new, old = "attribute_not_exists(metadataKey)", "attribute_exists(metadataKey)"
    for stream in ("orders", "clicks"):
        for batch in ("0001", "0002"):
            item = {**row(stream, batch), "metadataValue": {"S": "{}"}}
            dynamodb.put_item(TableName=table, Item=item, ConditionExpression=new)
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.put_item(TableName=table, Item=row("orders", "0001"), ConditionExpression=new)
    found = dynamodb.query(
        TableName=table, KeyConditionExpression="metadataKey = :k", Limit=1, ScanIndexForward=False,
        ExpressionAttributeValues={":k": {"S": "orders"}})
    assert [item["metadataSortKey"]["S"] for item in found["Items"]] == ["0002"]

    streams, after = [], {}
    while page := dynamodb.scan(TableName=table, Limit=1, ProjectionExpression="metadataKey", **after)["Items"]:
        streams.append(page[0]["metadataKey"]["S"])
        after = {"ExclusiveStartKey": row(streams[-1], "\U0010ffff" * 256)}
    assert sorted(streams) == ["clicks", "orders"]

    dynamodb.delete_item(TableName=table, Key=row("orders", "0001"), ConditionExpression=old)
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.delete_item(TableName=table, Key=row("orders", "0001"), ConditionExpression=old)


def test_how_benthos_takes_a_shard_from_another(dynamodb, sorted_table):
    table = sorted_table("StreamID", "ShardID")
    key = {"StreamID": {"S": "orders"}, "ShardID": {"S": "shardId-000000000000"}}

    def claim(client, condition, **values):
        answer = dynamodb.update_item(
            TableName=table, Key=key, ReturnValues="ALL_OLD", ConditionExpression=condition,
            UpdateExpression="SET ClientID = :new_client_id, LeaseTimeout = :new_lease_timeout",
            ExpressionAttributeValues={":new_client_id": {"S": client}, ":new_lease_timeout": {"S": "soon"}, **values})
        return answer.get("Attributes")

    of_one = {":old_client_id": {"S": "one"}}
    assert claim("one", "attribute_not_exists(ClientID)") is None
    assert claim("two", "ClientID = :old_client_id", **of_one)["ClientID"] == {"S": "one"}
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        claim("three", "ClientID = :old_client_id", **of_one)
    dynamodb.update_item(
        TableName=table, Key=key, UpdateExpression="SET SequenceNumber = :new_sequence_number",
        ExpressionAttributeValues={":new_sequence_number": {"S": "1"}})
    held = dynamodb.scan(
        TableName=table, FilterExpression="StreamID = :stream_id",
        ExpressionAttributeValues={":stream_id": {"S": "orders"}})["Items"]
    assert held == [{**key, "ClientID": {"S": "two"}, "LeaseTimeout": {"S": "soon"}, "SequenceNumber": {"S": "1"}}]
