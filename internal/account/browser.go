package account

import "strings"

// browsers and systems are told by a word of the User-Agent, the first that it
// has: most of them also name those whose pages they want to be sent.
var (
	browsers = []struct{ word, name string }{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systems = []struct{ word, name string }{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"CrOS", "ChromeOS"},
		{"Windows", "Windows"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
	}
)

// Device names the browser and the system that a session was started in, such as
// "Firefox, Windows", which needs no translation; nil if neither is known.
func (s Session) Device() *string {
	var names []string
	for _, known := range [][]struct{ word, name string }{browsers, systems} {
		for _, k := range known {
			if strings.Contains(s.UserAgent, k.word) {
				names = append(names, k.name)
				break
			}
		}
	}
	if names == nil {
		return nil
	}
	device := strings.Join(names, ", ")
	return &device
}
