package job

import "context"

func (r *Runner) Plan(ctx context.Context) error { return r.plan(ctx) }
