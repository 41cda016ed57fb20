"""A record processor in Python: tells a file, KINETIDE_TOLD, what it is given, and checkpoints it."""

import os

from amazon_kclpy import kcl
from amazon_kclpy.v3 import processor


def tell(*words):
    with open(os.environ["KINETIDE_TOLD"], "a", encoding="utf-8") as told:
        told.write(" ".join(map(str, words)) + "\n")


class Reader(processor.RecordProcessorBase):
    def initialize(self, initialize_input):
        self.shard = initialize_input.shard_id
        tell("started", self.shard)

    def process_records(self, process_records_input):
        for r in process_records_input.records:
            tell("record", self.shard, r.sequence_number, r.sub_sequence_number, r.binary_data.decode())
        last = process_records_input.records[-1]
        process_records_input.checkpointer.checkpoint(last.sequence_number, last.sub_sequence_number)

    def lease_lost(self, lease_lost_input):
        tell("lost", self.shard)

    def shard_ended(self, shard_ended_input):
        shard_ended_input.checkpointer.checkpoint()
        tell("ended", self.shard)

    def shutdown_requested(self, shutdown_requested_input):
        shutdown_requested_input.checkpointer.checkpoint()
        tell("stopped", self.shard)


if __name__ == "__main__":
    kcl.KCLProcess(Reader()).run()
