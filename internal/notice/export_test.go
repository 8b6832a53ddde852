package notice

import "context"

// Next sends one notice, as Run does again and again.
func (d *Dispatcher) Next(ctx context.Context) bool { return d.next(ctx) }
