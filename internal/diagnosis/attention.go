package diagnosis

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/device"
	"github.com/factordesk/factordesk/internal/institution"
	"github.com/factordesk/factordesk/internal/notification"
	"github.com/factordesk/factordesk/internal/platform/phone"
	"github.com/factordesk/factordesk/internal/user"
)

// look is a look at one user, by one viewer.
type look struct {
	Subject
	institution                  institution.Institution
	messages                     map[way][]notification.Notification
	now                          time.Time
	mayMakeCodes, mayReadHistory bool
}

// findings returns what needs attention, the gravest first; none where all is well.
func (l look) findings() []Finding {
	if l.User.Left() {
		return []Finding{l.left()}
	}
	found := []Finding{} // which is not null
	found = append(found, l.account()...)
	for _, d := range l.Devices {
		found = append(found, l.device(d)...)
	}
	found = append(found, l.codes()...)
	slices.SortStableFunc(found, func(a, b Finding) int { return cmp.Compare(rank[a.Severity], rank[b.Severity]) })
	return found
}

// left says why nothing else about the user matters: no code gets them in.
func (l look) left() Finding {
	if l.User.DisabledAt != nil {
		return Finding{Kind: AccountDisabled, Severity: Bad, Title: "Account disabled",
			Advice: "They are answered as if the password were wrong, whatever they type, and get no code. Who may manage staff can enable the account again."}
	}
	return Finding{Kind: AccountClosed, Severity: Bad, Title: "Account closed",
		Advice: "They are answered as if the password were wrong, whatever they type, and get no code. It can’t be opened again."}
}

var rank = map[Severity]int{Bad: 0, Warning: 1, Note: 2}

// enrolling reports whether a code may still be the first proof of a device.
func (l look) enrolling() bool {
	return l.User.Status == user.Registered || l.User.Status == user.Enrolling
}

func (l look) account() (found []Finding) {
	if l.User.Status == user.Frozen {
		found = append(found, Finding{Kind: Frozen, Severity: Bad, Place: new(AtFreeze), Title: "Device changes are frozen",
			Advice: "No device can be added, changed or removed until staff have looked at the account. Ask whether each device below is theirs: suspended ones sign nobody in."})
	}
	if l.User.Waits() {
		found = append(found, Finding{Kind: AddressNotProved, Severity: Warning, Title: "Address not proved",
			Advice: "Somebody registered with this address and has not entered the code from its mailbox, so it may be another person’s. They prove it when they next sign in. Be sure who they are before you do anything for them."})
	}
	works := slices.ContainsFunc(l.Devices, func(d device.Device) bool { return device.Usable(l.institution, d) })
	switch {
	case len(l.Devices) == 0:
		found = append(found, l.byCodes(Finding{Kind: NoDevice, Severity: Bad, Title: "No two-factor device"},
			"No code can reach this person.", "Have them add a device when they are signed in."))
	case l.enrolling():
		title := "Not enrolled yet"
		if l.User.Status == user.Enrolling {
			title = "Enrollment is under way"
		}
		found = append(found, l.byCodes(Finding{Kind: NotEnrolled, Severity: Warning, Title: title},
			"They have not finished setting up a second factor. If codes can’t reach their phone:", ""))
	case !works && l.live() > 0:
		found = append(found, l.byCodes(Finding{Kind: NoPermittedWay, Severity: Warning, Title: "Only backup codes are left"},
			"None of their devices can be used to sign in.", "Have them add a device when they are signed in."))
	case !works:
		found = append(found, l.byCodes(Finding{Kind: NoPermittedWay, Severity: Bad, Title: "No way to sign in is left"},
			"None of their devices can be used: they are not confirmed, off or suspended, or "+l.institution.Name+" does not permit their kind.",
			"Have them add a device when they are signed in."))
	}
	return found
}

// live is how many backup codes the user can still use.
func (l look) live() (n int) {
	for _, s := range l.Sets {
		n += s.Remaining
	}
	return n
}

// byCodes completes a finding that backup codes help with: by those that there are, or
// by new ones, as far as the viewer may make them.
func (l look) byCodes(f Finding, why, then string) Finding {
	f.Place = new(AtBackupCodes)
	how := "Be sure who they are, then generate backup codes."
	switch n := l.live(); {
	case n == 1:
		how = "They have one unused backup code: have them use it."
	case n > 1:
		how = fmt.Sprintf("They have %d unused backup codes: have them use one.", n)
	case !l.mayMakeCodes:
		how, f.Place = "Staff who hold “"+auth.GenerateLockoutCodes.Name()+"” can make backup codes for them.", nil
	}
	f.Advice = why + " " + how
	if then != "" {
		f.Advice += " " + then
	}
	return f
}

func (l look) codes() (found []Finding) {
	for _, s := range l.Sets {
		if s.Remaining == 0 || s.ExpiresAt == nil || s.ExpiresAt.Sub(l.now) > backupCodesExpires {
			continue
		}
		left := fmt.Sprintf("%d unused codes stop", s.Remaining)
		if s.Remaining == 1 {
			left = "1 unused code stops"
		}
		found = append(found, Finding{Kind: BackupCodesExpire, Severity: Warning, Place: new(AtBackupCodes),
			Title: "Backup codes are about to expire", Advice: left + " working within 2 hours. Have them used before then."})
	}
	return found
}

// called is what a device is called: without giving all of a number away in a list.
func called(d device.Device) string {
	switch d := d.(type) {
	case *device.Phone:
		return phone.Mask(d.PhoneNumber)
	case *device.Email:
		return d.Address
	default:
		return cmp.Or(d.Common().Label, "The authenticator app")
	}
}
