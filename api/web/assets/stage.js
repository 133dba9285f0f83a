// The debate on the wall. This page leads: it lets the debate take one turn, shows it at reading pace, and goes on.

import { $, allEvents, attempt, bars, call, clean, delay, el, follow, guessLabel, notice, rightGuess, t, useTheme, words } from "./lib.js";
import { mountClass } from "./class_stage.js";
import { dialogs } from "./stage_dialogs.js";
import { MARKS, TurnView, hueOf, sourceOf } from "./turn.js";

const OVER = ["completed", "nothing_left", "cancelled", "failed", "budget_spent"];
const BUSY = ["queued", "running"];
const MOST_ON_PAGE = 60;
const MOST_IN_CAST = 16;
const GUESS_GAP = 3; // turns without a guess after which one about a claim that nobody can check is offered

export const id = document.body.dataset.debate;
export const state = { debate: null, premise: null, events: [], status: "", playing: false, overview: { pupils: 0, ballots: {}, waiting: 0 } };
const people = new Map();
const hues = new Map();
const views = new Map();
const rulings = new Map();
const polls = new Map();
let cursor = 0;
let busy = false;
let isLed = false; // whether anybody has led from this page yet
let hurry = false;
let current = null; // the turn shown last
let panelPoll = ""; // the poll that the panel shows
let sinceGuess = 0;
let guessOn = localStorage.getItem("rejoinder-guess") !== "off";
let speed = Number(localStorage.getItem("rejoinder-speed")) || 3;
let keysOn = localStorage.getItem("rejoinder-keys") !== "off";

export const name = (persona) => people.get(persona) ?? persona;
export const speakers = () => [...people].map(([key, shown]) => ({ id: key, name: shown }));
export const command = (body) => attempt(() => call("POST", `/v1/debates/${id}/commands`, { by: t("teacher"), ...body }));
export const openVote = () => [...polls.values()].find((one) => !one.closed && one.kind === "vote");
export const keys = {
  get on() {
    return keysOn;
  },
  set on(value) {
    keysOn = value;
    localStorage.setItem("rejoinder-keys", value ? "on" : "off");
  },
};

// Showing events

function show(event, live) {
  const draw = SHOW[event.type];
  return draw ? draw(event, live) : undefined;
}

const SHOW = {
  round_started: (event) => {
    $("round").textContent = clean(event.title);
    if (current) $("turns").append(el("li", { class: "round" }, el("h2", {}, words(event.title))));
  },
  question: (event, live) => {
    const line = t("asks_who", { who: clean(event.asker || t("moderator")), to: clean(name(event.to)) });
    add(el("li", { class: "turn question" }, el("p", { class: "who" }, words(line)), el("p", { class: "said" }, words(event.text))), live);
    if (live) $("live").textContent = `${line}: ${clean(event.text)}`;
    return live ? waitWords(event.text) : undefined;
  },
  turn: async (event, live) => {
    settle(current);
    const view = new TurnView(event, { name, onPiece, hue: hues.get(event.speaker) });
    showCast(event.speaker, event.reply_to?.speaker);
    views.set(event.seq, view);
    current = view;
    sinceGuess += 1;
    if (live) view.hide();
    add(view.item, live);
    if (!live) return;
    $("live").textContent = `${clean(event.speaker_name)} ${t("speaks")}: ${clean(event.text)}`;
    hurry = false;
    await view.reveal(() => speed, () => state.playing || stepping, () => hurry, keepInSight);
    hurry = false;
    stepping = false;
    buttons();
  },
  premise_set: (event, live) => {
    showPremise(event.premise);
    const line = event.premise ? t("what_if", { premise: clean(event.premise) }) : t("premise_lifted");
    add(el("li", { class: "turn question" }, el("p", { class: "said" }, words(line))), live);
    if (live) $("live").textContent = line;
    return live ? waitWords(line) : undefined;
  },
  // Whoever else leads, such as a group's phone, takes turns that are shown here too.
  resumed: (event, live) => {
    if (live && event.by !== t("teacher")) stepping = true;
  },
  ruling: (event) => {
    rulings.set(event.seq, event);
    views.get(event.turn_seq)?.add(event);
  },
  ruling_overruled: (event) => {
    const ruling = rulings.get(event.ruling_seq);
    if (ruling) views.get(ruling.turn_seq)?.overrule(event.ruling_seq, event);
  },
  poll_opened: (event) => {
    polls.set(event.poll, { ...event, closed: null });
    if (event.kind === "guess") sinceGuess = 0;
    showPoll(event.poll);
  },
  poll_closed: (event, live) => {
    const poll = polls.get(event.poll);
    if (!poll) return;
    poll.closed = event;
    if (poll.kind === "guess") settle(views.get(rulings.get(poll.about_seq)?.turn_seq));
    if (live) showPoll(event.poll);
    else hidePanel();
  },
  round_added: (_, live) => {
    $("ending").hidden = true;
    if (live) notice(t("round_added"), "good");
  },
  debate_ended: (event) => {
    settle(current);
    const line = event.reason === "failed" ? t("stopped", { why: clean(event.detail) }) : t("ended");
    $("ending").replaceChildren(words(line), " ", el("a", { href: `/after/${id}` }, t("relative_after")));
    $("ending").hidden = false;
    state.playing = false;
    buttons();
  },
};

