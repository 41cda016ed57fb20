"""The workers of one application, and what they leave in its tables and metrics."""

import datetime

import kit
from worker import Worker

DAY = datetime.timedelta(days=1)


class Application:
    """None of its workers outlives its scenario, and none may have logged an unexpected error."""

    def __init__(self, name, stream):
        self.name, self.stream, self.workers = name, stream, []
        self._dynamodb = kit.connect(service="dynamodb")
        self._cloudwatch = kit.connect(service="cloudwatch")

    def start(self, version, name="one", **options):
        self.workers.append(Worker(version, self.name, self.stream, name, len(self.workers), **options))
        return self.workers[-1]

    def items(self, suffix=""):
        """Of the table that is named like the application, and this."""
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=self.name + suffix)
        return [{k: next(iter(v.values())) for k, v in item.items()} for page in pages for item in page["Items"]]

    def leases(self):
        return {item["leaseKey"]: item for item in self.items()
                if item["leaseKey"].startswith("shardId-")}

    def has_table(self, suffix):
        try:
            self._dynamodb.describe_table(TableName=self.name + suffix)
        except self._dynamodb.exceptions.ResourceNotFoundException:
            return False
        return True

    def sum_of(self, metric):
        """What its workers have told CloudWatch of this metric, over all shards and workers."""
        now = datetime.datetime.now(datetime.timezone.utc)
        span = {"StartTime": now - DAY, "EndTime": now + DAY, "Period": 3600, "Statistics": ["Sum"]}
        pages = self._cloudwatch.get_paginator("list_metrics").paginate(Namespace=self.name, MetricName=metric)
        return sum(point["Sum"] for page in pages for one in page["Metrics"]
                   for point in self._cloudwatch.get_metric_statistics(**one, **span)["Datapoints"])

    def __enter__(self):
        return self

    def __exit__(self, failure, *_):
        errors = [line for worker in self.workers for line in worker.errors()]
        for worker in self.workers:
            worker.close()
        assert failure or not errors, "".join(errors)
