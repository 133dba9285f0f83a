// A pupil's phone: the way in, and then the parts of the lesson.

import { $, Refused, attempt, call, clean, delay, el, follow, notice, t, useTheme, words } from "./lib.js";
import { announce, classroom, keep, name, people, press, seat, service } from "./phone.js";
import { Polls } from "./phone_polls.js";
import { Seats } from "./phone_seats.js";
import { MARKS } from "./turn.js";

useTheme();
const HERE_EVERY_MS = 4000;
const MOST_SAID = 200;
const given = new URLSearchParams(location.search).get("code");

// The way in: first what the code leads to, then the name and the group that it asks for

let wayIn = null;

function closeWayIn() {
  wayIn = null;
  $("way-in").hidden = true;
  $("join").querySelector("button").textContent = t("join_look");
}

async function look() {
  const code = clean($("code").value).trim().toUpperCase();
  try {
    wayIn = await call("POST", "/classroom/look", { code }, { token: "-" });
  } catch (error) {
    if (error.status === 404) throw new Error(t("no_code"));
    throw error;
  }
  const { naming, groups, motion } = wayIn;
  $("motion").replaceChildren(words(motion));
  $("anonymous").hidden = naming !== "anonymous";
  $("naming").hidden = naming === "anonymous";
  const isNamed = naming === "names";
  $("nickname-label").textContent = t(isNamed ? "join_named" : "join_name");
  $("name-help").textContent = t(isNamed ? "join_named_help" : "join_name_help");
  $("nickname").required = isNamed;
  if (!$("nickname").value) $("nickname").value = seat()?.nickname ?? "";
  $("groups").hidden = !groups.length;
  $("groups").replaceChildren($("groups").firstElementChild, ...groups.map(drawGroup));
  $("way-in").hidden = false;
  $("join").querySelector("button").textContent = t("join_go");
}

function groupLine(one) {
  return t(one.premise ? "group_line_premise" : "group_line", { name: clean(one.name), pupils: one.pupils, premise: clean(one.premise) });
}

function drawGroup(one) {
  const pick = el("input", { type: "radio", name: "group", value: one.debate_id, required: true });
  return el("label", { class: "check" }, pick, el("span", {}, words(groupLine(one))));
}

async function enter(code, nickname, group) {
  const joined = await call("POST", "/classroom/join", { code, nickname, group }, { token: "-" });
  const same = seat()?.debate === joined.debate_id && seat()?.token === joined.token;
  keep({ debate: joined.debate_id, token: joined.token, code, nickname, chosen: same ? seat().chosen : {}, pending: {}, home: null });
  history.replaceState(null, "", "/join");
  location.reload();
}

$("code").addEventListener("input", closeWayIn);
$("join").addEventListener("submit", (event) => {
  event.preventDefault();
  press($("join").querySelector("button"), async () => {
    notice("");
    if (!wayIn) {
      await look();
      if (!$("nickname").closest("[hidden]")) $("nickname").focus();
      return;
    }
    const nickname = wayIn.naming === "anonymous" ? null : $("nickname").value.trim() || null;
    const group = $("groups").querySelector("input:checked")?.value ?? null;
    await enter(clean($("code").value).trim().toUpperCase(), nickname, group);
  });
});

function showWayIn() {
  $("lesson").hidden = true;
  $("who").hidden = true;
  $("join").hidden = false;
  if (given) {
    $("code").value = clean(given);
    attempt(look);
  } else if (seat()?.code) $("code").value = seat().code;
}

// The lesson

const polls = new Polls();
const seats = new Seats(refresh);
let here = null;

function said(event, who, text, note) {
  const made = () => [el("p", { class: "who" }, words(who)), note ? el("p", { class: "human" }, words(note)) : null, el("p", { dir: "auto" }, words(text))].filter(Boolean);
  $("latest").replaceChildren(...made());
  $("now").hidden = false;
  $("said").append(el("li", { class: "turn", "data-seq": String(event.seq) }, made()));
  while ($("said").children.length > MOST_SAID) $("said").firstElementChild.remove();
}

