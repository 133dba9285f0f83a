// The debate that is set up: who takes part in what, what the fact sheet covers, by which model, at what cost.

import { $, attempt, call, clean, delay, el, notice, t, words } from "./lib.js";
import { drawSides, forgetSides, givenSides, shareOut, sideOf } from "./teach_sides.js";

let threadId = "";
let personas = [];
let models = new Map();
let asked = 0; // counts changes, so that only the answer to the last one is shown
let covered = ""; // the thread and sheet whose coverage is shown

export function useDebate(id, found) {
  threadId = id;
  personas = found;
  forgetSides();
  covered = "";
  changed();
}

export async function listModels() {
  const { items, limits } = await call("GET", "/v1/models");
  models = new Map(items.map((one) => [one.id, one]));
  for (const one of items) {
    const price = one.input_usd_per_million === null ? t("model_price_unknown") : t("model_price", { input: one.input_usd_per_million, output: one.output_usd_per_million });
    const line = one.why_unavailable ? t("model_away", { name: clean(one.id) }) : `${clean(one.id)} (${price})`;
    $("model").append(el("option", { value: one.id, disabled: Boolean(one.why_unavailable) }, line));
  }
  if (!items.length) $("model-help").append(" ", t("model_offer"));
  if (limits.max_calls !== null) {
    $("max-calls").max = String(limits.max_calls);
    $("max-calls").placeholder = String(limits.max_calls);
  }
  changed();
}

const ticked = () => [...document.querySelectorAll("#people input:checked")].map((one) => one.value);

const hasSides = () => $("format").value === "oxford";
const argues = (one) => one.remarks.length || one.positions.length;

// Those who take part: in a two-sided debate whoever is on a side.
function seated() {
  const chosen = personas.filter((one) => ticked().includes(one.id));
  return hasSides() ? chosen.filter((one) => argues(one) && sideOf(one)) : chosen;
}

function request() {
  const model = $("model").value;
  const sheet = $("sheet").value || null;
  const body = {
    thread: threadId,
    participants: seated().map((one) => one.id),
    format: $("format").value,
    rounds: Number($("rounds").value),
    premise: $("premise").value.trim() || null,
    sheet,
    pseudonymous: $("pseudonyms").checked,
  };
  if (hasSides()) body.sides = givenSides(seated());
  if (!model) return body;
  body.models = { default: model, judge: $("judge").checked ? model : null, referee: sheet && $("referee").checked ? model : null };
  if ($("max-calls").value) body.budget = { max_calls: Number($("max-calls").value) };
  return body;
}

// Whatever is changed, the page says again what would come of it.
export function changed() {
  const model = models.get($("model").value);
  $("model-more").hidden = !model;
  $("model-help").hidden = Boolean(model);
  $("referee").disabled = !$("sheet").value;
  const chosen = personas.filter((one) => ticked().includes(one.id));
  $("sides").hidden = !hasSides();
  if (hasSides()) drawSides(chosen.filter(argues), changed);
  $("ticked").textContent = t("people_ticked", { number: chosen.length });
  $("format-help").textContent = problemOf(chosen) ?? "";
  $("start").disabled = !threadId || Boolean(problemOf(chosen));
  asked += 1;
  reckon(asked);
  attempt(lookAtCoverage);
}

function problemOf(chosen) {
  const speaking = chosen.filter(argues);
  if (speaking.length < 2) return t("needs_two");
  if (!hasSides()) return null;
  const lacking = ["for", "against"].filter((side) => !speaking.some((one) => sideOf(one) === side));
  return lacking.length ? t("needs_sides", { sides: lacking.map((one) => t(`stance_${one}`)).join(", ") }) : null;
}

async function reckon(mine) {
  if (!$("model").value) {
    $("cost").textContent = t("cost_nothing");
    return;
  }
  $("cost").textContent = t("cost_reckoning");
  await delay(500);
  if (mine !== asked || !threadId || $("start").disabled) return;
  let line = "";
  try {
    const { at_least: least, at_most: most } = await call("POST", "/v1/debates:estimate", request());
    const values = { calls: span(least.calls, most.calls), input: span(least.input_tokens, most.input_tokens), output: span(least.output_tokens, most.output_tokens) };
    line = t("cost_tokens", values);
    line += ` ${most.cost_usd === null ? t("cost_unknown") : t("cost_usd", { cost: span(least.cost_usd, most.cost_usd, 3) })}`;
    if ($("judge").checked || (!$("referee").disabled && $("referee").checked)) line += ` ${t("cost_beside")}`;
  } catch (error) {
    line = t("failed", { why: clean(error.message) });
  }
  if (mine === asked) $("cost").textContent = line;
}

function span(least, most, digits = 0) {
  const format = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: digits });
  return least === most ? format.format(least) : t("from_to", { least: format.format(least), most: format.format(most) });
}

async function lookAtCoverage() {
  const sheet = $("sheet").value;
  const key = `${threadId} ${sheet}`;
  if (!threadId || key === covered) return;
  covered = key;
  const place = $("coverage");
  if (!sheet) return place.replaceChildren();
  place.replaceChildren(el("p", { class: "quiet" }, t("coverage_looking")));
  const found = await call("GET", `/classroom/threads/${threadId}/coverage/${sheet}`).catch((error) => {
    covered = "";
    throw error;
  });
  if (key === covered) place.replaceChildren(...coverageParts(found));
  return undefined;
}

function coverageParts({ claims, covered: number, posts, all_posts: all, gaps }) {
  if (!claims) return [el("p", { class: "quiet" }, t("coverage_nothing"))];
  const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("span", { class: "fill" }));
  bar.firstChild.style.inlineSize = `${(100 * number) / claims}%`;
  const line = t("coverage_line", { covered: number, claims }) + (posts < all ? ` ${t("coverage_part", { posts, all })}` : "");
  const list = el("ul", { class: "gaps" }, gaps.map((one) => el("li", {}, words(one.claim), el("span", { class: "quiet" }, ` (${one.posts.map((post) => t("evidence_at", { id: clean(post) })).join(", ")})`))));
  const more = gaps.length ? el("details", {}, el("summary", {}, t("coverage_gaps")), list) : null;
  return [el("div", { class: "meter" }, bar, el("strong", {}, line)), el("p", { class: "quiet" }, t("coverage_help")), more].filter(Boolean);
}

for (const id of ["format", "rounds", "premise", "sheet", "model", "judge", "referee", "pseudonyms", "max-calls"]) $(id).addEventListener("change", changed);

$("sides-share").addEventListener("click", () => {
  shareOut(personas.filter((one) => ticked().includes(one.id) && argues(one)));
  changed();
});

$("debate").addEventListener("submit", async (event) => {
  event.preventDefault();
  notice("");
  const button = $("start");
  button.disabled = true;
  button.textContent = t("starting");
  await attempt(async () => {
    const debate = await call("POST", "/v1/debates", { ...request(), start_paused: true });
    await call("POST", `/classroom/debates/${debate.id}/code`);
    location.assign(`/stage/${debate.id}`);
  });
  button.disabled = false;
  button.textContent = t("start");
});