let stepping = false;

// Who speaks, and whom they answer, among all who take part
function showCast(speaker, answered) {
  for (const chip of $("cast").children) {
    const { persona } = chip.dataset;
    chip.classList.toggle("speaking", persona === speaker);
    chip.classList.toggle("answered", persona === answered && persona !== speaker);
    if (persona === speaker) chip.setAttribute("aria-current", "true");
    else chip.removeAttribute("aria-current");
  }
}

function showPremise(premise) {
  state.premise = premise;
  $("premise").hidden = !premise;
  if (premise) $("premise").replaceChildren(words(t("what_if", { premise: clean(premise) })));
}

let seenAt = 0;
function keepInSight(word) {
  const now = performance.now();
  if (now - seenAt < 300) return;
  seenAt = now;
  const { bottom } = word.getBoundingClientRect();
  const view = $("main").getBoundingClientRect();
  if (bottom <= view.bottom - 20) return;
  const turn = word.closest("li").getBoundingClientRect();
  let by = bottom - view.bottom + (view.height * 0.3);
  // The beginning of a turn that fits stays on the wall, also while the page is still moving towards it.
  if (turn.height < view.height) by = Math.min(by, turn.top - view.top);
  if (by > 0) $("main").scrollBy({ top: by, behavior: calm() ? "auto" : "smooth" });
}

function settle(view) {
  if (!view || view.shown) return;
  const guessing = view.rulings.some((one) => [...polls.values()].some((poll) => poll.about_seq === one.seq && !poll.closed));
  if (!guessing) view.settle();
}

