package conformance

// What every case needs: a client, streams that are always deleted, subscriptions.

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const patience = 90 * time.Second

// fatal stops the case: whoever calls it runs in the case's own goroutine.
func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

// httpClient sends bodies that can only be read. The SDK closes a request's body as soon as its answer
// begins; where the server is faster than the client's own writing, WriteTo then fails, and with it the
// connection, amid the answer: "use of closed network connection" (aws-sdk-go-v2, issue 2737).
type httpClient struct{ http.Client }

func (c *httpClient) Do(request *http.Request) (*http.Response, error) {
	if request.Body != nil {
		request.Body = struct{ io.ReadCloser }{request.Body}
	}
	return c.Client.Do(request)
}

func connect(t *testing.T) *kinesis.Client {
	t.Helper()
	endpoint := os.Getenv("KINETIDE_ENDPOINT")
	if endpoint == "" {
		t.Fatal("KINETIDE_ENDPOINT is not set: set it to the server's address, " +
			"e.g. http://127.0.0.1:4567")
	}
	who := aws.Credentials{
		AccessKeyID:     environment("AWS_ACCESS_KEY_ID", "test"),
		SecretAccessKey: environment("AWS_SECRET_ACCESS_KEY", "test"),
		SessionToken:    os.Getenv("AWS_SESSION_TOKEN"),
	}
	return kinesis.New(kinesis.Options{
		HTTPClient:   &httpClient{},
		BaseEndpoint: &endpoint,
		Region:       environment("AWS_REGION", environment("AWS_DEFAULT_REGION", "us-east-1")),
		Credentials: aws.CredentialsProviderFunc(
			func(context.Context) (aws.Credentials, error) { return who, nil }),
	})
}

// stream is one of this run; the end of its case deletes it.
type stream struct {
	t      *testing.T
	client *kinesis.Client
	ctx    context.Context
	name   string
	arn    string
}

func create(t *testing.T, shards int32) *stream {
	t.Helper()
	random := make([]byte, 4)
	_, err := rand.Read(random)
	fatal(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	s := &stream{t: t, client: connect(t), ctx: ctx, name: fmt.Sprintf("kt-go-%x", random)}
	_, err = s.client.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: &s.name, ShardCount: &shards})
	fatal(t, err)
	t.Cleanup(func() {
		cancel() // ends the subscriptions
		_, err := s.client.DeleteStream(context.Background(), &kinesis.DeleteStreamInput{
			StreamName: &s.name, EnforceConsumerDeletion: aws.Bool(true)})
		fatal(t, err)
	})
	for {
		answer, err := s.client.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: &s.name})
		fatal(t, err)
		if answer.StreamDescriptionSummary.StreamStatus == types.StreamStatusActive {
			s.arn = *answer.StreamDescriptionSummary.StreamARN
			return s
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// register gives a consumer's ARN, once the consumer is ACTIVE.
func (s *stream) register(name string) string {
	s.t.Helper()
	made, err := s.client.RegisterStreamConsumer(s.ctx, &kinesis.RegisterStreamConsumerInput{
		StreamARN: &s.arn, ConsumerName: &name})
	fatal(s.t, err)
	for {
		answer, err := s.client.DescribeStreamConsumer(s.ctx, &kinesis.DescribeStreamConsumerInput{
			ConsumerARN: made.Consumer.ConsumerARN})
		fatal(s.t, err)
		if answer.ConsumerDescription.ConsumerStatus == types.ConsumerStatusActive {
			return *made.Consumer.ConsumerARN
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (s *stream) put(data string) {
	s.t.Helper()
	_, err := s.client.PutRecord(s.ctx, &kinesis.PutRecordInput{
		StreamName: &s.name, PartitionKey: aws.String("k"), Data: []byte(data)})
	fatal(s.t, err)
}

// putAll puts again what was refused for its throughput.
func (s *stream) putAll(entries []types.PutRecordsRequestEntry) {
	s.t.Helper()
	for len(entries) > 0 {
		answer, err := s.client.PutRecords(s.ctx, &kinesis.PutRecordsInput{StreamName: &s.name, Records: entries})
		fatal(s.t, err)
		var again []types.PutRecordsRequestEntry
		for i, result := range answer.Records {
			if result.ErrorCode != nil {
				again = append(again, entries[i])
			}
		}
		if entries = again; len(entries) > 0 {
			time.Sleep(100 * time.Millisecond)
		}
	}
}

func shardID(index int) string { return fmt.Sprintf("shardId-%012d", index) }

type subscription = kinesis.SubscribeToShardEventStream

func (s *stream) subscribe(consumer, shard string, position types.StartingPosition) (*subscription, error) {
	answer, err := s.client.SubscribeToShard(s.ctx, &kinesis.SubscribeToShardInput{
		ConsumerARN: &consumer, ShardId: &shard, StartingPosition: &position})
	if err != nil {
		return nil, err
	}
	return answer.GetStream(), nil
}

// each hands events over until the function says that it is enough, or the subscription ends.
func each(from *subscription, enough func(types.SubscribeToShardEvent) bool) error {
	defer from.Close()
	for event := range from.Events() {
		member, known := event.(*types.SubscribeToShardEventStreamMemberSubscribeToShardEvent)
		if !known {
			return fmt.Errorf("an event of an unknown kind: %T", event)
		}
		if enough(member.Value) {
			return nil
		}
	}
	return from.Err()
}
