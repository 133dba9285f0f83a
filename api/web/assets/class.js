// The teacher's overview of the class: groups, seats, how pupils are named, who contributed what.

import { $, attempt, call, clean, delay, el, t, useTheme, words } from "./lib.js";
import { clock } from "./clock.js";

useTheme();
const id = document.body.dataset.debate;
const LOOK_EVERY_MS = 3000;
const OVER = ["completed", "nothing_left", "cancelled", "failed", "budget_spent"];
const names = new Map();
let found = null;
let isSettled = false; // whether the settings have been filled in

const of = (debate) => `/classroom/debates/${debate}`;
const act = (method, path, body) => attempt(() => call(method, path, body)).then(look);

// What a second press confirms, so that no pupil is removed by a slip.
function twice(key, look_, work) {
  const label = el("span", {}, t(key));
  const made = el("button", { type: "button", class: look_ }, label);
  let isSure = false;
  made.addEventListener("click", () => {
    if (isSure) return work();
    isSure = true;
    label.textContent = t("class_sure");
    setTimeout(() => {
      isSure = false;
      label.textContent = t(key);
    }, 4000);
    return undefined;
  });
  return made;
}

const button = (key, work, look_ = "") => el("button", { type: "button", class: look_, onclick: work }, t(key));
const name = (persona) => clean(names.get(persona) ?? persona);

function stateLine(one) {
  const known = { paused: "class_state_paused", person: "class_state_person", poll: "class_state_poll" };
  return t(OVER.includes(one.status) ? "class_state_over" : (known[one.status] ?? "class_state_running"));
}

// Draws a part again only where it has changed and nobody has it under their finger.
function redraw(place, value, make) {
  const key = JSON.stringify(value);
  if (place.dataset.shown === key) return;
  if (place.dataset.shown && place.contains(document.activeElement) && document.activeElement.matches("button")) {
    const again = document.activeElement.textContent;
    place.replaceChildren(...make());
    [...place.querySelectorAll("button")].find((one) => one.textContent === again)?.focus();
  } else place.replaceChildren(...make());
  place.dataset.shown = key;
}

function drawGroup(one) {
  const item = el("li", {}, el("h3", {}, words(one.name)));
  if (one.premise) item.append(el("p", {}, words(t("what_if", { premise: clean(one.premise) }))));
  item.append(el("p", { class: "quiet" }, `${t("class_here", { here: one.here, pupils: one.pupils })} · ${t("class_turns", { turns: one.turns })} · ${stateLine(one)}`));
  if (one.is_group) item.append(el("p", { class: "quiet" }, words(one.leader ? t("class_led_by", { who: clean(one.leader) }) : t("class_led_by_nobody"))));
  if (one.waiting_questions) item.append(el("p", {}, `${t("questions")}: ${one.waiting_questions}`));
  if (one.waits_for?.member) {
    const line = one.waits_for.is_away ? "wait_for_person_away" : "wait_for_person";
    item.append(el("p", {}, words(t(line, { by: clean(one.waits_for.by), persona: name(one.waits_for.persona), left: clock(one.waits_for.left_s) }))));
  }
  for (const wish of one.wishes) {
    const path = `${of(one.debate_id)}/seat-requests/${wish.id}`;
    item.append(el("p", {}, words(t("class_wish", { who: clean(wish.who), persona: name(wish.persona) }))));
    item.append(el("div", { class: "row" }, button("grant", () => act("POST", `${path}:grant`), "main"), button("refuse", () => act("POST", `${path}:refuse`))));
  }
  for (const seat of one.seats) {
    item.append(el("p", {}, words(t("class_seat", { by: clean(seat.by), persona: name(seat.persona) }))));
    item.append(button("take_back", () => act("POST", `${of(one.debate_id)}/seats/${encodeURIComponent(seat.persona)}:take-back`)));
  }
  item.append(el("p", {}, el("a", { class: "button", href: `/stage/${one.debate_id}` }, t("class_open_stage"), el("span", { class: "unseen" }, " ", words(one.name)))));
  return item;
}

