package user

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/clock"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/platform/message"
	"github.com/factordesk/factordesk/internal/platform/page"
	"github.com/factordesk/factordesk/internal/platform/text"
)

// Role is a named set of permissions that staff of an institution may have.
type Role struct {
	ID          string
	Name        string
	Permissions []auth.Permission
}

// Hasher hashes passwords.
type Hasher interface {
	Hash(ctx context.Context, plain string) (string, error)
	// HashBeside hashes so that it takes no longer to check both than one of them.
	HashBeside(ctx context.Context, other, plain string) (string, error)
}

// Service keeps the rules of users.
type Service struct {
	Store  Store
	Hasher Hasher
	Clock  clock.Clock
}

// New is what is given to create a user.
type New struct {
	InstitutionID string
	Kind          auth.Kind
	Status        Status
	Email         string
	FirstName     string
	LastName      string
	Password      string
	// Beside is the hash of the password of another who has the address; empty for none.
	Beside string
	// FirstPassword tells that somebody else knows the password, which the user is to
	// replace within FirstPasswordLifetime.
	FirstPassword bool
	// Language is English if it is left out.
	Language   message.Language
	AdminLevel bool
}

// Create makes a user for whose address the institution vouches: INVALID_INPUT, or
// CONFLICT if another one owns it. Who may create users is the caller's business.
func (s *Service) Create(ctx context.Context, n New) (User, error) {
	made, hash, err := s.Draft(ctx, n)
	if err != nil {
		return User{}, err
	}
	return made, s.Store.CreateUser(ctx, made, hash)
}

// Draft returns a user as Create makes it and the hash of the password, for whoever
// writes them together with more: INVALID_INPUT.
func (s *Service) Draft(ctx context.Context, n New) (u User, hash string, err error) {
	if u, err = s.draft(n); err != nil {
		return User{}, "", err
	}
	if err := CheckPassword("password", n.Password, n.Email, n.FirstName, n.LastName); err != nil {
		return User{}, "", err
	}
	if n.Beside == "" {
		hash, err = s.Hasher.Hash(ctx, Hashed(n.Password))
	} else {
		hash, err = s.Hasher.HashBeside(ctx, n.Beside, Hashed(n.Password))
	}
	return u, hash, err
}

// DraftInvited returns a user as Draft does, who has no password yet, and a hash that no
// password has: INVALID_INPUT.
func (s *Service) DraftInvited(ctx context.Context, n New) (u User, hash string, err error) {
	if u, err = s.draft(n); err != nil {
		return User{}, "", err
	}
	hash, err = s.Hasher.Hash(ctx, auth.NewToken())
	return u, hash, err
}

func (s *Service) draft(n New) (User, error) {
	email, err := ParseEmail("email", n.Email)
	if err != nil {
		return User{}, err
	}
	for field, name := range map[string]string{"firstName": n.FirstName, "lastName": n.LastName} {
		if err := checkName(field, name); err != nil {
			return User{}, err
		}
	}
	if n.Language != "" && !slices.Contains(message.Languages(), n.Language) {
		return User{}, fault.Invalid("language", "%q is none of the languages.", n.Language)
	}
	now := s.Clock.Now()
	u := User{
		ID: id.New(id.User), InstitutionID: n.InstitutionID, Kind: n.Kind, Status: n.Status, Email: email,
		FirstName: strings.TrimSpace(n.FirstName), LastName: strings.TrimSpace(n.LastName),
		Language: cmp.Or(n.Language, message.English), AdminLevel: n.AdminLevel && n.Kind == auth.Staff, CreatedAt: now, EmailProvedAt: now,
	}
	if n.FirstPassword {
		u.PasswordExpiresAt = new(now.Add(FirstPasswordLifetime))
	}
	return u, nil
}

// ParseEmail returns an address as text.Address does: INVALID_INPUT for the named field
// if it is none.
func ParseEmail(field, s string) (string, error) {
	email, ok := text.Address(s)
	if !ok {
		return "", fault.Invalid(field, "Give an email address, such as ann@example.com.")
	}
	return email, nil
}

func checkName(field, name string) error {
	name = strings.TrimSpace(name)
	if !text.IsName(name, 100) {
		return fault.Invalid(field, "A name has 1 to 100 characters that can be seen, and none that can't.")
	}
	return nil
}

// Self returns the actor's own user.
func (s *Service) Self(ctx context.Context) (User, error) {
	actor, err := auth.InSession(ctx)
	if err != nil {
		return User{}, err
	}
	return s.Store.FindUser(ctx, actor.InstitutionID, actor.UserID)
}

