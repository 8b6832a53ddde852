package main

import (
	"context"
	"fmt"
	"net"
	"strings"

	"github.com/factordesk/factordesk/internal/config"
	"github.com/factordesk/factordesk/internal/twiliosandbox"
)

type sandboxCmd struct {
	Addr     string   `name:"sandbox-addr" env:"FACTORDESK_SANDBOX_ADDR" default:"127.0.0.1:8081" help:"Where to listen." placeholder:"HOST:PORT"`
	Account  []string `help:"Account as SID:TOKEN:SENDER; repeat it. Without any, each account is made by its first request." placeholder:"ACCOUNT"`
	LogLevel string   `env:"FACTORDESK_LOG_LEVEL" enum:"debug,info,warn,error" default:"info" help:"debug, info, warn or error."`
}

// Run serves the sandbox until ctx ends.
func (c *sandboxCmd) Run(ctx context.Context, s streams) error {
	log := newLogger(s.Err, c.LogLevel, config.Development)
	cfg := twiliosandbox.Config{Open: len(c.Account) == 0, Log: log}
	for _, a := range c.Account {
		parts := strings.Split(a, ":")
		if len(parts) != 3 {
			return settingsError{fmt.Errorf("--account is SID:TOKEN:SENDER")}
		}
		cfg.Accounts = append(cfg.Accounts, twiliosandbox.Account{SID: parts[0], Token: parts[1], From: parts[2]})
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s (FACTORDESK_SANDBOX_ADDR): %w", c.Addr, err)
	}
	sandbox := twiliosandbox.New(cfg)
	failed := make(chan error, 1)
	srv := newHTTPServer("sandbox", sandbox, failed, log).patient()
	srv.start(listener)
	_, _ = fmt.Fprintf(s.Out, "A Twilio for tests is ready at http://%s; its phones are at http://%[1]s/sandbox/\n", listener.Addr())
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	sandbox.Close()
	srv.shutdown(log)
	return err
}
