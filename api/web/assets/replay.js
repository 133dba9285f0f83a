// A debate once more: every moment of it can be gone to, played from, and branched from.

import { $, allEvents, attempt, bars, call, clean, delay, el, guessLabel, rightGuess, t, useTheme, words } from "./lib.js";
import { TurnView, hueOf, openDialog, pieceParts, sourceOf } from "./turn.js";

const id = document.body.dataset.debate;
const people = new Map();
const hues = new Map();
const name = (persona) => people.get(persona) ?? persona;
const moments = []; // {seq, last, item, view, label, round, premise, kind, verdict}
const rulings = new Map();
const polls = new Map();
let debate = null;
let at = 0;
let playing = false;
let hurry = false;
let turn = 0; // counts up whenever the place changes, so that whoever waits knows
let speed = Number(localStorage.getItem("rejoinder-speed")) || 3;
let keysOn = localStorage.getItem("rejoinder-keys") !== "off";

// From events to moments: everything that is seen as a step of its own

let round = "";
let premise = null;

function moment(seq, item, label, more = {}) {
  item.dataset.place = String(moments.length + 1);
  moments.push({ seq, last: seq, item, label, round, premise, ...more });
}

const TAKE = {
  round_started: (event) => {
    round = clean(event.title);
    moment(event.seq, el("li", { class: "round" }, el("h2", {}, words(event.title))), round, { kind: "round" });
  },
  premise_set: (event) => {
    premise = event.premise;
    const line = premise ? t("what_if", { premise: clean(premise) }) : t("premise_lifted");
    moment(event.seq, el("li", { class: "turn question" }, el("p", { class: "said" }, words(line))), line);
  },
  question: (event) => {
    const line = t("asks_who", { who: clean(event.asker || t("moderator")), to: clean(name(event.to)) });
    const item = el("li", { class: "turn question" }, el("p", { class: "who" }, words(line)), el("p", { class: "said" }, words(event.text)));
    moment(event.seq, item, line, { text: event.text });
  },
  turn: (event) => {
    const view = new TurnView(event, { name, onPiece, hue: hues.get(event.speaker) });
    const answers = event.reply_to?.speaker;
    const label = answers ? `${clean(event.speaker_name)} ${t("answers_who", { who: clean(name(answers)) })}` : clean(event.speaker_name);
    moment(event.seq, view.item, label, { view, text: event.text, kind: "turn" });
  },
  ruling: (event) => {
    rulings.set(event.seq, event);
    const one = moments.findLast((seen) => seen.seq === event.turn_seq);
    if (!one?.view) return;
    one.view.add(event);
    one.last = event.seq;
    if (one.kind === "turn" && ["contradicted", "supported"].includes(event.verdict)) one.verdict = one.verdict === "contradicted" ? one.verdict : event.verdict;
  },
  ruling_overruled: (event) => {
    const ruling = rulings.get(event.ruling_seq);
    if (ruling) ruling.overruled = event;
  },
  poll_opened: (event) => polls.set(event.poll, event),
  poll_closed: (event) => {
    const poll = polls.get(event.poll);
    if (!poll) return;
    const isGuess = poll.kind === "guess";
    const ruling = rulings.get(poll.about_seq);
    const right = isGuess && ruling ? rightGuess(ruling.verdict) : undefined;
    const title = t(isGuess ? "after_guesses" : "vote_result");
    const item = el("li", { class: "turn result" }, el("p", { class: "who" }, title), el("p", {}, words(poll.question)), bars(event.counts, { right, label: isGuess ? guessLabel : undefined }));
    const moved = event.moved.filter((one) => one.before !== one.after).reduce((sum, one) => sum + one.voters, 0);
    const compared = event.moved.reduce((sum, one) => sum + one.voters, 0);
    if (event.compared_with) item.append(el("p", { class: "score" }, t("moved", { moved, compared })));
    moment(event.seq, item, title, { kind: "ballot" });
  },
  debate_ended: (event) => {
    const line = event.reason === "failed" ? t("stopped", { why: clean(event.detail) }) : t("ended");
    moment(event.seq, el("li", { class: "ending" }, line), line);
  },
};

// Going to a moment

