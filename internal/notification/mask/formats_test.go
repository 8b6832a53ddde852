package mask

import (
	"strings"
	"testing"
)

// templates are messages with @ for the code.
var templates = strings.Split(strings.TrimSpace(`
Your code is @.
Your verification code: @
@ is your Harbor code.
Harbor: use code @ to sign in. Never share it.
Your one-time password for $1,234.56 at SHOP on card ending 4821 is @. Valid for 10 minutes.
OTP @ expires at 14:05 on 11/22/2026.
Enter PIN @ to approve EUR 5000 to account xx7788
Su código de verificación es @.
Votre code : @. Ne le partagez pas.
@ ist Ihr Bestätigungscode.
TAN: @ für 1.234,56 EUR
Il codice è @
Seu código é @.
Uw code is @.
Twój kod: @
Ваш код: @. Никому не сообщайте.
Код @ для входа
رمز التحقق: @
کد شما @ است
הקוד שלך: @
आपका ओटीपी @ है
আপনার কোড @
รหัส OTP: @
Mã OTP: @
Kode OTP Anda @
Doğrulama kodu: @
验证码：@。请勿泄露。
验证码@（5分钟内有效）
認証コード：@
인증번호 [@]
<#> Harbor code @`), "\n")

// forms are the ways to write a code.
var forms = strings.Split(strings.TrimSpace(`
4829
48291
482913
4829137
48291377
482913771
9829137712
0000
2026
482-913
482 913
4829-1377
48 29 13
48-29-13
4 8 2 9 1 3
4-8-2-9-1-3
482.913
48.29.13
K7X9QF
k7x9qf
A1B2
7HQ2K8Z41P
G-482913
FB-48291
K7X-9QF
AB-12-CD
12-05-26
٤٨٢٩١٣
۴۸۲۹۱۳
४८२९१३
৪৮২৯১৩
๔๘๒๙๑๓
４８２９１３
໔໘໒໙໑໓
၄၈၂၉၁၃
𝟜𝟠𝟚𝟡𝟙𝟛
④⑧②⑨①③`), "\n")

// TestCodes_Formats puts codes in every form into messages of every kind.
func TestCodes_Formats(t *testing.T) {
	leaks := 0
	for _, template := range templates {
		for _, code := range forms {
			got, want := Codes(strings.Replace(template, "@", code, 1)), strings.Replace(template, "@", Hidden, 1)
			if got != want {
				leaks++
				t.Errorf("%s in %q: got %q", code, template, got)
			}
		}
	}
	t.Logf("%d messages, %d wrong", len(templates)*len(forms), leaks)
}
