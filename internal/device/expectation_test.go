package device_test

import (
	"os"
	"strings"
	"testing"

	"github.com/factordesk/factordesk/internal/device"
)

// What a recipient sees is told beside a phone and where its type is chosen, in the
// same words.
func TestPhone_CallerIDExpectation(t *testing.T) {
	source, err := os.ReadFile("../../web/admin/src/user/numberType.ts")
	if err != nil {
		t.Fatal(err)
	}
	dialog := strings.NewReplacer("’", "'", "${spoken}", "A voice says the institution's name, then the code, digit by digit.",
		"${carriers}", "Carriers decide what is displayed.").Replace(string(source))
	for numberType, want := range map[device.NumberType]string{
		device.Mobile: "begins with the institution's name", device.Landline: "show the institution's name where that is registered", device.VoIP: "number and city, not its name",
	} {
		got := (&device.Phone{DetectedNumberType: &numberType}).CallerIDExpectation()
		if !strings.Contains(got, want) || !strings.Contains(dialog, got) {
			t.Errorf("%s: %q is not what the dialog says", numberType, got)
		}
	}
}
