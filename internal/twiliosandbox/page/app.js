// The page asks for every phone once a second and touches only what changed, so
// that focus, selection and scrolling survive.
"use strict";

const $ = (id) => document.getElementById(id);
const cards = new Map(); // number -> card
const outcomes = {
  outcome: ["delivered", "sent", "undelivered:30003", "undelivered:30006", "failed:30001", "reject:21610"],
  callOutcome: ["completed", "no-key", "voicemail", "busy", "no-answer", "failed"],
};
const shapes = { delivered: "✓✓", sent: "✓", completed: "■", "in-progress": "▶" };
const codePattern = /(?<![\d+-])\d{4,8}(?![\d-])|(?<![\d+-])\d(?:[,.\s]+\d){3,7}(?!\d)/g;
let tag = "";
let first = true;

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function clone(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

// Codes are what people come for: each one once, as digits alone.
function codesIn(words) {
  return [...new Set((words.match(codePattern) || []).map((code) => code.replace(/\D/g, "")))];
}

// Where the browser forbids copying, the code is selected instead.
async function copy(code, button, hint) {
  let done = true;
  try {
    await navigator.clipboard.writeText(code);
  } catch {
    done = false;
    getSelection().setBaseAndExtent(button.firstChild, 0, button.firstChild, code.length);
  }
  hint.textContent = done ? "Copied" : "Selected";
  $("say").textContent = done ? "Copied " + code : "The browser did not allow copying; the code is selected";
  setTimeout(() => { hint.textContent = "Copy"; }, 2000);
}

function codeButton(code) {
  const button = document.createElement("button");
  const hint = document.createElement("small");
  button.type = "button";
  button.className = "code";
  hint.textContent = "Copy";
  button.append(code, hint);
  button.setAttribute("aria-label", "Copy code " + code.split("").join(" "));
  button.addEventListener("click", () => copy(code, button, hint));
  return button;
}

function makeItem(entry) {
  const item = clone("item");
  const at = new Date(entry.receivedAt);
  item.dataset.sid = entry.sid;
  item.classList.add(entry.call ? "call" : "text");
  item.classList.toggle("new", !first);
  item.querySelector(".what").textContent = entry.call ? "☎ Call" : "✉ Text";
  const time = item.querySelector("time");
  time.dateTime = entry.receivedAt;
  time.textContent = at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });
  time.title = at.toLocaleString();
  item.querySelector(".codes").append(...codesIn(entry.words).map(codeButton));
  item.querySelector(".words").textContent = entry.call ? "“" + entry.words + "”" : entry.words;
  item.querySelector(".from").textContent = "from " + entry.from;
  return item;
}

function makeCard(number) {
  const card = clone("phone");
  card.setAttribute("aria-label", "Phone " + number);
  card.querySelector(".number").textContent = number;
  for (const select of card.querySelectorAll("select")) {
    select.addEventListener("change", () => order(number, select.dataset.set, select.value));
  }
  return card;
}

// setChoice keeps a list of outcomes, with the one in force even if it is rare.
function setChoice(select, value) {
  const words = outcomes[select.dataset.set];
  const all = words.includes(value) ? words : [...words, value];
  if (select.options.length !== all.length || ![...select.options].some((o) => o.value === value)) {
    select.replaceChildren(...all.map((word) => new Option(word, word)));
  }
  if (select.value !== value && document.activeElement !== select) select.value = value;
}

function fillCard(card, phone) {
  setText(card.querySelector(".kind"), phone.lineType + " · " + phone.carrier);
  card.querySelectorAll("select").forEach((select) => setChoice(select, phone[select.dataset.set]));
  const entries = [
    ...phone.messages.map((m) => ({ ...m, words: m.body })),
    ...phone.calls.map((c) => ({ ...c, words: c.said, call: true })),
  ].sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
  const list = card.querySelector(".items");
  const present = new Map([...list.children].map((item) => [item.dataset.sid, item]));
  entries.forEach((entry, place) => {
    let item = present.get(entry.sid);
    present.delete(entry.sid);
    if (!item) {
      item = makeItem(entry);
      if (!first) $("say").textContent = (entry.call ? "Call to " : "Text on ") + phone.number + ": " + entry.words;
    }
    setText(item.querySelector(".status"), (shapes[entry.status] || "◆") + " " + entry.status);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] || null);
  });
  present.forEach((item) => item.remove());
}

function show(phones) {
  const grid = $("phones");
  const focused = document.activeElement;
  const gone = new Set(cards.keys());
  phones.forEach((phone, place) => {
    gone.delete(phone.number);
    if (!cards.has(phone.number)) cards.set(phone.number, makeCard(phone.number));
    const card = cards.get(phone.number);
    fillCard(card, phone);
    if (grid.children[place] !== card) grid.insertBefore(card, grid.children[place] || null);
  });
  gone.forEach((number) => { cards.get(number).remove(); cards.delete(number); });
  if (focused !== document.activeElement && grid.contains(focused)) focused.focus({ preventScroll: true });
  first = false;
  filter();
}

function filter() {
  const wanted = $("find").value.trim().toLowerCase();
  let shown = 0;
  for (const card of cards.values()) {
    const words = (card.querySelector(".number").textContent + " " + card.querySelector(".items").textContent).toLowerCase();
    card.hidden = wanted !== "" && !words.includes(wanted);
    if (!card.hidden) shown++;
  }
  $("empty").hidden = cards.size > 0;
  $("none").hidden = cards.size === 0 || shown > 0;
}

function setLive(state, words) {
  $("live").dataset.state = state;
  setText($("live"), words);
}

async function order(number, field, value) {
  const reply = await fetch("/sandbox/phones/" + encodeURIComponent(number), {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ [field]: value }),
  }).catch(() => null);
  $("say").textContent = reply && reply.ok ? number + ": " + value : "Not changed";
}

async function poll() {
  try {
    const reply = await fetch("/sandbox/phones", { headers: { "If-None-Match": tag }, cache: "no-store" });
    if (reply.status === 200) {
      show((await reply.json()).phones);
      tag = reply.headers.get("ETag");
    } else if (reply.status !== 304) {
      throw new Error("status " + reply.status);
    }
    setLive("on", "Live");
  } catch {
    setLive("off", "Connection lost, trying again");
  }
  setTimeout(poll, 1000);
}

$("find").addEventListener("input", filter);
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) {
    event.preventDefault();
    $("find").focus();
  }
});
poll();