function ruled(event) {
  polls.ruling(event);
  const place = $("said").querySelector(`[data-seq="${event.turn_seq}"]`);
  if (!place || !["supported", "contradicted"].includes(event.verdict)) return;
  place.append(el("p", { class: `ruled verdict ${event.verdict}` }, `${MARKS[event.verdict]} ${t(`verdict_${event.verdict}`)}: `, words(`“${event.claim}”`)));
}

function premise(text) {
  $("premise").hidden = !text;
  $("premise").replaceChildren(text ? words(t("what_if", { premise: clean(text) })) : "");
}

const SHOW = {
  question: (event) => said(event, t("asks_who", { who: clean(event.asker || t("moderator")), to: name(event.to) }), event.text),
  turn: (event) => said(event, clean(event.speaker_name), event.text, event.by ? t("human_turn", { by: clean(event.by) }) : ""),
  ruling: ruled,
  ruling_overruled: (event) => polls.overruling(event),
  premise_set: (event) => premise(event.premise),
  poll_opened: (event) => polls.opened(event),
  poll_closed: (event) => polls.closed(event),
};

$("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  press($("ask").querySelector("button"), async () => {
    $("asked").textContent = "";
    await service("POST", "/questions", { to: $("to").value, text: $("text").value });
    $("text").value = "";
    $("asked").textContent = t("ask_sent");
    refresh();
  });
});
$("leave").addEventListener("click", () => {
  keep({ debate: null, token: null });
  location.reload();
});
$("move").addEventListener("click", () => press($("move"), () => enter(seat().code, here?.nickname ?? seat().nickname, null)));

// What this pupil may do now; asking for it also says that the phone is there.

let asking = null;
let again = false;
function refresh() {
  if (asking) {
    again = true;
    return asking;
  }
  asking = (async () => {
    try {
      do {
        again = false;
        draw(await classroom("GET", "/me"));
      } while (again);
    } catch (error) {
      if (error instanceof Refused && [401, 403, 404].includes(error.status)) signedOut();
    } finally {
      asking = null;
    }
  })();
  return asking;
}

function draw(found) {
  const before = here;
  here = found;
  const isNamed = Boolean(found.nickname);
  const who = isNamed ? t("you_are", { name: clean(found.nickname) }) : t("you_are_anonymous");
  const group = found.group ? ` ${t("you_are_in", { group: clean(found.group) })}` : "";
  $("who").replaceChildren(words(`${who}${group}`));
  $("who").hidden = false;
  polls.guess_s = found.guess_s;
  drawQuestions(found.questions, before?.questions);
  seats.draw(found);
  drawLead(found);
  drawGroups(found);
  if (found.next_debate && $("moved").hidden) announce(t("class_went_on"));
  $("moved").hidden = !found.next_debate;
}

function drawQuestions(questions, before) {
  $("mine").hidden = !questions.length;
  const key = JSON.stringify(questions);
  if (key === $("mine").dataset.shown) return;
  $("mine").dataset.shown = key;
  $("my-questions").replaceChildren(...questions.map((one) => el("li", {}, words(one.text), " ", el("span", { class: "quiet" }, t(`state_${one.state}`)))));
  for (const one of questions) {
    const was = before?.find((other) => other.id === one.id);
    if (was && was.state !== one.state) announce(`${t("my_questions")}: ${t(`state_${one.state}`)}`);
  }
}

