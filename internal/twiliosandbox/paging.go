package twiliosandbox

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// resource is a row of a list.
type resource interface {
	id() string
	view() any
}

const (
	defaultPageSize = 50
	maxPageSize     = 1000
)

// paginate answers a list in the form of the 2010 API. A page token names the
// row after which (PA) or before which (PB) the page lies, so that rows made
// meanwhile move nothing.
func paginate[R resource](r *http.Request, key string, rows []R) (any, *apiError) {
	query := r.URL.Query()
	size, err := wholeNumber(query, "PageSize", defaultPageSize, 1)
	if err != nil {
		return nil, err
	}
	size = min(size, maxPageSize)
	page, err := wholeNumber(query, "Page", 0, 0)
	if err != nil {
		return nil, err
	}
	from := min(pageStart(rows, query.Get("PageToken"), page, size), len(rows))
	to := min(from+size, len(rows))
	views := make([]any, 0, to-from)
	for _, row := range rows[from:to] {
		views = append(views, row.view())
	}
	link := pageLinks(r, size)
	answer := map[string]any{
		key: views, "page": page, "page_size": size,
		"start": page * size, "end": max(page*size+len(views)-1, 0),
		"uri":            link(page, query.Get("PageToken")),
		"first_page_uri": link(0, ""),
		"next_page_uri":  nil, "previous_page_uri": nil,
	}
	if to < len(rows) {
		answer["next_page_uri"] = link(page+1, "PA"+rows[to-1].id())
	}
	if page > 0 && from > 0 && from < len(rows) {
		answer["previous_page_uri"] = link(page-1, "PB"+rows[from].id())
	}
	return answer, nil
}

// pageStart is the index of the page's first row. A token whose row is gone
// falls back to the page number.
func pageStart[R resource](rows []R, token string, page, size int) int {
	for i, row := range rows {
		if token == "" {
			break
		}
		switch token {
		case "PA" + row.id():
			return i + 1
		case "PB" + row.id():
			return max(i-size, 0)
		}
	}
	if page > len(rows) { // before the product can overflow
		return len(rows)
	}
	return page * size
}

// pageLinks makes relative links that keep the request's filters.
func pageLinks(r *http.Request, size int) func(page int, token string) string {
	return func(page int, token string) string {
		values := url.Values{}
		for name, v := range r.URL.Query() {
			values[name] = v
		}
		values.Del("PageToken")
		values.Set("PageSize", strconv.Itoa(size))
		values.Set("Page", strconv.Itoa(page))
		if token != "" {
			values.Set("PageToken", token)
		}
		return r.URL.Path + "?" + values.Encode()
	}
}

func wholeNumber(query url.Values, name string, absent, least int) (int, *apiError) {
	text := query.Get(name)
	if text == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > 1_000_000_000 {
		return 0, bad(20001, "%s must be a whole number of at least %d", name, least)
	}
	return n, nil
}

// dateFilter matches times by Name, Name< (on or before) and Name> (on or
// after), each a GMT date or an RFC 3339 time. A date is the whole of that day;
// so is Name=midnight, which is how the helper libraries write a date.
func dateFilter(query url.Values, name string) (func(time.Time) bool, *apiError) {
	var from, to time.Time // to is exclusive
	for _, suffix := range []string{"", "<", ">"} {
		text := query.Get(name + suffix)
		if text == "" {
			continue
		}
		start, end, ok := timeSpan(text, suffix == "")
		if !ok {
			return nil, bad(20001, "%s%s must be a date (YYYY-MM-DD) or an RFC 3339 time in GMT", name, suffix)
		}
		if suffix != "<" && start.After(from) {
			from = start
		}
		if suffix != ">" && (to.IsZero() || end.Before(to)) {
			to = end
		}
	}
	if from.IsZero() && to.IsZero() {
		return func(time.Time) bool { return true }, nil
	}
	return func(t time.Time) bool {
		return !t.IsZero() && !t.Before(from) && (to.IsZero() || t.Before(to))
	}, nil
}

// timeSpan is the day of a date or the second of a time, start included and end
// excluded.
func timeSpan(text string, midnightIsDay bool) (start, end time.Time, ok bool) {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return day, day.AddDate(0, 0, 1), true
	}
	// An unescaped + in a query arrives as a space.
	at, err := time.Parse(time.RFC3339, strings.ReplaceAll(text, " ", "+"))
	if err != nil {
		return at, at, false
	}
	at = at.UTC()
	if midnightIsDay && at.Equal(at.Truncate(24*time.Hour)) {
		return at, at.AddDate(0, 0, 1), true
	}
	start = at
	if midnightIsDay {
		start = at.Truncate(time.Second)
	}
	return start, at.Truncate(time.Second).Add(time.Second), true
}
