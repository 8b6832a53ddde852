package desk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/factordesk/factordesk/internal/dev/desktest"
)

const (
	textFacts  = ` fragment text on Notification { id sid date status body from to kind error { code } }`
	entryFacts = ` fragment entry on AuditLogEntry { id sequence at actorId actor { id } action targetId targetUser { id } outcome details { name value } address }`
	anyNode    = `query($id: ID!) { node(id: $id) { __typename id ...text ...entry } }` + textFacts + entryFacts
)

// nodes returns the ids of a text of ours, one that was found at Twilio and an entry
// of the audit log, all of harbor's.
func nodes(d *desktest.Desk) (ours, found, entry string) {
	d.Twilio.Seed(atTwilio(d.Harbor, 1, d.Harbor.Customer.Phone.PhoneNumber, time.Hour, "undelivered", 30003, "An alert."))
	v := d.Browser(d.Harbor.Customer.Kind).Challenge(d.Harbor.Customer)
	d.Browser(d.Harbor.Customer.Kind).Do(sendCode, v).OK()
	admin := d.As(d.Harbor.Admin)
	texts := admin.Do(`query($user: ID!) { user(id: $user) { notificationHistory { messages { nodes { id } } } } }`, V{"user": d.Harbor.Customer.ID}).OK()
	log := admin.Do(`{ auditLog(first: 1) { nodes { id } } }`).OK()
	const place = "user.notificationHistory.messages.nodes"
	return texts.Text(place + ".0.id"), texts.Text(place + ".1.id"), log.Text("auditLog.nodes.0.id")
}

func TestNode_TextsAndEntries(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		ours, found, entry := nodes(d)
		admin := d.As(d.Harbor.Admin)
		list := func() desktest.Answer {
			return admin.Do(`query($user: ID!) { user(id: $user) { notificationHistory(source: LOG) { messages { nodes { ...text } } } }
				auditLog { nodes { ...entry } } }`+textFacts+entryFacts, V{"user": d.Harbor.Customer.ID}).OK()
		}
		lists := list()
		for lists.Text("user.notificationHistory.messages.nodes.0.status") != "DELIVERED" { // until Twilio has reported
			lists = list()
		}
		listed := slices.Concat(lists.List("user.notificationHistory.messages.nodes"), lists.List("auditLog.nodes"))

		for id, want := range map[string]string{ours: "Notification", found: "Notification", entry: "AuditLogEntry"} {
			got := admin.Do(anyNode, V{"id": id}).OK().At("node").(map[string]any)
			i := slices.IndexFunc(listed, func(n any) bool { return n.(map[string]any)["id"] == id })
			if got["__typename"] != want || i < 0 {
				t.Fatalf("%s: %v", id, got)
			}
			delete(got, "__typename")
			if diff := cmp.Diff(listed[i], any(got)); diff != "" {
				t.Errorf("%s is not what its list has: %s", id, diff)
			}
		}
		bySID := admin.Do(anyNode, V{"id": listed[0].(map[string]any)["sid"]}).OK()
		if bySID.Text("node.id") != ours {
			t.Errorf("by Twilio's id: %s", bySID.Body)
		}
	})
}

func TestNode_TextsAndEntriesAreGuarded(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		ours, found, entry := nodes(d)
		//                     Admin -codes -history agent viewer self other nobody stranger
		text := [9]string{yes, yes, no, yes, no, no, no, who, out}
		wants := map[string][9]string{ours: text, found: text, entry: {yes, yes, yes, no, no, no, no, who, out}}
		for id, want := range wants {
			for i, caller := range callers {
				a := browserOf(d, caller).Do(anyNode, V{"id": id})
				if got := a.Code("node"); got != want[i] || (a.At("node") == nil) != (want[i] != yes) {
					t.Errorf("%s by %s: %q, not %q: %s", id, caller, got, want[i], a.Body)
				}
			}
		}
		admin := d.As(d.Harbor.Admin)
		for _, id := range []string{sid(999), "msg_" + strings.Repeat("0", 32), entry + "0000", entry + "9999999999999999999", entry[:len(entry)-1] + "x",
			strings.Replace(entry, "_", "_0", 1), "aud_", "aud", strings.TrimSuffix(entry, entry[strings.LastIndex(entry, "_"):])} {
			if a := admin.Do(anyNode, V{"id": id}); a.Code("node") != out {
				t.Errorf("%s: %s", id, a.Body)
			}
		}
	})
}

// A look at one text or entry is on record like one at a list of them.
func TestNode_LooksAreOnRecord(t *testing.T) {
	t.Parallel()
	onBoth(t, func(t *testing.T, d *desktest.Desk) {
		ours, _, entry := nodes(d)
		before := len(entries(t, d))

		d.As(d.Harbor.Agent).Do(anyNode, V{"id": ours}).OK()
		d.As(d.Harbor.Viewer).Do(anyNode, V{"id": ours})
		d.As(d.Harbor.Admin).Do(anyNode, V{"id": entry}).OK()
		d.As(d.Harbor.Agent).Do(anyNode, V{"id": entry})

		var got []string
		for _, e := range entries(t, d)[before:] {
			got = append(got, strings.TrimSpace(fmt.Sprint(e.Action, " ", e.Outcome, " ", e.Details["operation"], " ", e.TargetID, " ", e.Details["numbers"])))
		}
		customer := d.Harbor.Customer
		want := []string{
			"READ_NOTIFICATION_HISTORY DONE node " + customer.ID + " ••• " + customer.Phone.PhoneNumber[8:],
			"READ_NOTIFICATION_HISTORY FORBIDDEN node",
			"READ_AUDIT_LOG DONE node",
			"READ_AUDIT_LOG FORBIDDEN node",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestNode_NoTextInUAT(t *testing.T) {
	t.Parallel()
	d := desktest.New(t, desktest.UAT)
	if a := d.As(d.Harbor.Admin).Do(anyNode, V{"id": sid(1)}); a.Code("node") != "UNAVAILABLE_IN_UAT" {
		t.Error(a.Body)
	}
}
