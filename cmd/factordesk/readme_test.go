package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestREADME_Day runs the agent's day as the README has it, in a shell.
func TestREADME_Day(t *testing.T) {
	for _, tool := range []string{"bash", "curl", "node"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Fatalf("the README's day needs %s: install it", tool)
		}
	}
	t.Parallel()
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "<!-- agents-day -->\n```sh\n")
	script, _, ok := strings.Cut(rest, "```\n<!-- /agents-day -->")
	if !ok {
		t.Fatal("the README has no agent's day between its marks")
	}
	p := serve(t, nil, "--demo")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-euo", "pipefail", "-c", script)
	cmd.Env = append(os.Environ(), "API="+p.API+"/graphql", "SANDBOX="+p.Sandbox, "TMPDIR="+t.TempDir())

	out, err := cmd.CombinedOutput()

	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rest = string(out)
	for _, want := range []string{
		`"email":"agent@harbor.example"`, `"permissions":["VIEW_USERS"`,
		`"status":"UNDELIVERED"`, `"code":30006`,
		`"numberType":"LANDLINE","detectedNumberType":"MOBILE","communicationMethod":"CALL"`,
		`"email":"landline@customer.example"`,
		`"codes":["`, `"backupCodes":{"total":10,"remaining":10}`,
		`•••••• is your code`, `"hasNextPage":true`,
		`"email":"viewer@harbor.example"`,
		`"code":"FORBIDDEN"`, `"devices":[{"label":`, `"notificationHistory":null`, `"allowed":false`,
		`"code":"FORBIDDEN"`, `"prepareBackupCodes":null`,
	} {
		_, after, found := strings.Cut(rest, want)
		if !found {
			t.Fatalf("the day lacks %s after what came before it:\n%s", want, out)
		}
		rest = after
	}
}
