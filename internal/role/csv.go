package role

import (
	"cmp"
	"encoding/csv"
	"slices"
	"strings"
	"time"

	"github.com/factordesk/factordesk/internal/user"
)

// titles are the first line of CSV.
var titles = []string{"Name", "Email", "Level", "State", "Last signed in", "Permission", "Roles", "Since", "Given by", "Last used"}

// csvOf writes a review as comma-separated values after a line of titles, with a line for
// each thing that somebody may do and one for who may do nothing. Times are RFC 3339 in
// UTC. Nothing in it is a formula to a program that calculates tables.
func csvOf(reviewed []Reviewed) (string, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	lines := [][]string{titles}
	for _, r := range reviewed {
		about := []string{r.User.Name(), r.User.Email, level(r.User), state(r.User), when(r.User.LastSignedInAt)}
		if len(r.Grants) == 0 {
			lines = append(lines, slices.Concat(about, []string{"none", "", "", "", ""}))
		}
		for _, g := range r.Grants {
			var since *time.Time
			if !g.Since.At.IsZero() {
				since = &g.Since.At
			}
			lines = append(lines, slices.Concat(about, []string{
				g.Permission.Name(), cmp.Or(strings.Join(g.Roles, "; "), "Admin level"), when(since), g.By, when(g.LastUsed),
			}))
		}
	}
	for _, line := range lines {
		for i, cell := range line {
			line[i] = plain(cell)
		}
		if err := w.Write(line); err != nil {
			return "", err
		}
	}
	w.Flush()
	return out.String(), w.Error()
}

// plain returns a cell that no program that calculates tables takes for a formula.
func plain(cell string) string {
	if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}

func level(u user.User) string {
	if u.AdminLevel {
		return "Admin-level"
	}
	return "Staff"
}

func state(u user.User) string {
	switch {
	case u.Status == user.Closed:
		return "Closed"
	case u.DisabledAt != nil:
		return "Disabled since " + when(u.DisabledAt)
	case u.Status == user.Frozen:
		return "Frozen"
	case u.Status == user.Registered:
		return "Invited"
	default:
		return "Active"
	}
}

func when(t *time.Time) string {
	if t == nil {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
