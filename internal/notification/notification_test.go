package notification

import (
	"testing"
	"time"
)

func TestNotification_Status(t *testing.T) {
	made := time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)
	sent := made.Add(10 * time.Minute)

	t.Run("sent is SENT for exactly an hour and DELIVERY_UNKNOWN from then on", func(t *testing.T) {
		for _, test := range []struct {
			sentAt *time.Time
			now    time.Time
			want   Status
		}{
			{&sent, sent, Sent},
			{&sent, sent.Add(time.Hour - time.Microsecond), Sent},
			{&sent, sent.Add(time.Hour), Sent},
			{&sent, sent.Add(time.Hour + time.Microsecond), DeliveryUnknown},
			{&sent, sent.AddDate(1, 0, 0), DeliveryUnknown},
			{&sent, sent.Add(-time.Minute), Sent}, // a clock that is behind
			{nil, made.Add(time.Hour), Sent},      // counted from when it was made
			{nil, made.Add(time.Hour + time.Microsecond), DeliveryUnknown},
		} {
			n := Notification{ProviderStatus: "sent", Date: made, SentAt: test.sentAt}
			if got := n.Status(test.now); got != test.want {
				t.Errorf("sent %v, seen %s: %s, want %s", test.sentAt, test.now, got, test.want)
			}
		}
	})

	t.Run("without an answer PENDING until it is not worth waiting for, and DELIVERY_UNKNOWN then", func(t *testing.T) {
		five := made.Add(5 * time.Minute)
		for _, test := range []struct {
			until *time.Time
			now   time.Time
			want  Status
		}{
			{&five, made, Pending}, {&five, five, Pending}, {&five, five.Add(time.Microsecond), DeliveryUnknown},
			{nil, made.Add(10 * time.Minute), Pending}, {nil, made.Add(10*time.Minute + time.Microsecond), DeliveryUnknown},
		} {
			n := Notification{ProviderStatus: Attempted, Date: made, ValidUntil: test.until}
			if got := n.Status(test.now); got != test.want || n.Unanswered(test.now) != (got == DeliveryUnknown) {
				t.Errorf("until %v, seen %s: %s, want %s", test.until, test.now, got, test.want)
			}
		}
	})

	t.Run("every other word of Twilio's means the same at any time", func(t *testing.T) {
		for word, want := range map[string]Status{
			"accepted": Pending, "scheduled": Pending, "queued": Pending, "sending": Pending, "": Pending, "a new word": Pending,
			"delivered": Delivered, "read": Delivered, "partially_delivered": Delivered,
			"undelivered": Undelivered, "failed": Failed, "canceled": Canceled,
		} {
			for _, now := range []time.Time{made, made.AddDate(1, 0, 0)} {
				if got := (Notification{ProviderStatus: word, Date: made}).Status(now); got != want {
					t.Errorf("%q at %s: %s, want %s", word, now, got, want)
				}
			}
		}
	})
}

func TestRank(t *testing.T) {
	t.Run("ascends along the way of a text and of a call", func(t *testing.T) {
		for _, way := range [][]string{
			{Attempted, "queued", "sending", "sent", "delivered", "read"},
			{"accepted", "queued", "sending", "sent", "undelivered"},
			{"scheduled", "queued", "failed"},
			{"accepted", "canceled"},
			{"queued", "in-progress", "completed"},
			{"ringing", "in-progress", "completed"},
			{"queued", "busy"}, {"ringing", "no-answer"},
		} {
			for i := 1; i < len(way); i++ {
				if Rank(way[i]) <= Rank(way[i-1]) {
					t.Errorf("%s is not after %s", way[i], way[i-1])
				}
			}
		}
	})

	t.Run("is one for all final words, so that the first of them stays", func(t *testing.T) {
		for _, final := range []string{"undelivered", "failed", "canceled", "partially_delivered", "completed", "busy", "no-answer"} {
			if Rank(final) != Rank("delivered") {
				t.Errorf("%s ranks %d", final, Rank(final))
			}
		}
	})

	t.Run("is lowest for words that Twilio may add", func(t *testing.T) {
		if Rank("a new word") != Rank(Attempted) {
			t.Errorf("got %d", Rank("a new word"))
		}
	})
}
