//! Subscribers: every record once and in its key's order, across a split and a new subscription.

use std::{collections::BTreeMap, time::Duration};

use aws_sdk_kinesis::{
    primitives::Blob,
    types::{
        PutRecordsRequestEntry, Record,
        ShardIteratorType::{
            AfterSequenceNumber, AtSequenceNumber, AtTimestamp, Latest, TrimHorizon,
        },
        StartingPosition,
    },
    Error,
};
use kinetide_conformance::{next, position, read, shard_id, with_stream, Outcome, Stream};
use tokio::{
    sync::mpsc::{unbounded_channel, UnboundedSender},
    time::sleep,
};

const KEYS: usize = 500; // a key is in each PutRecords once: what is put again cannot overtake
const ROUNDS: usize = 40;
const PAUSE: Duration = Duration::from_millis(500); // amid the writing: readers see more than its end
const SECURE: Duration = Duration::from_millis(5100); // nobody may take over before 5 s are past

#[derive(Clone)]
struct Reader {
    stream: Stream,
    consumer: String,
    found: UnboundedSender<Outcome<Record>>,
}

impl Reader {
    /// A task for this shard, which follows it to its end and then its children.
    fn follow(self, shard: String, interrupted: bool) {
        tokio::spawn(async move {
            if let Err(error) = self.follow_here(shard, interrupted).await {
                let _ = self.found.send(Err(error)); // nobody listens any more: the case has ended
            }
        });
    }

    async fn follow_here(&self, shard: String, mut interrupted: bool) -> Outcome {
        let mut from = position(TrimHorizon, None);
        loop {
            let mut subscription = self.stream.subscribe(&self.consumer, &shard, from).await?;
            let mut number = None;
            while let Some(event) = next(&mut subscription).await? {
                let some = !event.records.is_empty();
                for record in event.records {
                    self.found.send(Ok(record))?;
                }
                let children = event.child_shards.unwrap_or_default();
                number = Some(event.continuation_sequence_number).filter(|n| !n.is_empty());
                if number.is_none() == children.is_empty() {
                    return Err("child shards and where to go on in one event, or neither".into());
                }
                if !children.is_empty() {
                    for child in children {
                        self.clone().follow(child.shard_id, false);
                    }
                    return Ok(());
                }
                if interrupted && some {
                    break;
                }
            }
            drop(subscription);
            from = position(AfterSequenceNumber, number.as_deref());
            if interrupted {
                sleep(SECURE).await;
            }
            interrupted = false;
        }
    }
}

async fn split(stream: &Stream, shard: usize) -> Outcome {
    let answer = stream.client.list_shards().stream_name(&stream.name).send().await?;
    let range = answer.shards()[shard].hash_key_range().ok_or("no range")?;
    let start: u128 = range.starting_hash_key().parse()?;
    let middle = start + (range.ending_hash_key().parse::<u128>()? - start) / 2;
    let call = stream.client.split_shard().stream_name(&stream.name);
    let call = call.shard_to_split(shard_id(shard)).new_starting_hash_key(middle.to_string());
    call.send().await?;
    Ok(())
}

fn text(record: &Record) -> &str {
    std::str::from_utf8(record.data().as_ref()).expect("the data is text")
}

#[tokio::test(flavor = "multi_thread")]
async fn every_record_once_and_in_order_while_a_shard_splits() -> Outcome {
    with_stream("split", 3, |stream| async move {
        let (found, mut records) = unbounded_channel();
        let consumer = stream.register("reader").await?;
        let reader = Reader { stream: stream.clone(), consumer, found };
        for shard in 0..3 {
            reader.clone().follow(shard_id(shard), shard == 0);
        }
        for turn in 0..ROUNDS {
            let entries = (0..KEYS).map(|key| {
                let entry = PutRecordsRequestEntry::builder().partition_key(format!("key-{key}"));
                entry.data(Blob::new(turn.to_string())).build()
            });
            stream.put_all(entries.collect::<Result<_, _>>()?).await?;
            if turn == ROUNDS / 2 {
                split(&stream, 2).await?;
                sleep(PAUSE).await;
            }
        }
        let mut turns: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for _ in 0..KEYS * ROUNDS {
            let record = records.recv().await.ok_or("nobody reads")??;
            let turn = text(&record).parse()?;
            turns.entry(record.partition_key.ok_or("no key")?).or_default().push(turn);
        }
        let expected = (0..KEYS).map(|key| (format!("key-{key}"), (0..ROUNDS).collect()));
        assert!(turns == expected.collect(), "records are missing, repeated or out of order");
        Ok(())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn positions_and_refusals() -> Outcome {
    with_stream("positions", 1, |stream| async move {
        stream.put("one").await?;
        sleep(Duration::from_millis(10)).await; // so that their times differ
        stream.put("two").await?;
        let consumer = stream.register("first").await?;
        let both = stream.first(&consumer, position(TrimHorizon, None), 2).await?;
        assert_eq!(both.iter().map(text).collect::<Vec<_>>(), ["one", "two"]);

        let at_time = StartingPosition::builder()
            .r#type(AtTimestamp)
            .set_timestamp(both[1].approximate_arrival_timestamp().copied())
            .build()?;
        for (name, from) in [
            ("time", at_time),
            ("at", position(AtSequenceNumber, Some(both[1].sequence_number()))),
            ("after", position(AfterSequenceNumber, Some(both[0].sequence_number()))),
        ] {
            let found = stream.first(&stream.register(name).await?, from, 1).await?;
            assert_eq!(text(&found[0]), "two", "{name}");
        }

        let latest = position(Latest, None);
        let other = stream.register("latest").await?;
        let mut tip = stream.subscribe(&other, &shard_id(0), latest.clone()).await?;
        stream.put("three").await?;
        assert_eq!(text(&read(&mut tip, 1).await?[0]), "three");

        let hasty = stream.subscribe(&other, &shard_id(0), latest.clone()).await;
        assert!(matches!(hasty, Err(Error::ResourceInUseException(_))), "{:?}", hasty.err());
        let absent = consumer.replace("/first:", "/absent:");
        let unknown = stream.subscribe(&absent, &shard_id(0), latest).await;
        assert!(matches!(unknown, Err(Error::ResourceNotFoundException(_))), "{:?}", unknown.err());
        Ok(())
    })
    .await
}
