package testschema

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"time"
)

// World is what questions are about. Nobody changes it once it is made.
type World struct {
	People  []*Person
	Robots  []*Robot
	Places  []*Place
	Parcels []*Parcel
}

// The people, robots, places and parcels of every world; the last of each is
// broken, and the last but one less so.
const population = 6

// NewWorld makes a world: the same one for the same seed.
func NewWorld(seed uint64) *World {
	w := &World{}
	for range population {
		w.People = append(w.People, &Person{})
		w.Robots = append(w.Robots, &Robot{})
		w.Places = append(w.Places, &Place{})
		w.Parcels = append(w.Parcels, &Parcel{})
	}
	m := maker{rand.New(rand.NewPCG(seed, 1)), w}
	for i := range population {
		m.parcel(w.Parcels[i], i)
		m.place(w.Places[i], i)
		m.robot(w.Robots[i], i)
	}
	for i, p := range w.People {
		m.facts(p, i)
		m.lists(p)
		m.relations(p)
		m.guarded(p)
		if i >= population-2 {
			m.spoil(p)
		}
	}
	return w
}

// maker fills a world.
type maker struct {
	*rand.Rand
	world *World
}

var texts = []string{
	"", "plain", "two words", `"quoted" \ and /`, "tab\tnew\nline\rcarriage", "\x00\x01\x1f\x7f", "\xff\xfeinvalid\xc3", "cut \xe2\x82",
	"line\u2028separator\u2029", "😀👩‍👩‍👧", "<script>&amp;</script>", "é\u0301", "\u202eright to left", "\ufeffmark", "null", "{}", "\ufffd",
	strings.Repeat("long ", 60), "\b\f", "\u0085", "$v0", "日本語",
}

var ints = []int{0, 1, -1, 42, math.MaxInt32, math.MinInt32, math.MaxInt64, math.MinInt64}

var floats = []float64{
	0, math.Copysign(0, -1), 1, -1.5, 0.1, 1e20, 1e21, 1e-6, 1e-7, 123456789.123456789, math.MaxFloat64,
	math.SmallestNonzeroFloat64, 1e100,
}

// unwritable are the floats that JSON has not.
var unwritable = []float64{math.NaN(), math.Inf(1), math.Inf(-1)}

func pick[T any](m maker, from []T) T { return from[m.IntN(len(from))] }

func (m maker) text() string { return pick(m, texts) }
func (m maker) coin() bool   { return m.IntN(2) == 0 }
func (m maker) seldom() bool { return m.IntN(12) == 0 }

func (m maker) float() float64 {
	if m.seldom() {
		return pick(m, unwritable)
	}
	return pick(m, floats)
}

func (m maker) time() time.Time {
	zone := time.FixedZone("", m.IntN(24)*1800-6*3600)
	return time.Date(1+m.IntN(3000), 1, m.IntN(366), m.IntN(24), 0, m.IntN(60), m.IntN(3)*1_500_000, zone)
}

func (m maker) colour() Colour {
	return Colour{uint8(m.IntN(256)), uint8(m.IntN(256)), uint8(m.IntN(256))}
}

func (m maker) mood() Mood { return pick(m, []Mood{"GLAD", "CALM", "SAD"}) }

func (m maker) rank() Rank {
	if m.seldom() {
		return 99 // which enum_values does not know
	}
	return pick(m, []Rank{RankLow, RankHigh})
}

func (m maker) sealed() Sealed {
	return Sealed{For: pick(m, []string{"", "", "p0", "p1"}), Text: m.text()}
}

// maybe gives a pointer, or nil now and then.
func maybe[T any](m maker, value T) *T {
	if m.IntN(4) == 0 {
		return nil
	}
	return &value
}

// some gives a list: nil, empty or of a few elements.
func some[T any](m maker, element func() T) []T {
	n := m.IntN(6) - 2
	if n < -1 {
		return nil
	}
	list := []T{}
	for range max(n, 0) {
		list = append(list, element())
	}
	return list
}

func (m maker) address() Address {
	return Address{Lines: some(m, m.text), Postcode: maybe(m, m.text()), Country: m.text(), Geo: maybe(m, Geo{m.float(), m.float()})}
}

func (m maker) person() *Person { return m.world.People[m.IntN(population)] }
func (m maker) sound() *Person  { return m.world.People[m.IntN(population-2)] }
func (m maker) aRobot() *Robot  { return m.world.Robots[m.IntN(population)] }
func (m maker) aPlace() *Place  { return m.world.Places[m.IntN(population)] }

func (m maker) being() Being {
	switch m.IntN(8) {
	case 0:
		return *m.aRobot()
	case 1, 2:
		return m.aRobot()
	case 3:
		if m.coin() {
			return nil
		}
		return (*Robot)(nil)
	}
	return m.person()
}

func (m maker) thing() Thing {
	switch m.IntN(9) {
	case 0:
		return *m.aRobot()
	case 1:
		return m.aRobot()
	case 2, 3:
		return m.aPlace()
	case 4, 5:
		return m.world.Parcels[m.IntN(population)]
	case 6:
		if m.coin() {
			return nil
		}
		return (*Place)(nil)
	}
	return m.person()
}

func (m maker) parcel(p *Parcel, i int) {
	*p = Parcel{
		ID: fmt.Sprint("c", i), Weight: m.float(), From: m.aPlace(), To: maybe(m, m.address()), Contents: some(m, m.thing),
		Opened: maybe(m, m.time()), Worth: maybe(m, pick(m, ints)), fate: m.Uint64(),
	}
	if i < population-2 && p.To == nil {
		p.To = &Address{}
	}
}

func (m maker) place(p *Place, i int) {
	*p = Place{
		Sign: Sign{ID: fmt.Sprint("l", i), Name: m.text(), Nick: maybe(m, m.text())}, Address: maybe(m, m.address()),
		Extra:  &Extra{Note: maybe(m, m.text()), Remark: m.text()},
		People: some(m, m.person), Rooms: some(m, func() []*Place { return some(m, m.aPlace) }),
	}
	if i == population-1 {
		p.Extra = nil
	}
}

func (m maker) robot(r *Robot, i int) {
	*r = Robot{
		ID: fmt.Sprint("r", i), Name: m.text(), Nick: maybe(m, m.text()), Mood: m.mood(), Friends: some(m, m.being), Boss: m.person(),
		Serial: pick(m, ints), Parts: some(m, func() []string { return some(m, m.text) }), Maker: maybe(m, m.text()),
		broken: i == population-1, fate: m.Uint64(),
	}
}

func (m maker) orNobody() *Person {
	if m.IntN(4) == 0 {
		return nil
	}
	return m.person()
}

func (m maker) orNoRobot() *Robot {
	if m.IntN(4) == 0 {
		return nil
	}
	return m.aRobot()
}
