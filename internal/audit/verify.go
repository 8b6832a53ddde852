package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/page"
)

const maxSequence = math.MaxInt64

func formatSequence(n int64) string { return strconv.FormatInt(n, 10) }

func parseSequence(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, fault.Invalid("after", "This cursor is not one that a page gave.")
	}
	return n, nil
}

// Cursor is the place after an entry.
func (e Entry) Cursor() string { return page.Encode(formatSequence(e.Sequence)) }

// ParseHead reads what Head.String wrote.
func ParseHead(s string) (Head, error) {
	number, sum, ok := strings.Cut(s, ":")
	n, err := strconv.ParseInt(number, 10, 64)
	mac, macErr := hex.DecodeString(sum)
	if !ok || err != nil || macErr != nil || n < 0 {
		return Head{}, fmt.Errorf("a head is a number, a colon and hexadecimal digits, as the log shows it")
	}
	return Head{Sequence: n, MAC: mac}, nil
}

// Broken says where a record is not what was written.
type Broken struct {
	InstitutionID string
	// Sequence is the first entry that is wrong or missing.
	Sequence int64
	Reason   string
}

func (b *Broken) Error() string {
	return fmt.Sprintf("the audit record of %s is broken at entry %d: %s", b.InstitutionID, b.Sequence, b.Reason)
}

const verifyPage = 1000

// Verify reads the whole record of an institution and returns its head, or
// *Broken with the first entry that was changed, is missing or stands in another
// place. known, if it is not nil, is a head that was logged: Verify also says if
// what it stood for was cut off.
func (s *Service) Verify(ctx context.Context, institutionID string, known *Head) (Head, error) {
	var head Head
	for {
		entries, err := s.Store.ListEntries(ctx, Query{InstitutionID: institutionID, Above: head.Sequence, Limit: verifyPage})
		if err != nil {
			return head, err
		}
		for _, e := range entries {
			if reason := s.problem(e, head); reason != "" {
				return head, &Broken{institutionID, head.Sequence + 1, reason}
			}
			head = Head{Sequence: e.Sequence, MAC: e.MAC}
			if known != nil && known.Sequence == e.Sequence && !bytes.Equal(known.MAC, e.MAC) {
				return head, &Broken{institutionID, e.Sequence, "it is not the entry that the logged head stood for"}
			}
		}
		if len(entries) < verifyPage {
			break
		}
	}
	if known != nil && known.Sequence > head.Sequence {
		return head, &Broken{institutionID, head.Sequence + 1, fmt.Sprintf("it was cut off; the logged head is entry %d", known.Sequence)}
	}
	return head, nil
}

// Recognize reports whether the keys verify the first or the last entry of some
// record, and whether there is any entry at all.
func (s *Service) Recognize(ctx context.Context) (recognized, some bool, err error) {
	records, err := s.Store.ListRecordIDs(ctx)
	if err != nil {
		return false, false, err
	}
	for _, institutionID := range records {
		first, err := s.Store.ListEntries(ctx, Query{InstitutionID: institutionID, Limit: 1})
		if err != nil {
			return false, true, err
		}
		last, err := s.Store.ListEntries(ctx, Query{InstitutionID: institutionID, Below: maxSequence, Limit: 2})
		if err != nil {
			return false, true, err
		}
		if s.problem(first[0], Head{}) == "" || len(last) > 1 && s.problem(last[0], Head{last[1].Sequence, last[1].MAC}) == "" {
			return true, true, nil
		}
	}
	return false, len(records) > 0, nil
}

// problem says what is wrong with the entry that follows a head; "" if nothing.
func (s *Service) problem(e Entry, before Head) string {
	if e.Sequence != before.Sequence+1 {
		return fmt.Sprintf("it is missing; the next one is entry %d", e.Sequence)
	}
	details, err := json.Marshal(e.Details)
	switch {
	case err == nil && s.Keys.VerifyMAC(e.MAC, e.covered(before.MAC, string(details))...):
		return ""
	case !s.Keys.Holds(e.MAC):
		return fmt.Sprintf("it was made under another key (%s), which this keyset does not hold", keyOf(e.MAC))
	default:
		return "it was changed, or put in another's place"
	}
}

// keyOf returns the id of the key that a MAC says it was made with.
func keyOf(sum []byte) string {
	if len(sum) < 5 {
		return "none"
	}
	return hex.EncodeToString(sum[1:5])
}

// ErrNothing is what VerifyAll returns where no institution has an entry.
var ErrNothing = errors.New("there is nothing to verify: the database holds no audit entry; is DATABASE_URL the right one?")

// VerifyAll checks every record, and known heads by institution: ErrNothing if there
// is no entry at all.
func (s *Service) VerifyAll(ctx context.Context, known map[string]Head) (map[string]Head, error) {
	institutions, err := s.Store.ListInstitutionIDs(ctx)
	if err != nil {
		return nil, err
	}
	records, err := s.Store.ListRecordIDs(ctx)
	if err != nil {
		return nil, err
	}
	for _, institutionID := range slices.Concat(records, slices.Sorted(maps.Keys(known))) {
		if !slices.Contains(institutions, institutionID) {
			return nil, &Broken{institutionID, 1, "there is no such institution any more"}
		}
	}
	heads := make(map[string]Head, len(institutions))
	for _, institutionID := range institutions {
		var k *Head
		if h, ok := known[institutionID]; ok {
			k = &h
		}
		if heads[institutionID], err = s.Verify(ctx, institutionID, k); err != nil {
			return heads, err
		}
	}
	if len(records) == 0 {
		return heads, ErrNothing
	}
	return heads, nil
}
