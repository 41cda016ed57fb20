import secrets

import pytest

import kit


@pytest.fixture(scope="session")
def kinesis():
    return kit.connect()


@pytest.fixture(scope="session")
def unchecked(kinesis):
    """Sends what the SDK itself would refuse; does not retry."""
    return kit.connect(parameter_validation=False, retries={"total_max_attempts": 1})


@pytest.fixture
def streams(kinesis):
    made = kit.Streams(kinesis)
    yield made
    made.delete_all()


@pytest.fixture(scope="module")
def shared(kinesis):
    """Streams that the cases of one file share, where a case needs no stream of its own."""
    made = kit.Streams(kinesis)
    yield made
    made.delete_all()


@pytest.fixture(scope="module")
def stream(shared):
    """Three shards; cases that read it back must not count on its being empty."""
    return shared.create(shards=3)


@pytest.fixture(scope="module")
def account(stream):
    return stream.account


@pytest.fixture
def strange_account():
    """An account that nobody else uses."""
    if kit.against_aws():
        pytest.skip("needs an account that is made up; AWS has none")
    return str(10**11 + secrets.randbelow(9 * 10**11))


@pytest.fixture
def stranger(strange_account):
    """A client that speaks for that account; does not retry."""
    return kit.connect(account=strange_account, retries={"total_max_attempts": 1})


@pytest.fixture
def strange_streams(stranger):
    made = kit.Streams(stranger)
    yield made
    made.delete_all()


@pytest.fixture
def absent(streams):
    return streams.name("-absent")