// What has not been said yet at this moment is not there, and while the handle is drawn only the last few before it are:
// of the moments only those that change are touched.
const PASSING = 12;
let uncovered = [0, 0];
function uncover(from, to) {
  const [oldFrom, oldTo] = uncovered;
  const touch = (start, end) => {
    for (let i = start; i < end; i += 1) moments[i].item.hidden = i < from || i >= to;
  };
  if (from >= oldTo || to <= oldFrom) {
    touch(oldFrom, oldTo);
    touch(from, to);
  } else {
    touch(Math.min(from, oldFrom), Math.max(from, oldFrom));
    touch(Math.min(to, oldTo), Math.max(to, oldTo));
  }
  uncovered = [from, to];
}

function go(place, { isPassing = false } = {}) {
  const next = Math.min(moments.length, Math.max(1, place));
  turn += 1;
  if (!moments.length || next === at) return;
  moments[at - 1]?.item.classList.remove("now");
  uncover(isPassing ? Math.max(0, next - PASSING) : 0, next);
  at = next;
  const one = moments[at - 1];
  one.item.classList.add("now");
  $("place").value = String(at);
  $("place").setAttribute("aria-valuetext", t("replay_at", { number: at, of: moments.length, what: one.label }));
  $("where").textContent = `${at} / ${moments.length}`;
  $("round").textContent = one.round;
  $("premise").hidden = !one.premise;
  if (one.premise) $("premise").replaceChildren(words(t("what_if", { premise: clean(one.premise) })));
  one.item.scrollIntoView({ block: "start" });
}

let resting = 0;
function rest() {
  uncover(0, at);
  moments[at - 1]?.item.scrollIntoView({ block: "start" });
}

let wanted = 0;
function scrub() {
  const asked = Number($("place").value);
  // Many steps a frame are one step to the eye.
  if (!wanted) requestAnimationFrame(() => {
    go(wanted, { isPassing: true });
    wanted = 0;
    clearTimeout(resting);
    resting = setTimeout(rest, 250);
  });
  wanted = asked;
}

async function play() {
  playing = !playing;
  buttons();
  if (playing && at === moments.length) go(1);
  const mine = turn;
  let now = mine;
  while (playing && turn === now) {
    const one = moments[at - 1];
    hurry = false;
    if (one.text) $("live").textContent = `${one.label}: ${clean(one.text)}`;
    if (one.view) {
      one.view.hide();
      await one.view.reveal(() => speed, () => playing && turn === now, () => hurry || turn !== now || !playing);
      one.view.settle();
      await pause(one.view.told().length ? 2500 : 900, now);
    } else await pause(1200 + (one.text ? (1000 * one.text.split(/\s+/).length) / speed : 0), now);
    if (!playing || turn !== now) break;
    if (at === moments.length) {
      playing = false;
      break;
    }
    go(at + 1);
    now = turn;
  }
  if (turn === now) buttons();
  else if (playing) {
    // Somebody went elsewhere: go on from there.
    playing = false;
    play();
  }
}

async function pause(ms, now) {
  const until = performance.now() + ms;
  while (playing && turn === now && !hurry && performance.now() < until) await delay(50);
}

function buttons() {
  $("play").textContent = t(playing ? "pause" : "play");
  $("speed").textContent = t("speed", { speed });
}

function setSpeed(by) {
  speed = Math.min(12, Math.max(1, speed + by));
  localStorage.setItem("rejoinder-speed", String(speed));
  buttons();
}

// What lies behind the words

function onPiece(detail, isOpened) {
  $("source").replaceChildren(words(sourceOf(detail)));
  if (isOpened) openDialog(clean(detail.turn.speaker_name), ...pieceParts(detail));
}

