package testschema

// Mood is an enum in plain Go.
type Mood string

// Rank is an enum that enum_values maps.
type Rank int

// The ranks.
const (
	RankLow Rank = iota + 1
	RankHigh
)

// Right is what the guard @may asks about.
type Right string

// The rights.
const (
	RightRead Right = "READ"
	RightPay  Right = "PAY"
)

// Node is an interface that pointers and values implement.
type Node interface{ GetID() string }

// Being is an interface that implements an interface.
type Being interface {
	Node
	Alive()
}

// Thing is a union.
type Thing interface{ Anything() }

// Person is met as a pointer and, in lists, as a value.
type Person struct {
	ID      string
	Name    string
	Nick    *string
	Mood    Mood
	Rank    Rank
	OldRank *Rank
	Ratio   float64
	Count   int
	Ok      bool
	Born    Instant
	Code    string
	Colour  Colour
	Sealed  Sealed
	Notes   []*string
	Strict  []*string
	Grid    [][]int

	Home      Address
	Work      *Address
	Boss      *Person
	Friends   []Being
	Pets      []Robot
	MustThing Thing
	Bag       map[string]any

	Vip    bool
	Bonus  *int
	Diary  []string
	Spouse *Person
	Twice  *int
	Pin    *string
	Vault  []*Place
	Alibi  *string

	// broken is someone whose methods panic.
	broken bool
	// fate decides how the methods and resolvers about this person end.
	fate uint64
}

// Robot is met as a value and as a pointer.
type Robot struct {
	ID      string
	Name    string
	Friends []Being
	Maker   *string
}

// Ghost is a being that the schema does not know.
type Ghost struct{ Robot }

// Place has fields of embedded structs, one of them by a pointer that may be nil.
type Place struct {
	Sign
	*Extra
	People []*Person
}

// Sign is embedded.
type Sign struct{ ID string }

// Extra is embedded by pointer: where it is nil, reading its field panics.
type Extra struct{ Note *string }

// Address is a struct in a struct.
type Address struct {
	Lines   []string
	Country string
}

// Filter is an input.
type Filter struct {
	Moods []Mood
	Limit *int
}

// GetID implements Node.
func (p *Person) GetID() string { return p.ID }

// GetID implements Node.
func (r Robot) GetID() string { return r.ID }

// GetID implements Node.
func (p *Place) GetID() string { return p.ID }

// Alive implements Being.
func (p *Person) Alive() {}

// Alive implements Being.
func (r Robot) Alive() {}

// Anything implements Thing.
func (p *Person) Anything() {}

// Anything implements Thing.
func (r Robot) Anything() {}

// Anything implements Thing.
func (p *Place) Anything() {}