// Find returns a user as the function Find does.
func (s *Service) Find(ctx context.Context, userID string) (User, error) {
	return Find(ctx, userID, s.Store.FindUser)
}

// Find returns a user of the actor's institution, as read finds it, to the user
// itself and to staff who hold VIEW_USERS. A user of another institution is
// NOT_FOUND.
func Find(ctx context.Context, userID string, read func(ctx context.Context, institutionID, userID string) (User, error)) (User, error) {
	actor, err := auth.RequireOwnerOr(ctx, userID, auth.ViewUsers)
	if err != nil {
		return User{}, err
	}
	return find(ctx, actor, userID, read)
}

// FindAll returns users of the actor's institution by id, to staff who hold
// VIEW_USERS; those that there are not are left out.
func (s *Service) FindAll(ctx context.Context, userIDs []string) (map[string]*User, error) {
	actor, err := auth.Require(ctx, auth.ViewUsers)
	if err != nil {
		return nil, err
	}
	found, err := s.Store.FindUsers(ctx, actor.InstitutionID, userIDs)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*User, len(found))
	for _, u := range found {
		byID[u.ID] = &u
	}
	return byID, nil
}

// Target returns a user of the actor's institution on whom the actor means to act;
// the permission for the act is the caller's business.
func (s *Service) Target(ctx context.Context, userID string) (User, error) {
	actor, err := auth.SignedIn(ctx)
	if err != nil {
		return User{}, err
	}
	return find(ctx, actor, userID, s.Store.FindUser)
}

func find(ctx context.Context, actor auth.Actor, userID string, read func(ctx context.Context, institutionID, userID string) (User, error)) (User, error) {
	if !id.Is(id.User, userID) {
		return User{}, fault.Errorf(fault.NotFound, "There is no such user.")
	}
	return read(ctx, actor.InstitutionID, userID)
}

// Filter is what staff ask for.
type Filter struct {
	// Search is the beginning of any word of a name, of an email address, of an id or of a
	// phone number, or the end of a number.
	Search string
	Kind   auth.Kind
	First  *int
	After  string
}

// Page is a page of users.
type Page struct {
	Matches []Match
	HasNext bool
}

// Cursor is the place after a match.
func (m Match) Cursor() string { return page.Encode(m.Key, m.User.ID) }

// Search returns a page of users as the function Search does.
func (s *Service) Search(ctx context.Context, f Filter) (Page, error) {
	return Search(ctx, f, s.Store.ListUsers)
}

// Search returns a page of the users of the actor's institution, as list reads them,
// for staff who hold VIEW_USERS: INVALID_INPUT for a search of over 100 characters,
// a page size outside 1 to 100 or a foreign cursor.
func Search(ctx context.Context, f Filter, list func(ctx context.Context, q Query) ([]Match, error)) (Page, error) {
	return SearchBy(ctx, auth.ViewUsers, f, list)
}

// SearchBy returns a page of users as Search does, for staff who hold a permission.
func SearchBy(ctx context.Context, p auth.Permission, f Filter, list func(ctx context.Context, q Query) ([]Match, error)) (Page, error) {
	actor, err := auth.Require(ctx, p)
	if err != nil {
		return Page{}, err
	}
	q := Query{InstitutionID: actor.InstitutionID, Kind: f.Kind}
	if q.Limit, err = page.First(f.First, 20); err != nil {
		return Page{}, err
	}
	if utf8.RuneCountInString(f.Search) > 100 || !utf8.ValidString(f.Search) || strings.ContainsFunc(f.Search, unicode.IsControl) {
		return Page{}, fault.Invalid("search", "Search for 100 characters at most.")
	}
	switch p := prefix(f.Search); {
	case p != "":
		q.From, q.To = p, after(p)
	case text.Typed(f.Search) != "": // nothing is found by an apostrophe
		return Page{}, nil
	}
	if f.After != "" {
		key, err := page.Decode(f.After, 2)
		if err != nil {
			return Page{}, err
		}
		q.AfterKey, q.AfterID = key[0], key[1]
	}
	q.Limit++
	matches, err := list(ctx, q)
	if err != nil {
		return Page{}, err
	}
	if len(matches) == q.Limit {
		return Page{Matches: matches[:q.Limit-1], HasNext: true}, nil
	}
	return Page{Matches: matches}, nil
}
