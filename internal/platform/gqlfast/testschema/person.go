package testschema

import (
	"fmt"
	"time"
)

// facts fills what a person has one of.
func (m maker) facts(p *Person, i int) {
	p.ID, p.Name, p.Nick = fmt.Sprint("p", i), m.text(), maybe(m, m.text())
	p.Mood, p.LastMood, p.Rank, p.OldRank = m.mood(), maybe(m, m.mood()), m.rank(), maybe(m, m.rank())
	p.Ratio, p.Share = m.float(), maybe(m, m.float())
	p.Count, p.Limit = pick(m, ints), maybe(m, pick(m, ints))
	p.Ok, p.Sure = m.coin(), maybe(m, m.coin())
	p.Born, p.Died = m.time(), maybe(m, m.time())
	p.Colour, p.Tint = m.colour(), maybe(m, m.colour())
	p.Sealed, p.Letter = m.sealed(), maybe(m, m.sealed())
	p.Home, p.Away, p.Work = m.address(), maybe(m, m.address()), &Address{Country: m.text()}
	p.fate = m.Uint64()
	if m.coin() {
		p.Bag = map[string]any{"size": m.IntN(9), "label": m.text()}
	}
}

// lists fills what a person has several of.
func (m maker) lists(p *Person) {
	p.Moods, p.Ranks = some(m, m.mood), some(m, func() *Rank { return maybe(m, m.rank()) })
	p.Shares, p.Marks = some(m, m.float), some(m, func() *int { return maybe(m, pick(m, ints)) })
	p.Answers, p.Days = some(m, m.coin), some(m, m.time)
	p.Tints, p.Letters = some(m, m.colour), some(m, func() *Sealed { return maybe(m, m.sealed()) })
	p.Tags, p.Notes = some(m, m.text), some(m, func() *string { return maybe(m, m.text()) })
	p.Strict = some(m, func() *string { text := m.text(); return &text })
	p.Grid = some(m, func() []int { return some(m, func() int { return pick(m, ints) }) })
	p.Ragged = some(m, func() []*string { return some(m, func() *string { return maybe(m, m.text()) }) })
}

// relations fills whom and what a person knows.
func (m maker) relations(p *Person) {
	p.Boss, p.Partner = m.orNobody(), m.sound()
	p.Friends, p.Rivals = some(m, m.being), some(m, m.being)
	p.Pets = some(m, func() Robot { return *m.aRobot() })
	p.Bots = some(m, m.orNoRobot)
	p.StrictBots = some(m, m.aRobot)
	p.Rooms = some(m, func() []*Place { return some(m, m.aPlace) })
	p.Floors = some(m, func() []Place { return some(m, func() Place { return *m.aPlace() }) })
	p.Thing, p.MustThing, p.Things = m.thing(), m.sound(), some(m, m.thing)
	p.Named = m.sound()
}

// guarded fills what stands behind directives.
func (m maker) guarded(p *Person) {
	p.Vip, p.Salary, p.Bonus = m.coin(), maybe(m, pick(m, ints)), maybe(m, pick(m, ints))
	p.Diary, p.Spouse, p.Clan = some(m, m.text), m.person(), some(m, m.being)
	p.Pin, p.Key, p.Code, p.Twice = maybe(m, m.text()), m.text(), maybe(m, m.text()), maybe(m, 2)
	p.Alibi, p.Plate = maybe(m, m.text()), m.text()
	p.Vault = some(m, func() *Parcel { return m.world.Parcels[m.IntN(population)] })
}

// spoil makes a person of whom much is wrong: nil where null is forbidden, times
// of which there is nothing to write, and methods that panic.
func (m maker) spoil(p *Person) {
	p.broken = m.coin()
	wrongs := []func(){
		func() { p.Born = time.Time{} },
		func() { p.Days = append(p.Days, time.Time{}) },
		func() { p.Strict = append(p.Strict, nil) },
		func() { p.Work = nil },
		func() { p.Partner = nil },
		func() { p.StrictBots = append(p.StrictBots, nil, m.aRobot()) },
		func() { p.MustThing = nil },
		func() { p.MustThing = (*Robot)(nil) },
		func() { p.Named = nil },
		func() { p.Bonus = nil },
		func() { p.Ratio = pick(m, unwritable) },
		func() { p.Bag = map[string]any{"size": "not a number"} },
		func() { p.Floors = append(p.Floors, []Place{{Sign: Sign{ID: "none"}}}) },
	}
	for _, wrong := range wrongs {
		if m.IntN(3) > 0 {
			wrong()
		}
	}
}
