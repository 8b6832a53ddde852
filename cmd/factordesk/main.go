// Command factordesk is the second-factor desk of a digital bank: the server, and
// what an operator needs around it.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/factordesk/factordesk/internal/platform/fault"
	"github.com/factordesk/factordesk/internal/platform/gctune"
)

// Exit codes.
const (
	exitOK       = 0
	exitFailed   = 1
	exitSettings = 2
)

type cli struct {
	Serve       serveCmd       `cmd:"" help:"Serve the API."`
	Migrate     migrateCmd     `cmd:"" help:"Bring the database's schema up to date, or look at it."`
	Institution institutionCmd `cmd:"" help:"Make institutions, and see them."`
	Staff       staffCmd       `cmd:"" help:"Make, see and help staff users."`
	User        userCmd        `cmd:"" help:"See a user and help them where no page can."`
	Provider    providerCmd    `cmd:"" help:"See and mend an institution's accounts at Twilio."`
	Sandbox     sandboxCmd     `cmd:"" help:"Serve a Twilio for tests on loopback."`
	Jobs        jobsCmd        `cmd:"" help:"See what waits to be done, and what was given up."`
	Audit       auditCmd       `cmd:"" help:"Check the audit record."`
	Keys        keysCmd        `cmd:"" help:"Make and rotate the keyset."`
	Version     versionCmd     `cmd:"" help:"Print what the program was built from."`
}

// settingsError is a wrong or missing setting: one line, exit code 2.
type settingsError struct{ error }

func (e settingsError) Unwrap() error { return e.error }

// streams are where a command reads and writes.
type streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

func main() {
	gctune.Tune()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	os.Exit(run(ctx, os.Args[1:], streams{os.Stdin, os.Stdout, os.Stderr}))
}

func run(ctx context.Context, args []string, s streams) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c, kong.Name("factordesk"),
		kong.Description("The second-factor desk of a digital bank. Settings come from flags or, where there are none, from the environment."),
		kong.Writers(s.Out, s.Err), kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s))
	if err != nil {
		return fail(s, err)
	}
	parsed, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help was answered
		return exited
	case err != nil:
		return fail(s, settingsError{withoutURLs(err, args)})
	}
	if err := parsed.Run(); err != nil {
		return fail(s, err)
	}
	return exitOK
}

// withoutURLs takes URLs, which may hold a password, out of what is said about
// wrong arguments.
func withoutURLs(err error, args []string) error {
	message := err.Error()
	for _, arg := range args {
		if strings.Contains(arg, "://") {
			message = strings.ReplaceAll(message, arg, "URL")
		}
	}
	return errors.New(message)
}

// fail prints one line and returns the exit code.
func fail(s streams, err error) int {
	var shown *fault.Error
	message := err.Error()
	if errors.As(err, &shown) {
		message = strings.Replace(message, shown.Error(), shown.Message, 1)
	}
	_, _ = fmt.Fprintln(s.Err, "factordesk: "+strings.ReplaceAll(message, "\n", "; "))
	var settings settingsError
	if errors.As(err, &settings) || fault.CodeOf(err) == fault.InvalidInput {
		return exitSettings
	}
	return exitFailed
}