function add(item, live) {
  $("begin").hidden = true;
  $("ending").hidden = true;
  const turns = $("turns");
  turns.querySelector(".now")?.classList.remove("now");
  item.classList.add("now");
  turns.append(item);
  while (turns.children.length > MOST_ON_PAGE) turns.firstElementChild.remove();
  if (live) item.scrollIntoView({ block: "start", behavior: calm() ? "auto" : "smooth" });
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

async function waitWords(text) {
  const until = performance.now() + (1000 * text.split(/\s+/).length) / speed;
  while (performance.now() < until && !hurry) await delay(50);
  hurry = false;
}

// Leading the debate

async function run() {
  if (busy) return;
  busy = true;
  try {
    while (cursor < state.events.length) {
      cursor += 1;
      await show(state.events[cursor - 1], true);
    }
  } finally {
    busy = false;
  }
  await lead();
}

let leading = false;
async function lead() {
  if (leading || busy || cursor < state.events.length) return;
  leading = true;
  try {
    $("live").classList.toggle("busy", BUSY.includes(state.status));
    if (BUSY.includes(state.status)) return;
    if (openGuess() || (panelPoll && polls.get(panelPoll)?.kind === "guess")) return;
    if (current && !current.shown) {
      // Nothing is asked of a class only because somebody opened this page.
      if (!isLed) return;
      const about = guessOn && !OVER.includes(state.status) ? worthGuessing(current) : null;
      if (about) return void (await guess(about));
      settle(current);
      if (state.playing && current.told().length) await delay(2500);
    }
    const last = state.events.at(-1);
    if (last?.type === "question" && last.asker && state.status === "paused") return void (await oneTurn());
    if (state.playing && state.status === "paused" && !openVote() && !panelPoll) {
      await delay(900);
      if (state.playing && cursor === state.events.length) await oneTurn();
    }
  } finally {
    leading = false;
  }
}

async function oneTurn() {
  state.status = "running";
  stepping = true;
  if (!(await command({ type: "resume", turns: 1 }))) {
    state.playing = false;
    stepping = false;
    buttons();
  }
}

const openGuess = () => [...polls.values()].find((one) => !one.closed && one.kind === "guess");

function worthGuessing(view) {
  const told = view.rulings.find((one) => ["contradicted", "supported"].includes(one.verdict));
  if (told) return told;
  if (sinceGuess <= GUESS_GAP) return undefined;
  // A figure or a year is surely something that a sheet could tell; what has none may be half an opinion.
  const untold = view.rulings.filter((one) => one.verdict === "not_covered");
  return untold.find((one) => /\d/.test(one.claim)) ?? (sinceGuess > 2 * GUESS_GAP ? untold[0] : undefined);
}

async function guess(ruling) {
  const choices = ["supported", "contradicted", "cannot know"];
  const question = clean(ruling.claim).slice(0, 480);
  const opened = await command({ type: "open_poll", poll: `guess-${ruling.seq}`, kind: "guess", question, choices, holds: false, about_seq: ruling.seq });
  if (!opened) current.settle();
}

// The panel over the debate: what the class is asked, and how it answered

function showPoll(key) {
  const poll = polls.get(key);
  panelPoll = key;
  const panel = $("panel");
  const isGuess = poll.kind === "guess";
  const title = el("h2", { id: "panel-title" }, isGuess ? t("guess_title") : t(poll.closed ? "vote_result" : "vote_now"));
  const parts = [title, el("p", { class: "asked" }, words(poll.question))];
  if (!poll.closed) {
    parts.push(el("p", { class: "choices" }, poll.choices.map((one) => el("span", { class: "choice" }, words(guessLabel(one))))));
    parts.push(el("p", { id: "votes-in", role: "status" }));
    parts.push(el("button", { type: "button", class: "main big", id: "panel-go", onclick: closePoll }, t(isGuess ? "guess_reveal" : "vote_close")));
  } else parts.push(...resultParts(poll));
  panel.replaceChildren(...parts);
  panel.hidden = false;
  showOverview();
  // Whoever is at a sentence stays there: their next Enter is for it, not for a panel that came meanwhile.
  if ($("turns").contains(document.activeElement)) $("live").textContent = title.textContent;
  else $("panel-go").focus({ preventScroll: true });
}

function resultParts(poll) {
  const parts = [];
  const total = Object.values(poll.closed.counts).reduce((sum, one) => sum + one, 0);
  const ruling = rulings.get(poll.about_seq);
  if (poll.kind === "guess" && ruling) {
    const right = rightGuess(ruling.verdict);
    const score = el("p", { class: "score" }, t("guess_result", { right: poll.closed.counts[right] ?? 0, total }));
    const verdict = el("p", { class: `verdict ${ruling.verdict}` }, `${MARKS[ruling.verdict]} ${t(`verdict_${ruling.verdict}`)}`);
    parts.push(verdict, el("p", {}, words(ruling.explanation)), bars(poll.closed.counts, { right, label: guessLabel }), score);
  } else {
    parts.push(bars(poll.closed.counts));
    const compared = poll.closed.moved.reduce((sum, one) => sum + one.voters, 0);
    const moved = poll.closed.moved.filter((one) => one.before !== one.after).reduce((sum, one) => sum + one.voters, 0);
    if (poll.closed.compared_with) parts.push(el("p", { class: "score" }, t("moved", { moved, compared })));
  }
  parts.push(el("button", { type: "button", class: "main big", id: "panel-go", onclick: dismiss }, t("guess_skip")));
  return parts;
}

let closing = "";
async function closePoll() {
  const poll = panelPoll;
  if (!poll || polls.get(poll).closed || closing === poll) return;
  closing = poll;
  $("panel-go").disabled = true;
  if (await command({ type: "close_poll", poll })) return;
  closing = "";
  if ($("panel-go")) $("panel-go").disabled = false;
}

function hidePanel() {
  panelPoll = "";
  $("panel").hidden = true;
}

function dismiss() {
  hidePanel();
  $("main").focus({ preventScroll: true });
  lead();
}

export async function toggleVote() {
  const open = openVote();
  if (open) {
    panelPoll = open.poll;
    return closePoll();
  }
  const motion = clean(state.debate.motion).slice(0, 480);
  const choices = motion.endsWith("?") ? ["choice_yes", "choice_no"] : ["choice_agree", "choice_disagree"];
  const number = [...polls.values()].filter((one) => one.kind === "vote").length + 1;
  const names = [...choices, "choice_unsure"].map((one) => t(one));
  return command({ type: "open_poll", poll: `vote-${number}`, kind: "vote", question: motion, choices: names, holds: false });
}

// Controls

function togglePlay() {
  isLed = true;
  state.playing = !state.playing;
  buttons();
  run();
}

function next() {
  isLed = true;
  const poll = polls.get(panelPoll);
  if (poll) return poll.closed ? dismiss() : closePoll();
  if (busy) {
    hurry = true;
    return undefined;
  }
  if (current && !current.shown && !BUSY.includes(state.status)) return lead();
  return state.status === "paused" ? oneTurn() : undefined;
}

function setSpeed(by) {
  speed = Math.min(12, Math.max(1, speed + by));
  localStorage.setItem("rejoinder-speed", String(speed));
  buttons();
}

function toggleGuess() {
  guessOn = !guessOn;
  localStorage.setItem("rejoinder-guess", guessOn ? "on" : "off");
  buttons();
}

function buttons() {
  $("play").textContent = t(state.playing ? "pause" : "play");
  $("speed").textContent = t("speed", { speed });
  $("guess").setAttribute("aria-pressed", String(guessOn));
}

function onPiece(detail, isOpened) {
  $("source").replaceChildren(words(sourceOf(detail)));
  if (isOpened) dialogs.piece(detail);
}

const ACTIONS = {
  play: togglePlay,
  next,
  slower: () => setSpeed(-0.5),
  faster: () => setSpeed(0.5),
  "round-more": () => command({ type: "add_round" }),
  vote: toggleVote,
  questions: () => dialogs.questions(),
  "what-if": () => dialogs.whatIf(),
  guess: toggleGuess,
  join: () => dialogs.join(),
  theme: useTheme(),
  keys: () => dialogs.keys(),
};
for (const [key, action] of Object.entries(ACTIONS)) $(key).addEventListener("click", () => action());
const KEYS = { " ": "play", ArrowRight: "next", "+": "faster", "-": "slower", r: "round-more", w: "what-if", v: "vote", q: "questions", g: "guess", j: "join", t: "theme" };

document.addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || $("dialog").open) return;
  // A dialog that was just closed may keep the focus until the page is drawn again.
  const inField = event.target.closest("input, textarea, select")?.closest("dialog:not([open])") === null;
  if (inField || (event.key === " " && event.target.closest("button, a, [role=button]"))) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "f") attempt(() => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  else if (KEYS[key]) ACTIONS[KEYS[key]]();
  else return;
  event.preventDefault();
});

