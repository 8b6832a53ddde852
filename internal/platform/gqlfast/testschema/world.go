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
	People []*Person
	Robots []*Robot
	Places []*Place
}

// The people, robots and places of every world; the last two of the people are
// broken, and the last of the places.
const population = 6

// NewWorld makes a world: the same one for the same seed.
func NewWorld(seed uint64) *World {
	w := &World{}
	for range population {
		w.People = append(w.People, &Person{})
		w.Robots = append(w.Robots, &Robot{})
		w.Places = append(w.Places, &Place{})
	}
	m := maker{rand.New(rand.NewPCG(seed, 1)), w}
	for i := range population {
		*w.Places[i] = Place{Sign: Sign{fmt.Sprint("l", i)}, Extra: &Extra{maybe(m, m.text())}, People: some(m, m.person)}
		*w.Robots[i] = Robot{ID: fmt.Sprint("r", i), Name: m.text(), Friends: some(m, m.being), Maker: maybe(m, m.text())}
	}
	w.Places[population-1].Extra = nil
	for i, p := range w.People {
		m.facts(p, i)
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

// facts fills what a person is.
func (m maker) facts(p *Person, i int) {
	p.ID, p.Name, p.Nick = fmt.Sprint("p", i), m.text(), maybe(m, m.text())
	p.Mood, p.Rank, p.OldRank = pick(m, []Mood{"GLAD", "CALM", "SAD"}), m.rank(), maybe(m, m.rank())
	p.Ratio, p.Count, p.Ok, p.Born = m.float(), pick(m, ints), m.coin(), m.time()
	p.Code, p.Colour = m.text(), Colour{uint8(m.IntN(256)), uint8(m.IntN(256)), uint8(m.IntN(256))}
	p.Sealed = Sealed{For: pick(m, []string{"", "", "p0", "p1"}), Text: m.text()}
	p.Notes = some(m, func() *string { return maybe(m, m.text()) })
	p.Strict = some(m, func() *string { text := m.text(); return &text })
	p.Grid = some(m, func() []int { return some(m, func() int { return pick(m, ints) }) })
	p.fate = m.Uint64()
}

// relations fills whom and what a person knows.
func (m maker) relations(p *Person) {
	p.Home, p.Work = Address{some(m, m.text), m.text()}, &Address{Country: m.text()}
	p.Friends = some(m, m.being)
	p.Pets = some(m, func() Robot { return *m.robot() })
	p.MustThing = m.thing()
	if m.coin() {
		p.Boss, p.Bag = m.person(), map[string]any{"size": m.IntN(9)}
	}
}

// guarded fills what stands behind directives.
func (m maker) guarded(p *Person) {
	p.Vip, p.Bonus, p.Twice = m.coin(), maybe(m, pick(m, ints)), maybe(m, 2)
	p.Diary, p.Spouse = some(m, m.text), m.person()
	p.Pin, p.Alibi, p.Vault = maybe(m, m.text()), maybe(m, m.text()), some(m, m.place)
}

// spoil makes a person of whom much is wrong: nil where null is forbidden, times
// of which there is nothing to write, and methods that panic.
func (m maker) spoil(p *Person) {
	p.broken = m.coin()
	wrongs := []func(){
		func() { p.Born = time.Time{} },
		func() { p.Strict = append(p.Strict, nil) },
		func() { p.Work = nil },
		func() { p.MustThing = nil },
		func() { p.MustThing = (*Robot)(nil) },
		func() { p.Bonus = nil },
		func() { p.Ratio = pick(m, unwritable) },
		func() { p.Bag = map[string]any{"size": "not a number"} },
	}
	for _, wrong := range wrongs {
		if m.IntN(3) > 0 {
			wrong()
		}
	}
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

// maybe returns a pointer, or nil now and then.
func maybe[T any](m maker, value T) *T {
	if m.IntN(4) == 0 {
		return nil
	}
	return &value
}

// some returns a list: nil, empty or of a few elements.
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

func (m maker) rank() Rank {
	if m.seldom() {
		return 99 // which enum_values does not know
	}
	return pick(m, []Rank{RankLow, RankHigh})
}

func (m maker) person() *Person { return m.world.People[m.IntN(population)] }
func (m maker) robot() *Robot   { return m.world.Robots[m.IntN(population)] }
func (m maker) place() *Place   { return m.world.Places[m.IntN(population)] }

func (m maker) being() Being {
	switch m.IntN(16) {
	case 0, 1:
		return *m.robot()
	case 2, 3, 4, 5:
		return m.robot()
	case 6:
		return (*Robot)(nil)
	case 7:
		return pick(m, []Being{nil, Ghost{}})
	}
	return m.person()
}

func (m maker) thing() Thing {
	return []Thing{*m.robot(), m.robot(), m.place(), m.person()}[m.IntN(4)]
}
