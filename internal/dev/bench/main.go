// Bench measures what requests cost at the size of a bank:
//
//	make bench                                     both databases, the full size
//	make bench BENCH='--database sqlite --only a'  some of it
//
// It fills a database of its own, starts two servers as processes of their own,
// so that the CPU time and memory of each are its own, and loads them in turn
// over keep-alive connections, each of which asks again once it is answered:
//
//	bench ──┬── fill ──────────────> database
//	        ├── load, round about ─> factordesk   the product's handler, wired for production
//	        │                      > baseline     the same answers, written by hand
//	        └── control ───────────> both         CPU time, memory, allocations, profiles
//
// What is measured:
//
//	a  a profile: user, devices, backup codes, the last 20 texts from the log
//	b  a page of 50 users with their devices
//	c  a sign-in: signIn, sendCode, verifyCode
//	d  prepareBackupCodes and generateBackupCodes
//	e  whether the time of an answer tells who has an account
//	f  a start of the product itself, and the memory in which it then rests
//	g  sign-ins while a million rows that are over are swept
//
// For a and b the answers of both servers are compared first. The session is
// checked and permissions are asked for in both.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if role := os.Getenv(roleVariable); role != "" {
		exit(serve(ctx, role, os.Getenv(databaseVariable), os.Stdin, os.Stdout))
		return
	}
	o, err := parse(os.Args[1:], os.Stderr)
	if errors.Is(err, flag.ErrHelp) {
		return
	}
	if err == nil {
		err = run(ctx, o, os.Stdout, os.Stderr)
	}
	exit(err)
}

func exit(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// options say what to measure.
type options struct {
	users, notifications int
	// expired is how many rows are swept in g.
	expired int
	// signIns and codeSets are how many requests c and d make at each number of
	// connections, at least one a connection.
	signIns, codeSets int
	// probes is how often e types a name of each kind.
	probes int
	// starts is how often f starts the product.
	starts      int
	rounds      int
	duration    time.Duration
	databases   []string
	connections []int
	only        []string
	markdown    string
	profiles    string
}

func parse(args []string, usage io.Writer) (options, error) {
	var o options
	var database, connections, only string
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.SetOutput(usage)
	f.IntVar(&o.users, "users", 100_000, "`number` of customers, each with 3 devices and a set of backup codes")
	f.IntVar(&o.notifications, "notifications", 1_000_000, "`number` of texts in the log")
	f.IntVar(&o.expired, "expired", 1_000_000, "`number` of rows that are over, for g")
	f.IntVar(&o.signIns, "sign-ins", 256, "`number` of sign-ins at each number of connections")
	f.IntVar(&o.codeSets, "code-sets", 32, "`number` of sets of backup codes at each number of connections")
	f.IntVar(&o.probes, "probes", 400, "`number` of names of each kind that e types")
	f.IntVar(&o.starts, "starts", 9, "`number` of starts that f makes")
	f.IntVar(&o.rounds, "rounds", 3, "`number` of rounds, in each of which both servers have their turn; medians are shown")
	f.DurationVar(&o.duration, "duration", 3*time.Second, "how long each turn takes")
	f.StringVar(&database, "database", "both", "sqlite, postgres or both")
	f.StringVar(&connections, "connections", "1,16,64", "`numbers` of connections")
	f.StringVar(&only, "only", "a,b,c,d,e,f,g", "what to measure")
	f.StringVar(&o.markdown, "markdown", "", "`file` to write the report to, too")
	f.StringVar(&o.profiles, "profiles", "", "`directory` to write CPU and allocation profiles of a and b to")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("there is no argument %q", f.Arg(0))
	}
	o.only = strings.Split(only, ",")
	o.databases = strings.Split(strings.Replace(database, "both", "postgres,sqlite", 1), ",")
	for _, n := range strings.Split(connections, ",") {
		many, err := strconv.Atoi(n)
		if err != nil {
			return o, fmt.Errorf("--connections: %q is no number", n)
		}
		o.connections = append(o.connections, many)
	}
	return o, o.check()
}

func (o options) check() error {
	for _, part := range o.only {
		if !slices.Contains([]string{"a", "b", "c", "d", "e", "f", "g"}, part) {
			return fmt.Errorf("--only: there is no %q", part)
		}
	}
	for _, d := range o.databases {
		if d != sqlite && d != postgres {
			return fmt.Errorf("--database: there is no %q", d)
		}
	}
	most := slices.Max(o.connections)
	switch {
	case slices.Min(o.connections) < 1, o.rounds < 1, o.duration <= 0, o.notifications < 0:
		return errors.New("connections, rounds and the duration are above zero")
	case o.starts < 1:
		return errors.New("--starts: there is at least one")
	case o.probes < 1, o.probes > o.users:
		return errors.New("--probes: there is at least one, and no more than there are users")
	case o.users < (2+len(o.connections))*max(o.signIns, o.codeSets, most), o.wants("g") && o.users < 2*max(o.signIns, sweptBeside), o.users < 10:
		return errors.New("--users: c, d and g take each user once, so there are too few")
	}
	return nil
}

// wants reports whether a part is to be measured.
func (o options) wants(part string) bool { return slices.Contains(o.only, part) }
