// What the stage opens on demand: a ruling with its source, questions, how to join, the keys.

import { $, attempt, call, clean, el, notice, t, words } from "./lib.js";
import { command, id, keys, name, speakers, state } from "./stage.js";
import { openDialog as open, pieceParts } from "./turn.js";

function piece(detail) {
  const { ruling } = detail;
  open(clean(detail.turn.speaker_name), ...pieceParts(detail, ruling ? [overruling(ruling)] : []));
}

function overruling(ruling) {
  const verdict = el("select", { id: "verdict" });
  for (const one of ["supported", "contradicted", "not_covered", "not_checkable"]) {
    if (one !== ruling.verdict) verdict.append(el("option", { value: one }, t(`verdict_${one}`)));
  }
  const reason = el("input", { id: "reason", required: true, maxlength: "500", dir: "auto" });
  const form = el("form", { class: "fields" });
  form.append(el("label", { for: "verdict" }, t("overrule_to")), verdict);
  form.append(el("label", { for: "reason" }, t("overrule_reason")), reason);
  form.append(el("span"), el("button", {}, t("overrule")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = { type: "overrule", ruling_seq: ruling.seq, verdict: verdict.value, reason: reason.value };
    if (await command(body)) $("dialog").close();
  });
  return el("details", {}, el("summary", {}, t("overrule")), form);
}

async function questions() {
  const { items } = (await attempt(() => call("GET", `/v1/debates/${id}/questions`))) ?? { items: [] };
  const waiting = items.filter((one) => one.state === "waiting");
  const list = el("ul", { class: "queue" });
  for (const one of waiting) {
    const act = (verb) => async () => {
      await attempt(() => call("POST", `/v1/debates/${id}/questions/${one.id}:${verb}`));
      if (verb === "release") $("dialog").close();
      else questions();
    };
    const line = t("question_line", { who: clean(one.asker_name), to: clean(name(one.persona)) });
    const row = el("div", { class: "row" });
    row.append(el("button", { type: "button", class: "main", onclick: act("release") }, t("release")));
    row.append(el("button", { type: "button", onclick: act("dismiss") }, t("dismiss")));
    list.append(el("li", {}, el("p", { class: "quiet" }, words(line)), el("p", {}, words(one.text)), row));
  }
  open(t("questions"), waiting.length ? list : el("p", {}, t("questions_none")), asking(!waiting.length));
}

function asking(isOpen) {
  const to = el("select", { id: "ask-to" }, speakers().map((one) => el("option", { value: one.id }, clean(one.name))));
  const text = el("input", { id: "ask-text", required: true, maxlength: "500", dir: "auto" });
  const form = el("form", { class: "fields" });
  form.append(el("label", { for: "ask-to" }, t("ask_to")), to, el("label", { for: "ask-text" }, t("ask_text")), text);
  form.append(el("span"), el("button", {}, t("ask_send")));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await command({ type: "ask", to: to.value, text: text.value })) $("dialog").close();
  });
  return el("details", { open: isOpen }, el("summary", {}, t("ask_self")), form);
}

function whatIf() {
  const text = el("input", { id: "premise-now", required: true, maxlength: "500", dir: "auto" });
  text.value = clean(state.premise ?? "");
  const form = el("form", { class: "fields" });
  form.append(el("label", { for: "premise-now" }, t("what_if_label")), text);
  const branch = el("button", { type: "button", onclick: () => text.reportValidity() && attempt(() => branchNow(text.value)) }, t("what_if_branch"));
  const lift = el("button", { type: "button", onclick: async () => (await stipulate(null)) && $("dialog").close() }, t("what_if_lift"));
  form.append(el("span"), el("div", { class: "row" }, el("button", { class: "main" }, t("what_if_go")), branch, state.premise ? lift : null));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (await stipulate(text.value)) $("dialog").close();
  });
  open(t("what_if_now"), el("p", {}, t("what_if_help")), form);
}

async function stipulate(premise) {
  const set = await command({ type: "stipulate", premise });
  // A debate that is over has no next turn: it gets another round for it.
  if (set && ["completed", "nothing_left"].includes(state.status)) await command({ type: "add_round" });
  if (set) notice(t("what_if_set"), "good");
  return set;
}

async function branchNow(premise) {
  const after = state.events.length;
  const made = await call("POST", `/v1/debates/${id}/branches`, { after_seq: after, premise, start_paused: true });
  await call("POST", `/classroom/debates/${made.id}/code`);
  location.assign(`/stage/${made.id}`);
}

async function join() {
  const code = await attempt(() => call("POST", `/classroom/debates/${id}/code`));
  if (!code) return;
  const picture = el("img", { class: "qr", src: `/classroom/debates/${id}/code.svg`, alt: t("join_qr", { address: code.address }) });
  open(t("join_title"), el("p", { class: "asked" }, t("join_how", { address: code.address.replace(/^https?:\/\//, "") })), el("p", { class: "code" }, code.code), picture);
}

function showKeys() {
  const tick = el("input", { type: "checkbox", id: "keys-on" });
  tick.checked = keys.on;
  tick.addEventListener("change", () => {
    keys.on = tick.checked;
  });
  const lines = ["space", "next", "speed", "round", "what_if", "vote", "questions", "guess", "join", "class", "theme", "full"];
  open(t("key_help"), el("label", { class: "check" }, tick, ` ${t("keys_on")}`), el("ul", {}, lines.map((one) => el("li", {}, t(`key_${one}`)))));
}

export const dialogs = { piece, questions, whatIf, join, keys: showKeys };
