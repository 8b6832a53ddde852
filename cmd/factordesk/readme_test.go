package main

import (
	"context"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// TestREADME runs the agent's day by curl as the README has it.
func TestREADME(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"bash", "curl", "node"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the README's commands need %s, install it: %v", tool, err)
		}
	}
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, begins := strings.Cut(string(text), "<!-- agents-day -->\n```sh\n")
	script, _, ends := strings.Cut(rest, "\n```\n<!-- /agents-day -->")
	if !begins || !ends {
		t.Fatal("the README has no agent's day between its two comments")
	}
	p := serve(t, []string{"DATABASE_URL=sqlite://" + demoCopy(t)}, "--demo")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", script)
	cmd.Env = append(os.Environ(), "API="+p.API+"/graphql", "SANDBOX="+p.Sandbox, "MAILS="+p.Dir+"/var/mail", "TMPDIR="+t.TempDir())
	cmd.WaitDelay = patience
	var out, errs buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil || errs.String() != "" {
		t.Fatalf("%v\n%s%s", err, out.String(), errs.String())
	}
	// What the page promises, in this order.
	said := out.String()
	for _, want := range []string{
		`"email":"agent@harbor.example"`,
		`"code":30006`,
		`"numberType":"LANDLINE","detectedNumberType":"MOBILE","communicationMethod":"CALL"`,
		`"viewer":{"user":{"email":"landline@customer.example"}`,
		`"total":10,"remaining":10`,
		`"viewer":{"user":{"email":"abroad@customer.example","status":"ENROLLING"},"signedInWithBackupCode":true}`,
		`"status":"ACTIVE"},"notices":[{"kind":"ADD_AUTHENTICATOR"`,
		`"label":"My app","confirmedAt":"2`,
		`{"viewer":{"notices":[]}}`,
		`"kind":"VERIFICATION_CODE"`,
		`"email":"viewer@harbor.example"`,
		`"FORBIDDEN"`, `"FORBIDDEN"`,
	} {
		_, after, found := strings.Cut(said, want)
		if !found {
			t.Errorf("%s is missing, or comes too early, in:\n%s", want, out.String())
			continue
		}
		said = after
	}
	if lines := strings.Split(out.String(), "\n"); slices.ContainsFunc(lines, func(line string) bool {
		return strings.Contains(line, `"errors"`) && !strings.Contains(line, "FORBIDDEN")
	}) {
		t.Errorf("something failed:\n%s", out.String())
	}
}
