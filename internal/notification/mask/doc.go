// Package mask hides verification codes in the bodies of text messages before
// they are stored, logged or shown to staff, and leaves the rest readable.
//
// # How a message flows
//
// Codes lexes the body into words, digits, blanks and marks (lex.go), folded so
// that every script's digits, full-width forms and accents read alike. Words
// get classes from tables in many languages (words*.go). Numbers, and words with
// digits in them, become spans with a shape (number.go, token.go, phone.go,
// links.go, merge.go). Each span is judged by its shape and its neighbours
// (judge.go, context.go), and a message that speaks of a code but shows none
// hidden is read a second time, with more suspicion (reconsider.go).
//
// # What is a candidate
//
//   - Digits: 4 to 10, of any script, circled or as Chinese numerals; also in
//     groups (123-456, 123 456, 12 34 56, 1.2.3.4), and with invisible
//     characters between. More digits only where they are called a code.
//   - Letters with digits, 4 to 10: K7X9QF, G-123456, AB-12-CD. A word in
//     capitals alone only where it is called a code: "code is XKQTRB".
//   - What follows "otp=", "code/" and the like in a link, whatever it is, and
//     what follows "@domain #" in a line for iOS. The hash that ends a message for
//     Android's SMS retriever stays.
//
// # What a message is about
//
// It has level 2 if it has a word for a code (code, PIN, OTP, password, TAN,
// and so on) or begins with "<#>"; level 1 if it has only a word for what one
// does with a code (verify, sign in) or a life of some minutes; level 0 else.
// "Zip code", "promo code" and their like are no words for a code.
//
// # What is kept
//
// Certain, in every message: amounts with a currency or with thousands and
// decimals; dates with a month's name, four-digit year or slashes; times;
// percentages and durations; what a mask left of an account (****1234, xx1234)
// or what follows "ending in"; telephone numbers with a plus sign, in the form
// 3-3-4, or grouped with a leading 0; IBANs and long numbers in groups.
//
// Explained by a neighbour: accounts and cards of up to four digits, numbers of
// orders, references, invoices, checks and so on, balances without currency,
// street numbers, ZIP codes, numbers to call or to text, IP addresses, names
// such as Acme24 — all unless the number is itself called a code: "code is
// 1234", "1234 is your code", "use 1234".
//
// # What is hidden
//
//   - What is called a code, even if it looks like a year, a date or a
//     telephone number without a plus sign.
//   - At level 1 and 2, every candidate that nothing keeps or explains.
//   - At level 0 in a message without any sign of an alert (unknown languages,
//     a bare number): the same.
//   - At level 0 in an alert: numbers of exactly six digits, and those that begin
//     the message or are a sentence of their own, if nothing explains them.
//   - Where level 1 or 2 hides nothing: explained numbers of the sentence with
//     the word for a code, or behind a colon or at the end of a sentence that asks
//     to verify. "Verify your account: 4829." Not where the sentence says
//     that a password was changed, locked or wrong.
//
// When in doubt it hides: a number too many is a question to the customer, a
// number too few is a way into the account.
//
// Not recognised: codes written out as words ("four eight two nine"), passwords
// of letters only that are not all capitals, codes of fewer than four
// characters, and codes that look like something certain: "code is 14:05",
// "$482913 is your code". A code in an alert without any word of the tables is
// missed where it looks like the alert's own number: "Transaction 482913".
package mask
