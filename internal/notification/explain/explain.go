// Package explain says what a provider's error code on a message or a call
// means, in words that support staff can read to a customer, who can mend it
// and what to do next.
//
// The codes are Twilio's. Those that this product has met or has to expect have
// an entry each, in a table by the moment at which they come: on the way to the
// phone (delivery.go), when a message is handed over (sending.go, account.go),
// on a call (voice.go), in a lookup or a registration (lookup.go). Code falls
// back to the range of a number (ranges.go), WithoutCode to the status of the
// message. The provider may give another code for the same cause one day: show
// these texts, and let no rule depend on them.
package explain

import (
	"maps"
	"slices"
	"strconv"
)

// Who can mend what an error names.
type Who string

// Those who can mend something, from the nearest to the customer to the farthest.
const (
	Customer         Who = "CUSTOMER"
	Staff            Who = "STAFF"
	InstitutionAdmin Who = "INSTITUTION_ADMIN"
	Provider         Who = "PROVIDER"
	Carrier          Who = "CARRIER"
)

// Error is one error in plain words. Explanation and Remedy are sentences.
type Error struct {
	// Code is the provider's number, 0 where it gave none.
	Code int
	// Title names the error in a few words.
	Title string
	// Explanation says what happened. It can be read to the customer.
	Explanation string
	// WhoCanFix holds at least one, the first to ask first.
	WhoCanFix []Who
	// Remedy says what to do next.
	Remedy string
	// DocsURL is where the provider documents the error.
	DocsURL string
}

// entry is a row of the tables.
type entry struct {
	title, explanation string
	who                []Who
	remedy             string
}

// known holds the rows of all tables by code.
var known = merged(delivery, registration, account, sending, voice, lookup)

func merged(tables ...map[int]entry) map[int]entry {
	all := map[int]entry{}
	for _, table := range tables {
		maps.Copy(all, table)
	}
	return all
}

// Code explains an error code. A code that has no entry is explained by its
// range, and 0 or less as an error without a code.
func Code(code int) Error {
	if code <= 0 {
		return WithoutCode(Failed)
	}
	e, ok := known[code]
	if !ok {
		e = byRange(code)
	}
	return e.explained(code, docs+"/errors/"+strconv.Itoa(code))
}

// Known returns the codes that have an entry of their own, in ascending order.
func Known() []int { return slices.Sorted(maps.Keys(known)) }

const docs = "https://www.twilio.com/docs"

// explained makes an Error of a row. The caller may change what it gets.
func (e entry) explained(code int, url string) Error {
	return Error{
		Code: code, Title: e.title, Explanation: e.explanation,
		WhoCanFix: slices.Clone(e.who), Remedy: e.remedy, DocsURL: url,
	}
}
