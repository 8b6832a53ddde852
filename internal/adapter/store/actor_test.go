package store

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/auth"
	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/id"
	"github.com/factordesk/factordesk/internal/role"
	"github.com/factordesk/factordesk/internal/user"
)

// acts change what FindActor says of someone who is signed in.
var acts = map[string]func(ctx context.Context, db *DB, s auth.Session) error{
	"ending a session": func(ctx context.Context, db *DB, s auth.Session) error {
		_, err := db.EndSessionOf(ctx, s.UserID, s.ID, now)
		return err
	},
	"ending all": func(ctx context.Context, db *DB, s auth.Session) error {
		_, err := db.EndSessionsOf(ctx, s.UserID, "", now)
		return err
	},
	"renewing": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.RenewSession(ctx, auth.Session{UserID: s.UserID, ID: s.ID, TokenHash: auth.HashToken(auth.NewToken()), LastUsedAt: now, FactorAt: now})
	},
	"closing": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.SetUserStatus(ctx, s.InstitutionID, s.UserID, user.Closed)
	},
	"disabling": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.DisableUser(ctx, s.InstitutionID, s.UserID, now)
	},
	"leaving": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.CloseUser(ctx, s.InstitutionID, s.UserID)
	},
	"freezing": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.FreezeUser(ctx, s.InstitutionID, s.UserID, now)
	},
	"granting": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.GrantRole(ctx, s.InstitutionID, s.UserID, user.Role{ID: id.New(id.Role), Name: "Some", Permissions: auth.Permissions()})
	},
	"saving what staff may do": func(ctx context.Context, db *DB, s auth.Session) error {
		_, err := db.SetAccess(ctx, s.InstitutionID, role.Access{UserID: s.UserID})
		return err
	},
	"removing": func(ctx context.Context, db *DB, s auth.Session) error {
		return db.RemovePermissions(ctx, s.InstitutionID, s.UserID, auth.Permissions())
	},
}

func testActors(t *testing.T, db *DB) {
	harbor := newBank(t, db)
	var told []string
	db.WatchActors(func(userID string) { told = append(told, userID) })
	for name, act := range acts {
		t.Run(name+" is told at once", func(t *testing.T) {
			s := harbor.session(harbor.user(staff))
			told = nil

			check(t, act(t.Context(), db, s))

			same(t, told, []string{s.UserID})
		})

		t.Run(name+" in a transaction is told at its end, however it ends", func(t *testing.T) {
			for _, outcome := range []error{nil, errors.New("no")} {
				s := harbor.session(harbor.user(staff))
				told = nil

				err := db.InTx(t.Context(), func(ctx context.Context) error {
					check(t, act(ctx, db, s))
					same(t, len(told), 0)
					return outcome
				})

				same(t, errors.Is(err, outcome), true)
				same(t, told, []string{s.UserID})
			}
		})
	}

	t.Run("when it is told others can read it", func(t *testing.T) {
		s := harbor.session(harbor.user())
		var found error
		db.WatchActors(func(userID string) {
			if userID == s.UserID {
				_, _, found = db.FindActor(t.Context(), s.TokenHash)
			}
		})

		check(t, db.InTx(t.Context(), func(ctx context.Context) error { return acts["ending all"](ctx, db, s) }))

		wantCode(t, found, fault.NotFound)
	})
}

// quiet are the writes to what FindActor reads after which there is nothing to
// tell.
var quiet = map[string]string{
	"SetMailRefused": "no actor shows whether an address refuses mail",
	"rewriteUsers":   "no actor shows what a search finds",
	"rewriteEmail":   "no actor has an address",
	"CreateSession":  "no actor shows when somebody signed in",
	"createSession":  "nobody was told its token yet",
	"CreateRole":     "nobody holds a role that was not there",
	"CreateUser":     "nobody is signed in as a user who was not there",
	"TouchSession":   "who keeps an actor knows when the next touch is due",
	"LockUser":       "it changes nothing",
	"RehashPassword": "what FindActor returns depends on no password",
}

func TestActors_EveryWriteToWhatTheyAreMadeOfTells(t *testing.T) {
	writes := regexp.MustCompile(`(UPDATE|INSERT INTO|DELETE FROM) (sessions|users|user_roles|roles)\b`)
	unseen := maps.Clone(quiet)
	for _, decl := range declarations(t) {
		name, written, tells := "a declaration", "", false
		if function, ok := decl.(*ast.FuncDecl); ok {
			name = function.Name.Name
		}
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				written += writes.FindString(n.Value)
			case *ast.SelectorExpr:
				tells = tells || n.Sel.Name == "actorChanged"
			}
			return true
		})
		if _, isQuiet := quiet[name]; written != "" && tells == isQuiet {
			t.Errorf("%s: %q: it calls actorChanged: %t; it is among the quiet: %t", name, written, tells, isQuiet)
		}
		if written != "" {
			delete(unseen, name)
		}
	}
	if len(unseen) > 0 {
		t.Errorf("%v are among the quiet and write nothing", slices.Sorted(maps.Keys(unseen)))
	}
}

// declarations returns what this package declares, tests apart.
func declarations(t *testing.T) []ast.Decl {
	t.Helper()
	files, err := filepath.Glob("*.go")
	check(t, err)
	var found []ast.Decl
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		check(t, err)
		found = append(found, parsed.Decls...)
	}
	return found
}
