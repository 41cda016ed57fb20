package kinetide.conformance;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/**
 * Reads every shard of a stream to its end and prints one line a shard: id, count, digest. The
 * digest is SHA-256 over "[sequence number]\0[key]\0[data length]\0[data]" of each record in turn.
 */
final class ReadStream {
    private ReadStream() {}

    public static void main(String[] args) throws Exception {
        try {
            read(args[0]);
        } catch (SdkException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static void read(String stream) throws Exception {
        try (KinesisClient client = Kit.connect()) {
            for (Shard shard : client.listShards(r -> r.streamName(stream)).shards()) {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                long[] count = {0};
                String iterator = client.getShardIterator(r -> r.streamName(stream)
                        .shardId(shard.shardId())
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON)).shardIterator();
                Kit.forEach(client, iterator, null, record -> {
                    byte[] data = record.data().asByteArrayUnsafe();
                    String head = record.sequenceNumber() + '\0' + record.partitionKey() + '\0'
                            + data.length + '\0';
                    digest.update(head.getBytes(StandardCharsets.UTF_8));
                    digest.update(data);
                    ++count[0];
                });
                System.out.println(shard.shardId() + " " + count[0] + " "
                        + HexFormat.of().formatHex(digest.digest()));
            }
        }
    }
}
