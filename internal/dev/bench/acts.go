package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync/atomic"
	"time"
)

// work hands out steps, each to the connection that is free next.
func work(steps int, step func(n, connection int) (request []byte, done func(answer []byte) error)) source {
	var taken atomic.Int64
	return func(connection int) ([]byte, func([]byte) error) {
		n := int(taken.Add(1)) - 1
		if n >= steps {
			return nil, nil
		}
		return step(n, connection)
	}
}

// step measures one act of the desk, so many times. Answers with errors, such as
// those that come too late, are shown and not fatal.
func (b *bench) step(ctx context.Context, name string, connections, steps int, step func(n, connection int) ([]byte, func([]byte) error)) (sample, error) {
	if steps == 0 {
		b.report.note("%d connections: no %s, because nothing before it succeeded.", connections, name)
		return sample{}, nil
	}
	s, err := b.measure(ctx, b.desk, connections, work(steps, step))
	if err != nil {
		return s, fmt.Errorf("%s: %w", name, err)
	}
	b.report.add(connections, name, s)
	if s.failures > 0 {
		b.report.note("%d connections: %d of %d answers to %s failed, one with `%s`.", connections, s.failures, steps, name, s.failure)
	}
	return s, nil
}

// signIn is one customer on the way in.
type signIn struct {
	customer          int
	challenge, option string
	code              string
}

// signIns measures c. Each customer signs in once, because a device gets a code
// every 30 s only.
func (b *bench) signIns(ctx context.Context, connections, first int) error {
	ins := make([]signIn, max(b.options.signIns, connections))
	_, err := b.step(ctx, "signIn", connections, len(ins), func(n, _ int) ([]byte, func([]byte) error) {
		ins[n].customer = first + n
		input := map[string]any{"institution": slug, "username": b.crowd.user(first + n).Email, "password": password}
		return post(signInDocument, "", map[string]any{"input": input}), ins[n].begun
	})
	if err != nil {
		return err
	}
	ins = slices.DeleteFunc(ins, func(s signIn) bool { return s.challenge == "" })
	input := func(n int) map[string]any {
		return map[string]any{"challengeId": ins[n].challenge, "optionId": ins[n].option}
	}
	_, err = b.step(ctx, "sendCode", connections, len(ins), func(n, _ int) ([]byte, func([]byte) error) {
		return post(sendCodeDocument, "", map[string]any{"input": input(n)}), nil
	})
	if err != nil {
		return err
	}
	for n := range ins {
		if err := b.desk.ask(ctx, "GET", "/code/"+b.crowd.user(ins[n].customer).ID, &ins[n].code); err != nil {
			return err
		}
	}
	ins = slices.DeleteFunc(ins, func(s signIn) bool { return s.code == "" })
	_, err = b.step(ctx, "verifyCode", connections, len(ins), func(n, _ int) ([]byte, func([]byte) error) {
		right := input(n)
		right["code"] = ins[n].code
		return post(verifyCodeDocument, "", map[string]any{"input": right}), nil
	})
	return err
}

// begun takes the challenge out of an answer.
func (s *signIn) begun(answer []byte) error {
	var a struct {
		Data struct {
			SignIn struct {
				Challenge struct {
					ID      string
					Options []struct{ ID string }
				}
			}
		}
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		return err
	}
	c := a.Data.SignIn.Challenge
	if len(c.Options) == 0 {
		return fmt.Errorf("a sign-in without options: %s", answer)
	}
	s.challenge, s.option = c.ID, c.Options[0].ID
	return nil
}

// codeSets measures d, each customer once.
func (b *bench) codeSets(ctx context.Context, connections, first int) error {
	tokens := make([]string, max(b.options.codeSets, connections))
	_, err := b.step(ctx, "prepareBackupCodes", connections, len(tokens), func(n, c int) ([]byte, func([]byte) error) {
		input := map[string]any{"userId": b.crowd.user(first + n).ID, "purpose": "LOCKOUT", "reason": "Lost the phone", "identityCheck": "CALL_BACK"}
		return post(prepareDocument, b.tokens[c], map[string]any{"input": input}), func(answer []byte) error {
			var a struct {
				Data struct {
					PrepareBackupCodes struct{ Confirmation struct{ Token string } }
				}
			}
			err := json.Unmarshal(answer, &a)
			tokens[n] = a.Data.PrepareBackupCodes.Confirmation.Token
			return err
		}
	})
	if err != nil {
		return err
	}
	tokens = slices.DeleteFunc(tokens, func(token string) bool { return token == "" })
	made, err := b.step(ctx, "generateBackupCodes", connections, len(tokens), func(n, c int) ([]byte, func([]byte) error) {
		input := map[string]any{"confirmationToken": tokens[n], "handover": "PHONE_CALL"}
		return post(generateDocument, b.tokens[c], map[string]any{"input": input}), nil
	})
	if err != nil {
		return err
	}
	one, err := b.hashing(ctx)
	if err == nil && made.failures == 0 && made.cpuPerK > 0 {
		b.report.note("%d connections: one argon2id hash takes %.1f ms of CPU time; the %d of generateBackupCodes are %.0f%% of its CPU time.",
			connections, 1000*one.Seconds(), codesInSet, 100*codesInSet*one.Seconds()/(made.cpuPerK/1000))
	}
	return err
}

// hashing returns the CPU time of one hash, in the process that does them.
func (b *bench) hashing(ctx context.Context) (time.Duration, error) {
	const times = 10
	before, err := b.desk.vitals(ctx)
	if err != nil {
		return 0, err
	}
	if err := b.desk.ask(ctx, "POST", fmt.Sprintf("/hash/%d", times), nil); err != nil {
		return 0, err
	}
	after, err := b.desk.vitals(ctx)
	return (after.CPU - before.CPU) / times, err
}
