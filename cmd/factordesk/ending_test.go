package main

import (
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestEnding ends a process of which something hangs.
func TestEnding(t *testing.T) {
	for name, over := range map[string]bool{"what hangs is named, and left": false, "what ended in time is not": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var log buffer
				code := -1
				end := &ending{log: slog.New(slog.NewTextHandler(&log, nil)), exit: func(c int) { code = c }}
				end.begin()
				end.drain(5 * time.Second)
				if !end.draining.Load() {
					t.Error("it does not drain")
				}
				end.on("jobs")
				time.Sleep(24 * time.Second)
				if over {
					end.over()
				}
				time.Sleep(time.Second)
				synctest.Wait()

				forced := code == exitFailed && strings.Contains(log.String(), `msg="the end was forced, for something hung" hung=jobs after=30s`)
				if over && code != -1 || !over && !forced {
					t.Errorf("exit %d: %s", code, log.String())
				}
			})
		})
	}
}
