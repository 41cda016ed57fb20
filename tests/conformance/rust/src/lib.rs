//! What every case needs: a client, streams that are always deleted, subscriptions.

use std::{env, future::Future, time::Duration};

use aws_sdk_kinesis::{
    config::{Credentials, Region},
    operation::subscribe_to_shard::SubscribeToShardOutput,
    primitives::Blob,
    types::{
        ConsumerStatus, PutRecordsRequestEntry, Record, ShardIteratorType, StartingPosition,
        StreamStatus, SubscribeToShardEvent, SubscribeToShardEventStream,
    },
    Client, Config,
};
use aws_smithy_http_client::{tls, Builder};
use tokio::time::{sleep, timeout};

pub const PATIENCE: Duration = Duration::from_secs(90);
const POLL: Duration = Duration::from_millis(50);

/// The SDK keeps the type of its event stream to itself, so it stays in the answer.
pub type Subscription = SubscribeToShardOutput;
/// What a case says with `?`.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

fn environment(name: &str, otherwise: &str) -> String {
    env::var(name).ok().filter(|value| !value.is_empty()).unwrap_or_else(|| otherwise.into())
}

fn connect() -> Client {
    let endpoint = env::var("KINETIDE_ENDPOINT").expect(
        "KINETIDE_ENDPOINT is not set: set it to the server's address, e.g. http://127.0.0.1:4567",
    );
    let region = environment("AWS_REGION", &environment("AWS_DEFAULT_REGION", "us-east-1"));
    let who = Credentials::new(
        environment("AWS_ACCESS_KEY_ID", "test"),
        environment("AWS_SECRET_ACCESS_KEY", "test"),
        env::var("AWS_SESSION_TOKEN").ok(),
        None,
        "environment",
    );
    // The SDK's own client, but with a TLS library that takes less time to compile.
    let http = Builder::new()
        .tls_provider(tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring))
        .build_https();
    let config = Config::builder()
        .endpoint_url(endpoint)
        .region(Region::new(region))
        .credentials_provider(who)
        .http_client(http);
    Client::from_conf(config.build())
}

#[derive(Clone)]
pub struct Stream {
    pub client: Client,
    pub name: String,
    pub arn: String,
}

/// Runs a case with a stream of its own, which is deleted also when the case fails.
pub async fn with_stream<F, C>(case_name: &str, shards: i32, case: C) -> Outcome
where
    F: Future<Output = Outcome>,
    C: FnOnce(Stream) -> F,
{
    let client = connect();
    let nanos = std::time::UNIX_EPOCH.elapsed()?.as_nanos();
    let name = format!("kt-rust-{nanos:x}-{case_name}");
    client.create_stream().stream_name(&name).shard_count(shards).send().await?;
    let outcome = timeout(PATIENCE, async {
        let arn = loop {
            let answer = client.describe_stream_summary().stream_name(&name).send().await?;
            let summary = answer.stream_description_summary().ok_or("no summary")?;
            if *summary.stream_status() == StreamStatus::Active {
                break summary.stream_arn().to_owned();
            }
            sleep(POLL).await;
        };
        case(Stream { client: client.clone(), name: name.clone(), arn }).await
    })
    .await;
    client.delete_stream().stream_name(&name).enforce_consumer_deletion(true).send().await?;
    outcome?
}

impl Stream {
    /// A consumer's ARN, once the consumer is ACTIVE.
    pub async fn register(&self, name: &str) -> Outcome<String> {
        let call = self.client.register_stream_consumer().stream_arn(&self.arn);
        let made = call.consumer_name(name).send().await?;
        let arn = made.consumer().ok_or("no consumer")?.consumer_arn();
        loop {
            let answer = self.client.describe_stream_consumer().consumer_arn(arn).send().await?;
            let description = answer.consumer_description().ok_or("no description")?;
            if *description.consumer_status() == ConsumerStatus::Active {
                return Ok(arn.to_owned());
            }
            sleep(POLL).await;
        }
    }

    pub async fn put(&self, data: &str) -> Outcome {
        let call = self.client.put_record().stream_name(&self.name).partition_key("k");
        call.data(Blob::new(data)).send().await?;
        Ok(())
    }

    /// Puts again what was refused for its throughput.
    pub async fn put_all(&self, mut entries: Vec<PutRecordsRequestEntry>) -> Outcome {
        loop {
            let call = self.client.put_records().stream_name(&self.name);
            let answer = call.set_records(Some(entries.clone())).send().await?;
            let mut results = answer.records().iter();
            entries.retain(|_| results.next().is_some_and(|r| r.error_code().is_some()));
            if entries.is_empty() {
                return Ok(());
            }
            sleep(POLL).await;
        }
    }

    pub async fn subscribe(
        &self,
        consumer: &str,
        shard: &str,
        position: StartingPosition,
    ) -> Result<Subscription, aws_sdk_kinesis::Error> {
        let call = self.client.subscribe_to_shard().consumer_arn(consumer).shard_id(shard);
        Ok(call.starting_position(position).send().await?)
    }

    /// The first records from a position on.
    pub async fn first(
        &self,
        consumer: &str,
        position: StartingPosition,
        count: usize,
    ) -> Outcome<Vec<Record>> {
        read(&mut self.subscribe(consumer, &shard_id(0), position).await?, count).await
    }
}

pub async fn read(from: &mut Subscription, count: usize) -> Outcome<Vec<Record>> {
    let mut found = Vec::new();
    while found.len() < count {
        found.extend(next(from).await?.ok_or("the subscription ended early")?.records);
    }
    Ok(found)
}

/// The next event, or none at the subscription's end.
pub async fn next(from: &mut Subscription) -> Outcome<Option<SubscribeToShardEvent>> {
    match from.event_stream.recv().await? {
        Some(SubscribeToShardEventStream::SubscribeToShardEvent(event)) => Ok(Some(event)),
        Some(_) => Err("an event of an unknown kind".into()),
        None => Ok(None),
    }
}

pub fn shard_id(index: usize) -> String {
    format!("shardId-{index:012}")
}

pub fn position(kind: ShardIteratorType, number: Option<&str>) -> StartingPosition {
    let position = StartingPosition::builder().r#type(kind);
    position.set_sequence_number(number.map(Into::into)).build().expect("it has a type")
}
