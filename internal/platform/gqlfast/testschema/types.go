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

// Named is another, which Node has nothing to do with.
type Named interface{ Called() string }

// Being is an interface that implements interfaces.
type Being interface {
	Node
	Named
	Alive()
}

// Thing is a union.
type Thing interface{ Anything() }

// Person is always met as a pointer.
type Person struct {
	ID       string
	Name     string
	Nick     *string
	Mood     Mood
	LastMood *Mood
	Moods    []Mood
	Rank     Rank
	OldRank  *Rank
	Ranks    []*Rank
	Ratio    float64
	Share    *float64
	Shares   []float64
	Count    int
	Limit    *int
	Marks    []*int
	Ok       bool
	Sure     *bool
	Answers  []bool
	Born     Instant
	Died     *Instant
	Days     []Instant
	Colour   Colour
	Tint     *Colour
	Tints    []Colour
	Sealed   Sealed
	Letter   *Sealed
	Letters  []*Sealed
	Tags     []string
	Notes    []*string
	Strict   []*string
	Grid     [][]int
	Ragged   [][]*string

	Home       Address
	Away       *Address
	Work       *Address
	Boss       *Person
	Partner    *Person
	Friends    []Being
	Rivals     []Being
	Pets       []Robot
	Bots       []*Robot
	StrictBots []*Robot
	Rooms      [][]*Place
	Floors     [][]Place
	Thing      Thing
	MustThing  Thing
	Things     []Thing
	Named      Named
	Bag        map[string]any

	Vip    bool
	Salary *int
	Bonus  *int
	Diary  []string
	Spouse *Person
	Clan   []Being
	Pin    *string
	Key    string
	Vault  []*Parcel
	Code   *string
	Twice  *int
	Alibi  *string
	Plate  string

	// broken is someone whose methods panic.
	broken bool
	// fate decides how the methods and resolvers about this person end.
	fate uint64
}

// Robot is met as a value and as a pointer.
type Robot struct {
	ID      string
	Name    string
	Nick    *string
	Mood    Mood
	Friends []Being
	Boss    *Person
	Serial  int
	Parts   [][]string
	Maker   *string

	broken bool
	fate   uint64
}

// Place has fields of embedded structs, one of them by a pointer that may be nil.
type Place struct {
	Sign
	*Extra
	Address *Address
	People  []*Person
	Rooms   [][]*Place
}

// Sign is embedded.
type Sign struct {
	ID   string
	Name string
	Nick *string
}

// Extra is embedded by pointer: where it is nil, reading its fields panics.
type Extra struct {
	Note   *string
	Remark string
}

// Parcel is always met as a pointer.
type Parcel struct {
	ID       string
	Weight   float64
	From     *Place
	To       *Address
	Contents []Thing
	Opened   *Instant
	Worth    *int

	fate uint64
}

// Address is a struct in a struct.
type Address struct {
	Lines    []string
	Postcode *string
	Country  string
	Geo      *Geo
}

// Geo is one more.
type Geo struct{ Lat, Long float64 }

// Filter is an input.
type Filter struct {
	Moods []Mood
	Near  *Near
	Limit *int
}

// Near is an input in an input.
type Near struct {
	Name   string
	Metres *float64
}

// GetID implements Node.
func (p *Person) GetID() string { return p.ID }

// GetID implements Node.
func (r Robot) GetID() string { return r.ID }

// GetID implements Node.
func (p *Place) GetID() string { return p.ID }

// GetID implements Node.
func (p *Parcel) GetID() string { return p.ID }

// Called implements Named.
func (p *Person) Called() string { return p.Name }

// Called implements Named.
func (r Robot) Called() string { return r.Name }

// Called implements Named.
func (p *Place) Called() string { return p.Name }

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

// Anything implements Thing.
func (p *Parcel) Anything() {}