function drawLead(found) {
  const wanted = found.is_leader ? "leads" : found.may_lead ? "may" : "";
  const place = $("lead");
  place.hidden = !wanted;
  if (place.dataset.shown === wanted) return;
  place.dataset.shown = wanted;
  const title = (key) => el("h2", { id: "h-lead" }, t(key));
  const button = (key, path, look_) => {
    const made = el("button", { type: "button", class: look_ }, t(key));
    made.addEventListener("click", () => press(made, () => classroom("POST", path).then(refresh)));
    return made;
  };
  if (wanted === "leads") place.replaceChildren(title("lead_title"), el("p", { class: "quiet" }, t("lead_help")), el("div", { class: "row" }, button("lead_next", "/lead:next", "main big"), button("lead_vote", "/lead:vote", "")));
  if (wanted === "may") place.replaceChildren(title("lead_nobody"), button("lead_take", "/lead", "main"));
}

function drawGroups(found) {
  const others = found.groups.filter((one) => one.debate_id !== seat().debate);
  const isHome = found.class_id === seat().debate;
  const shown = isHome ? others : [];
  const key = JSON.stringify([shown, isHome, Boolean(seat().home)]);
  $("to-groups").hidden = !shown.length && !(seat().home && !isHome);
  if ($("to-groups").dataset.shown === key) return;
  if (shown.length && !$("to-groups").dataset.shown?.includes("debate_id")) announce(t("go_to_group_help"));
  $("to-groups").dataset.shown = key;
  const buttons = shown.map((one) => {
    const made = el("button", { type: "button", class: "choice" }, words(t("go_to", { name: groupLine(one) })));
    made.addEventListener("click", () => press(made, () => goToGroup(one.debate_id)));
    return made;
  });
  if (!isHome && seat().home) {
    const home = el("button", { type: "button" }, t("back_to_class"));
    home.addEventListener("click", goHome);
    buttons.push(home);
  }
  $("group-choices").replaceChildren(...buttons);
}

async function goToGroup(id) {
  const joined = await classroom("POST", `/groups/${id}:join`);
  const home = { debate: seat().debate, token: seat().token, chosen: seat().chosen };
  keep({ debate: joined.debate_id, token: joined.token, chosen: {}, pending: {}, home });
  location.reload();
}

function goHome() {
  keep({ ...seat().home, pending: {}, home: null });
  location.reload();
}

function signedOut() {
  keep({ debate: null, token: null });
  showWayIn();
  notice(t("signed_out"));
}

async function stayHere() {
  for (;;) {
    if (!seat()?.token) return;
    if (!document.hidden) await refresh();
    await delay(HERE_EVERY_MS);
  }
}

async function begin() {
  let debate = null;
  while (!debate) {
    try {
      debate = await service("GET", "");
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error;
      $("offline").hidden = false;
      await delay(1500);
    }
  }
  $("offline").hidden = true;
  const { header } = debate;
  for (const one of header.participants) {
    const shown = header.pseudonymous ? one.pseudonym : one.name;
    people.set(one.id, shown);
    if (!header.absent.includes(one.id)) $("to").append(el("option", { value: one.id }, clean(shown)));
  }
  seats.people = header.participants.filter((one) => !header.absent.includes(one.id)).map((one) => one.id);
  $("motion").replaceChildren(words(header.motion));
  document.title = clean(header.motion);
  premise(header.premise);
  $("lesson").hidden = false;
  polls.draw();
  stayHere();
  document.addEventListener("visibilitychange", () => document.hidden || refresh());
  await follow(seat().debate, {
    token: seat().token,
    onEvent: (event) => {
      polls.live = event.seq > debate.last_seq;
      SHOW[event.type]?.(event);
      if (["seat_taken", "seat_left", "poll_closed", "turn"].includes(event.type)) refresh();
    },
    onState: (status) => {
      if (status !== here?.status) refresh();
    },
    onLink: (isUp) => {
      $("offline").hidden = isUp;
      if (isUp) polls.flush();
    },
  });
}

// A new code leads to a new debate, also on a phone that has a place in another one.
const isElsewhere = given && seat()?.token && clean(given).trim().toUpperCase() !== seat().code;
if (seat()?.token && !isElsewhere) begin().catch(signedOut);
else showWayIn();