// Who is here

async function lookOver() {
  for (;;) {
    try {
      if (!document.hidden) {
        state.overview = await call("GET", `/classroom/debates/${id}/overview`);
        showOverview();
        if (!busy && cursor === state.events.length && state.overview.last_seq === cursor && state.overview.status !== state.status) {
          state.status = state.overview.status;
          lead();
        }
      }
    } catch {
      // The stream says when the connection is lost.
    }
    await delay(1500);
  }
}

function showOverview() {
  const { pupils, ballots, waiting } = state.overview;
  badge("pupils", pupils);
  badge("waiting", waiting);
  if ($("votes-in")) $("votes-in").textContent = t("votes_in", { number: ballots[panelPoll] ?? 0, pupils });
}

function badge(key, number) {
  $(key).textContent = String(number);
  $(key).hidden = !number;
}

function onEvent(event) {
  isLed = true;
  state.events.push(event);
  state.status = event.type === "debate_ended" ? event.reason : "running";
  run();
}

function drawCast(header) {
  const signs = { for: "+", against: "−", mixed: "±", unclear: "" };
  $("begin-motion").replaceChildren(words(header.motion));
  header.participants.forEach((one, place) => {
    const hue = hueOf(place);
    people.set(one.id, header.pseudonymous ? one.pseudonym : one.name);
    hues.set(one.id, hue);
    if (header.absent.includes(one.id)) return;
    const given = header.sides?.[one.id];
    const stands = given ? t("side_given", { side: t(`stance_${given}`) }) : one.stance === "unclear" ? "" : t(`stance_${one.stance}`);
    const stance = el("span", { class: "quiet" }, ` ${stands}`);
    $("begin-cast").append(el("li", { class: hue }, el("strong", {}, words(name(one.id))), stance, el("br"), words(one.epithet)));
    $("cast").append(el("li", { class: hue, "data-persona": one.id }, words(name(one.id)), signs[given ?? one.stance] ? ` ${signs[given ?? one.stance]}` : ""));
  });
  $("cast").hidden = $("cast").children.length > MOST_IN_CAST;
}

async function begin() {
  buttons();
  state.debate = await call("GET", `/v1/debates/${id}`);
  const { header } = state.debate;
  drawCast(header);
  $("motion").replaceChildren(words(header.motion));
  document.title = clean(header.motion);
  showPremise(header.premise);
  state.status = state.debate.status;
  state.events = await allEvents(id);
  for (const event of state.events) await show(event, false);
  cursor = state.events.length;
  $("turns").lastElementChild?.scrollIntoView({ block: "start" });
  lookOver();
  lead();
  await follow(id, {
    last: cursor,
    onEvent,
    onState: (status) => {
      state.status = status;
      lead();
    },
    onLink: (isUp) => {
      $("offline").hidden = isUp;
    },
  });
}

mountClass({ id, overview: () => state.overview, name, openGuess, keysOn: () => keysOn });
attempt(begin);
