package message

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// What English has, every language has, with the same blanks to fill in.
func TestWords_AreComplete(t *testing.T) {
	fields := func(w *Words) map[string]string {
		said := map[string]string{}
		for _, v := range []reflect.Value{reflect.ValueOf(*w), reflect.ValueOf(w.Page)} {
			for i := range v.NumField() {
				if text, ok := v.Field(i).Interface().(string); ok {
					said[v.Type().Name()+"."+v.Type().Field(i).Name] = text
				}
			}
		}
		for i, text := range w.Page.Does {
			said[fmt.Sprint("what the button does ", i)] = text
		}
		for name, text := range w.Notices {
			said["notice "+name] = text
		}
		for name, text := range w.Prompts {
			said["prompt "+name] = text
		}
		for code, text := range w.UnsentBecause {
			said[fmt.Sprint("why unsent ", code)] = text
		}
		return said
	}
	want := fields(&english)
	for _, l := range Languages() {
		got := fields(In(l))
		if missing := slices.Sorted(maps.Keys(got)); !slices.Equal(missing, slices.Sorted(maps.Keys(want))) {
			t.Errorf("%s has %v", l, missing)
		}
		for name, text := range got {
			if strings.TrimSpace(text) == "" || strings.Count(text, "%s") != strings.Count(want[name], "%s") {
				t.Errorf("%s: %s is %q, in English %q", l, name, text, want[name])
			}
			if l != English && text == want[name] {
				t.Errorf("%s: %s is English", l, name)
			}
		}
	}
}

func TestIn(t *testing.T) {
	if In(Spanish) != &spanish || In(English) != &english || In("") != &english || In("XX") != &english {
		t.Error("not the words asked for, or English")
	}
	if !slices.Equal(Languages(), []Language{English, Spanish}) {
		t.Errorf("there are %v", Languages())
	}
}

func TestPreferred(t *testing.T) {
	for header, want := range map[string]Language{
		"es": Spanish, "es-MX,es;q=0.9,en;q=0.8": Spanish, "en-GB": English, "fr, es;q=0.5": Spanish,
		"": "", "fr": "", "*": "", "not a header;;": "", strings.Repeat("es,", 100): "",
	} {
		got, ok := Preferred(header)
		if !ok {
			got = ""
		}
		if got != want {
			t.Errorf("%q asks for %q, want %q", header, got, want)
		}
	}
	if all := slices.Sorted(slices.Values(matched)); !slices.Equal(all, Languages()) {
		t.Errorf("matched are %v", all)
	}
}
