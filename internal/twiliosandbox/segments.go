package twiliosandbox

import (
	"strings"
	"unicode/utf16"
)

// GSM 03.38: the basic alphabet, and what costs two places in it.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtended = "\f^{}\\[~]|€"
)

// segments counts the SMS a body takes: 160 GSM-7 places or 70 UCS-2 units in
// one, 153 or 67 in each of several.
func segments(body string) int {
	septets := 0
	for _, c := range body {
		switch {
		case strings.ContainsRune(gsmBasic, c):
			septets++
		case strings.ContainsRune(gsmExtended, c):
			septets += 2
		default:
			return parts(len(utf16.Encode([]rune(body))), 70, 67)
		}
	}
	return parts(septets, 160, 153)
}

func parts(length, single, each int) int {
	if length <= single {
		return 1
	}
	return (length + each - 1) / each
}
