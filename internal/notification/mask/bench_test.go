package mask

import "testing"

func BenchmarkCodes(b *testing.B) {
	messages := corpus(b, "alerts.txt", "codes.txt", "tricky.txt")
	for i := 0; b.Loop(); i++ {
		Codes(messages[i%len(messages)].body)
	}
}
