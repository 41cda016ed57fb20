package conformance

// Subscribers: every record once and in its key's order, across a split and a new subscription.

import (
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

const (
	keys   = 500 // a key is in each PutRecords once: what is put again cannot overtake
	rounds = 40
	pause  = 500 * time.Millisecond  // amid the writing, so that the readers see more than its end
	secure = 5100 * time.Millisecond // nobody may take a subscription over before 5 s are past
)

var trimHorizon = types.StartingPosition{Type: types.ShardIteratorTypeTrimHorizon}
var latest = types.StartingPosition{Type: types.ShardIteratorTypeLatest}

// reader has one goroutine a shard, which follows it to its end and then its children.
type reader struct {
	stream   *stream
	consumer string
	records  chan types.Record
	trouble  chan error
}

func (r *reader) follow(shard string, interrupted bool) {
	position := trimHorizon
	for {
		var last types.SubscribeToShardEvent
		from, err := r.stream.subscribe(r.consumer, shard, position)
		if err == nil {
			err = each(from, func(event types.SubscribeToShardEvent) bool {
				last = event
				for _, record := range event.Records {
					r.records <- record
				}
				return interrupted && len(event.Records) > 0
			})
		}
		if err != nil {
			r.trouble <- err
			return
		}
		if (last.ContinuationSequenceNumber == nil) != (len(last.ChildShards) > 0) {
			r.trouble <- fmt.Errorf("child shards and where to go on in one event, or neither")
			return
		}
		for _, child := range last.ChildShards {
			go r.follow(*child.ShardId, false)
		}
		if len(last.ChildShards) > 0 {
			return
		}
		position = types.StartingPosition{
			Type:           types.ShardIteratorTypeAfterSequenceNumber,
			SequenceNumber: last.ContinuationSequenceNumber,
		}
		if interrupted {
			time.Sleep(secure)
		}
		interrupted = false
	}
}

func split(s *stream, shard int) {
	s.t.Helper()
	answer, err := s.client.ListShards(s.ctx, &kinesis.ListShardsInput{StreamName: &s.name})
	fatal(s.t, err)
	start, _ := new(big.Int).SetString(*answer.Shards[shard].HashKeyRange.StartingHashKey, 10)
	end, _ := new(big.Int).SetString(*answer.Shards[shard].HashKeyRange.EndingHashKey, 10)
	middle := start.Add(start, end).Rsh(start, 1)
	_, err = s.client.SplitShard(s.ctx, &kinesis.SplitShardInput{StreamName: &s.name,
		ShardToSplit: aws.String(shardID(shard)), NewStartingHashKey: aws.String(middle.String())})
	fatal(s.t, err)
}

func TestEveryRecordOnceAndInOrderWhileAShardSplits(t *testing.T) {
	s := create(t, 3)
	// Room for all: the end of the case, not a full channel, is what the goroutines wait for.
	r := reader{s, s.register("reader"), make(chan types.Record, 2*keys*rounds), make(chan error, 8)}
	for shard := 0; shard < 3; shard++ {
		go r.follow(shardID(shard), shard == 0)
	}
	expected := map[string][]int{}
	for turn := 0; turn < rounds; turn++ {
		entries := make([]types.PutRecordsRequestEntry, keys)
		for k := range entries {
			key := fmt.Sprintf("key-%d", k)
			entries[k] = types.PutRecordsRequestEntry{PartitionKey: &key, Data: []byte(strconv.Itoa(turn))}
			expected[key] = append(expected[key], turn)
		}
		s.putAll(entries)
		if turn == rounds/2 {
			split(s, 2)
			time.Sleep(pause)
		}
	}
	found := map[string][]int{}
	for count := 0; count < keys*rounds; count++ {
		select {
		case record := <-r.records:
			turn, err := strconv.Atoi(string(record.Data))
			fatal(t, err)
			found[*record.PartitionKey] = append(found[*record.PartitionKey], turn)
		case err := <-r.trouble:
			t.Fatal(err)
		case <-s.ctx.Done():
			t.Fatalf("%d records after %s", count, patience)
		}
	}
	if !reflect.DeepEqual(found, expected) {
		t.Fatal("records are missing, repeated or out of order")
	}
}

// first reads records from a position; then is called once the subscription stands.
func first(s *stream, consumer string, position types.StartingPosition, count int, then func()) []types.Record {
	s.t.Helper()
	from, err := s.subscribe(consumer, shardID(0), position)
	fatal(s.t, err)
	then()
	var found []types.Record
	fatal(s.t, each(from, func(event types.SubscribeToShardEvent) bool {
		found = append(found, event.Records...)
		return len(found) >= count
	}))
	if len(found) < count {
		s.t.Fatalf("the subscription ended after %d records of %d", len(found), count)
	}
	return found
}

func TestPositionsAndRefusals(t *testing.T) {
	s := create(t, 1)
	nothing := func() {}
	s.put("one")
	time.Sleep(10 * time.Millisecond) // so that their times differ
	s.put("two")
	consumer := s.register("first")
	both := first(s, consumer, trimHorizon, 2, nothing)
	expect := func(what string, found []types.Record, data string) {
		t.Helper()
		if string(found[0].Data) != data {
			t.Errorf("%s: %q instead of %q", what, found[0].Data, data)
		}
	}
	expect("TRIM_HORIZON", both, "one")

	for _, position := range []types.StartingPosition{
		{Type: types.ShardIteratorTypeAtTimestamp, Timestamp: both[1].ApproximateArrivalTimestamp},
		{Type: types.ShardIteratorTypeAtSequenceNumber, SequenceNumber: both[1].SequenceNumber},
		{Type: types.ShardIteratorTypeAfterSequenceNumber, SequenceNumber: both[0].SequenceNumber},
	} {
		kind := string(position.Type)
		expect(kind, first(s, s.register(kind), position, 1, nothing), "two")
	}
	after := first(s, s.register("latest"), latest, 1, func() { s.put("three") })
	expect("LATEST", after, "three")

	hasty := s.register("hasty")
	_, err := s.subscribe(hasty, shardID(0), latest)
	fatal(t, err)
	_, err = s.subscribe(hasty, shardID(0), latest)
	if inUse := (*types.ResourceInUseException)(nil); !errors.As(err, &inUse) {
		t.Errorf("a second subscription within 5 s: %v", err)
	}
	_, err = s.subscribe(strings.Replace(consumer, "/first:", "/absent:", 1), shardID(0), latest)
	if notFound := (*types.ResourceNotFoundException)(nil); !errors.As(err, &notFound) {
		t.Errorf("an unknown consumer: %v", err)
	}
}