function branch() {
  const one = moments[at - 1];
  const { header } = debate;
  const said = el("input", { id: "branch-premise", maxlength: "500", dir: "auto" });
  said.value = clean(one.premise ?? "");
  const rounds = el("input", { id: "branch-rounds", type: "number", min: String(header.rounds), max: "100", required: true });
  rounds.value = String(header.rounds);
  const who = el("fieldset", { class: "who-takes-part" }, el("legend", {}, t("branch_who")));
  for (const persona of header.participants) {
    const tick = el("input", { type: "checkbox", value: persona.id });
    tick.checked = !header.absent.includes(persona.id);
    who.append(el("label", { class: "check" }, tick, words(name(persona.id))));
  }
  const form = el("form", { class: "fields" });
  form.append(el("label", { for: "branch-premise" }, t("premise")), said);
  form.append(el("label", { for: "branch-rounds" }, t("rounds")), rounds);
  form.append(el("span"), who, el("span"), el("button", { class: "main" }, t("branch_go")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(async () => {
      const chosen = [...who.querySelectorAll("input:checked")].map((tick) => tick.value);
      const before = header.participants.map((persona) => persona.id).filter((persona) => !header.absent.includes(persona));
      const body = { after_seq: one.last, premise: said.value.trim() || null, rounds: Number(rounds.value), start_paused: true };
      if (chosen.join() !== before.join()) body.participants = chosen;
      const made = await call("POST", `/v1/debates/${id}/branches`, body);
      await call("POST", `/classroom/debates/${made.id}/code`);
      location.assign(`/stage/${made.id}`);
    });
  });
  openDialog(t("branch_here"), el("p", {}, words(t("branch_help", { what: one.label }))), form);
}

function showKeys() {
  const tick = el("input", { type: "checkbox" });
  tick.checked = keysOn;
  tick.addEventListener("change", () => {
    keysOn = tick.checked;
    localStorage.setItem("rejoinder-keys", keysOn ? "on" : "off");
  });
  const lines = ["space", "arrows", "ends", "speed", "branch", "theme", "full"];
  openDialog(t("key_help"), el("label", { class: "check" }, tick, ` ${t("keys_on")}`), el("ul", {}, lines.map((one) => el("li", {}, t(`key_${one}`)))));
}

const step = (by) => () => {
  if (by > 0 && playing) hurry = true;
  else go(at + by);
};
const ACTIONS = { play, back: step(-1), next: step(1), slower: () => setSpeed(-0.5), faster: () => setSpeed(0.5), branch, theme: useTheme(), keys: showKeys };
for (const [key, action] of Object.entries(ACTIONS)) $(key).addEventListener("click", () => action());
$("place").addEventListener("input", scrub);
const KEYS = { " ": play, ArrowRight: step(1), ArrowLeft: step(-1), Home: () => go(1), End: () => go(moments.length), "+": ACTIONS.faster, "-": ACTIONS.slower, b: branch, t: ACTIONS.theme };

document.addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || $("dialog").open) return;
  // The line of time knows the arrows, Home and End by itself.
  const isLine = event.target === $("place");
  if (isLine ? /^(Arrow|Home|End)/.test(event.key) : event.target.closest("input, textarea, select")) return;
  if (event.key === " " && event.target.closest("button, a, [role=button]")) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "f") attempt(() => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  else if (KEYS[key]) KEYS[key]();
  else return;
  event.preventDefault();
});

function drawMarks() {
  const part = (place) => (moments.length > 1 ? (100 * place) / (moments.length - 1) : 0);
  moments.forEach((one, place) => {
    const kind = one.verdict ?? (one.kind === "turn" ? null : one.kind);
    if (!kind) return;
    const mark = el("i", { class: kind });
    mark.style.insetInlineStart = `${part(place)}%`;
    $("marks").append(mark);
  });
}

async function begin() {
  buttons();
  debate = await call("GET", `/v1/debates/${id}`);
  const { header } = debate;
  header.participants.forEach((one, place) => {
    people.set(one.id, header.pseudonymous ? one.pseudonym : one.name);
    hues.set(one.id, hueOf(place));
  });
  $("motion").replaceChildren(words(header.motion));
  document.title = `${t("replay_title")}: ${clean(header.motion)}`;
  premise = header.premise;
  const events = await allEvents(id);
  for (const event of events) TAKE[event.type]?.(event);
  for (const one of moments) one.view?.settle();
  for (const one of moments) one.item.hidden = true;
  $("turns").append(...moments.map((one) => one.item));
  $("begin").hidden = moments.length > 0;
  for (const control of ["play", "back", "next", "branch", "place"]) $(control).disabled = !moments.length;
  $("place").max = String(Math.max(1, moments.length));
  drawMarks();
  const asked = moments.findIndex((one) => one.last >= Number(location.hash.slice(1)));
  go(location.hash && asked >= 0 ? asked + 1 : 1);
}

attempt(begin);