function drawPupil(one) {
  const number = (value) => el("td", { class: "number" }, String(value));
  const label = el("th", { scope: "row" }, words(one.label));
  if (one.here) label.append(" ", el("span", { class: "here" }, t("class_here_mark")));
  if (one.removed) label.append(` (${t("class_removed")})`);
  const row = el("tr", { class: one.removed ? "gone" : "" }, label, el("td", {}, words(one.groups.join("; "))));
  row.append(number(one.votes), number(one.guesses), number(one.guesses_right), number(one.asked), number(one.put));
  row.append(el("td", {}, words(one.seats.join("; "))), number(one.turns), number(one.contradicted));
  row.append(el("td", {}, one.removed ? "" : el("div", { class: "row" }, actions(one))));
  return row;
}

function actions(one) {
  const path = `${of(id)}/pupils/${one.member}`;
  const made = [];
  if (found.naming !== "anonymous") made.push(twice("class_rename", "", () => act("PUT", `${path}/name`, { nickname: null })));
  made.push(twice("class_remove", "", () => act("DELETE", path)));
  const group = found.groups.find((other) => other.is_group && one.groups.includes(other.name));
  if (group && group.leader !== one.label) made.push(button("class_make_leader", () => act("PUT", `${of(group.debate_id)}/leader`, { member: one.member })));
  for (const each of made) each.append(el("span", { class: "unseen" }, " ", words(one.label)));
  return made;
}

function draw() {
  $("code").textContent = found.code ?? "–";
  const main = found.groups[0];
  $("motion").replaceChildren(words(main.motion));
  const present = found.pupils.filter((one) => one.here).length;
  $("here").textContent = t("class_here", { here: present, pupils: found.pupils.filter((one) => !one.removed).length });
  redraw($("groups"), found.groups, () => found.groups.map(drawGroup));
  redraw($("pupils"), [found.pupils, found.naming, found.groups.map((one) => one.leader)], () => found.pupils.map(drawPupil));
  $("nobody").hidden = found.pupils.length > 0;
  $("table").hidden = !found.pupils.length;
  if (isSettled) return;
  isSettled = true;
  document.querySelector(`#naming input[value="${found.naming}"]`).checked = true;
  $("turn-s").value = found.turn_s;
  $("guess-s").value = found.guess_s;
}

async function look() {
  try {
    found = await call("GET", `${of(id)}/class`);
    $("offline").hidden = true;
    draw();
  } catch (error) {
    $("offline").hidden = Boolean(error.status);
    if (error.status) throw error;
  }
}

function drawPremises() {
  const number = Math.min(12, Math.max(1, Number($("number").value) || 1));
  const have = found?.groups.filter((one) => one.is_group).length ?? 0;
  while ($("premises").children.length > 2 * number) $("premises").lastElementChild.remove();
  for (let place = $("premises").children.length / 2; place < number; place += 1) {
    const group = t("group_name", { number: have + place + 1 });
    $("premises").append(el("label", { for: `premise-${place}` }, t("class_groups_premise", { name: group })), el("input", { id: `premise-${place}`, maxlength: "500", dir: "auto", "data-name": group }));
  }
}

$("number").addEventListener("input", drawPremises);
$("split").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const groups = [...$("premises").querySelectorAll("input")].map((one) => ({ name: one.dataset.name, premise: one.value.trim() || null }));
    await call("POST", `${of(id)}/groups`, { groups });
    $("premises").replaceChildren();
    await look();
    drawPremises();
    $("split").closest("details").open = false;
  });
});
$("settings").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    const naming = document.querySelector("#naming input:checked").value;
    await call("PUT", `${of(id)}/class`, { naming, turn_s: Number($("turn-s").value), guess_s: Number($("guess-s").value) });
    $("done").textContent = t("class_saved");
    await look();
  });
});

await attempt(async () => {
  const { header } = await call("GET", `/v1/debates/${id}`);
  for (const one of header.participants) names.set(one.id, header.pseudonymous ? one.pseudonym : one.name);
  await look();
  drawPremises();
  for (;;) {
    await delay(LOOK_EVERY_MS);
    if (!document.hidden) await look();
  }
});
