// A pupil's phone: join, vote, guess before the ruling, ask, read what was said.

import { $, attempt, bars, call, clean, el, follow, guessLabel, rightGuess, t, useTheme, words } from "./lib.js";
import { rulingCard } from "./turn.js";

useTheme();
const SEAT = "rejoinder-seat";
const seat = JSON.parse(localStorage.getItem(SEAT) || "null");
const people = new Map();
const polls = new Map();
const rulings = new Map();
const given = new URLSearchParams(location.search).get("code");
if (given) $("code").value = clean(given);

$("join").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const nickname = $("nickname").value.trim() || null;
    const joined = await call("POST", "/classroom/join", { code: $("code").value, nickname }, { token: seat?.token ?? "-" });
    const kept = { debate: joined.debate_id, token: joined.token, code: $("code").value.trim().toUpperCase(), chosen: {} };
    localStorage.setItem(SEAT, JSON.stringify(kept));
    history.replaceState(null, "", "/join");
    location.reload();
  });
});
$("leave").addEventListener("click", () => {
  localStorage.removeItem(SEAT);
  location.reload();
});

const api = (method, path, body) => call(method, `/v1/debates/${seat.debate}${path}`, body, { token: seat.token });
const name = (persona) => clean(people.get(persona) ?? persona);

const SHOW = {
  question: (event) => said(t("asks_who", { who: clean(event.asker || t("moderator")), to: name(event.to) }), event.text),
  turn: (event) => said(clean(event.speaker_name), event.text),
  ruling: (event) => rulings.set(event.seq, event),
  poll_opened: (event) => polls.set(event.poll, { ...event, closed: null }),
  poll_closed: (event) => {
    const poll = polls.get(event.poll);
    if (poll) poll.closed = event;
  },
};

function said(who, text) {
  const made = () => [el("p", { class: "who" }, words(who)), el("p", { dir: "auto" }, words(text))];
  $("latest").replaceChildren(...made());
  $("now").hidden = false;
  const line = el("li", { class: "turn" }, made());
  $("said").append(line);
  while ($("said").children.length > 200) $("said").firstElementChild.remove();
}

// Of several polls the one that is open counts, else the one closed last.
function drawPolls() {
  const all = [...polls.values()];
  const open = all.filter((one) => !one.closed);
  const place = $("polls");
  if (open.length) return place.replaceChildren(...open.map(drawOpen));
  const last = all.sort((a, b) => a.closed.seq - b.closed.seq).at(-1);
  return place.replaceChildren(last ? drawClosed(last) : el("p", { class: "quiet" }, t("joined")));
}

function drawOpen(poll) {
  const box = el("fieldset", { class: "poll", "data-poll": poll.poll });
  box.append(el("legend", {}, t(poll.kind === "guess" ? "your_guess" : "your_vote")), el("p", { class: "asked", dir: "auto" }, words(poll.question)));
  const status = el("p", { role: "status" });
  const chosen = seat.chosen[poll.poll];
  const mark = (choice) => {
    status.replaceChildren(choice === undefined ? "" : words(t("chosen", { choice: guessLabel(choice) })));
    for (const one of box.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.choice === choice));
  };
  for (const choice of poll.choices) {
    const choose = () =>
      attempt(async () => {
        await api("PUT", `/polls/${poll.poll}/ballot`, { choice });
        seat.chosen[poll.poll] = choice;
        localStorage.setItem(SEAT, JSON.stringify(seat));
        mark(choice);
      });
    box.append(el("button", { type: "button", class: "choice", "data-choice": choice, onclick: choose }, words(guessLabel(choice))));
  }
  box.append(status);
  mark(chosen);
  return box;
}

function drawClosed(poll) {
  const box = el("div", { class: "poll" }, el("h2", {}, t(poll.kind === "guess" ? "guess_title" : "vote_result")), el("p", { class: "asked", dir: "auto" }, words(poll.question)));
  const ruling = rulings.get(poll.about_seq);
  const mine = seat.chosen[poll.poll];
  if (poll.kind === "guess" && ruling) {
    const right = rightGuess(ruling.verdict);
    box.append(rulingCard(ruling));
    if (mine) box.append(el("p", { class: "score" }, mine === right ? t("you_right") : t("you_wrong", { choice: guessLabel(mine) })));
    box.append(bars(poll.closed.counts, { right, label: guessLabel }));
  } else box.append(bars(poll.closed.counts));
  return box;
}

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await api("POST", "/questions", { to: $("to").value, text: $("text").value });
    $("text").value = "";
    $("asked").textContent = t("ask_sent");
  });
});

async function begin() {
  $("join").hidden = true;
  const debate = await api("GET", "");
  const { header } = debate;
  for (const one of header.participants) {
    const shown = header.pseudonymous ? one.pseudonym : one.name;
    people.set(one.id, shown);
    if (!header.absent.includes(one.id)) $("to").append(el("option", { value: one.id }, clean(shown)));
  }
  $("motion").replaceChildren(words(header.motion));
  document.title = clean(header.motion);
  $("lesson").hidden = false;
  drawPolls();
  await follow(seat.debate, {
    token: seat.token,
    onEvent: (event) => {
      SHOW[event.type]?.(event);
      if (event.type.startsWith("poll_")) drawPolls();
    },
    onState: () => {},
    onLink: (isUp) => {
      $("offline").hidden = isUp;
    },
  });
}

// A new code leads to a new debate, also on a phone that has a seat in another one.
const isElsewhere = given && seat && clean(given).toUpperCase() !== seat.code;
if (seat && !isElsewhere) {
  begin().catch(() => {
    localStorage.removeItem(SEAT);
    $("lesson").hidden = true;
    $("join").hidden = false;
  });
}
