import { $, attempt, call, clean, el, notice, t, useTheme, words } from "./lib.js";
import { correctPost, correctQuote, useCorrections } from "./teach_corrections.js";
import { changed, listModels, useDebate } from "./teach_debate.js";

useTheme();
const POSTS_AT_ONCE = 60;
const SURE = 0.995;
let threadId = "";
let thread = null;
let drawn = 0;

$("example").addEventListener("click", () =>
  attempt(async () => {
    reading(true);
    const made = await call("POST", "/classroom/example");
    await listSheets(made.sheet);
    await show(made.read);
  }).finally(() => reading(false)),
);
$("file").addEventListener("change", (event) => event.target.files[0] && upload(event.target.files[0]));
$("read-paste").addEventListener("click", () => {
  const text = $("paste").value;
  if (text.trim()) upload(new File([text], t("pasted_name")));
  else $("paste").focus();
});
const drop = $("drop");
for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const file = event.dataTransfer.files[0];
  const text = event.dataTransfer.getData("text/plain");
  if (file) upload(file);
  else if (text.trim()) upload(new File([text], t("pasted_name")));
});

function reading(is) {
  $("reading").textContent = is ? t("reading") : "";
}

async function upload(file) {
  reading(true);
  await attempt(async () => {
    const name = encodeURIComponent(file.name.slice(0, 200));
    await show(await call("POST", `/v1/threads?name=${name}`, file, { raw: true }));
  });
  reading(false);
}

async function show({ thread: summary, report }) {
  threadId = summary.id;
  $("motion").value = clean(summary.motion);
  $("thread").open = false;
  await showReport(report);
  $("earlier").hidden = true;
  $("rest").hidden = false;
}

async function showReport(report) {
  const counts = [
    ["read_people", report.people.length],
    ["read_posts", report.posts],
    ["read_quotes", report.quotes],
    ["read_inferred", report.inferred_quotes],
    ["read_names", report.inferred_names],
  ];
  $("counts").replaceChildren(
    ...counts.map(([key, number]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, String(number)))),
  );
  $("notes").replaceChildren(...report.notes.map((one) => el("li", {}, words(one))));
  thread = (await call("GET", `/v1/threads/${threadId}`)).thread;
  useCorrections(threadId, report.people, async (made) => {
    const open = $("thread").open;
    const place = $("posts").scrollTop;
    await showReport(made.report);
    $("thread").open = open;
    $("posts").scrollTop = place;
    notice(t("corrected"), "good");
  });
  drawn = 0;
  $("posts").replaceChildren();
  drawPosts(Math.max(POSTS_AT_ONCE, 0));
  $("report").hidden = false;
  await drawPeople(await call("GET", `/v1/threads/${threadId}/personas`));
}

function drawPosts(number) {
  for (const post of thread.posts.slice(drawn, drawn + number)) $("posts").append(drawPost(post));
  drawn = Math.min(thread.posts.length, drawn + number);
  $("more").hidden = drawn >= thread.posts.length;
  onlyInferred();
}
$("more").addEventListener("click", () => drawPosts(POSTS_AT_ONCE));

function onlyInferred() {
  for (const post of $("posts").children) post.hidden = $("only-inferred").checked && !post.querySelector(".guess");
}
$("only-inferred").addEventListener("change", () => {
  if ($("only-inferred").checked) drawPosts(thread.posts.length);
  onlyInferred();
});

const sureness = (confidence) => (confidence < SURE ? t("inferred_sure", { percent: Math.round(100 * confidence) }) : t("inferred"));
const correction = (label, work) => el("button", { type: "button", class: "link correct", "aria-label": label, onclick: work }, t("correct"));

function drawPost(post) {
  const guessed = !post.author_named || post.author_confidence < SURE;
  const head = el("header", {}, el("h3", {}, words(post.author)), el("span", { class: "quiet" }, t("post_line", { id: clean(post.id) })));
  if (guessed) head.append(el("span", { class: "guess" }, sureness(post.author_confidence)));
  head.append(correction(t("correct_post", { id: clean(post.id) }), () => correctPost(post, head)));
  let quotes = 0;
  const passages = post.passages.map((one) => drawPassage(post, one, one.kind === "quote" ? quotes++ : -1));
  return el("article", { class: "post", "data-post": post.id, tabindex: "-1" }, head, passages);
}

function drawPassage(post, passage, number) {
  const text = el("p", { class: "words" }, words(passage.text.trim()));
  if (passage.kind === "own") return text;
  const who = passage.quoted_author ? clean(passage.quoted_author) : t("somebody");
  const line = el("div", { class: "row quiet" }, words(t("quoting", { who })));
  if (passage.inferred) line.append(el("span", { class: "guess" }, sureness(passage.confidence)));
  line.append(correction(t("correct_quote_of", { who, id: clean(post.id) }), () => correctQuote(post, passage, number, line)));
  return el("blockquote", { class: passage.inferred ? "inferred" : "" }, line, text);
}

async function drawPeople(cast) {
  $("motion").value = clean(cast.motion);
  // As by default everywhere: those with a position, where three or more have one.
  const areEnough = cast.personas.filter(({ persona }) => persona.positions.length).length >= 3;
  $("people").replaceChildren(...cast.personas.map(({ persona }) => drawPerson(persona, areEnough)));
  useDebate(threadId, cast.personas.map(({ persona }) => persona));
}

const places = (evidence) =>
  evidence.map((one) => el("button", { type: "button", class: "link", onclick: () => openAt(one) }, t("evidence_at", { id: clean(one.post_id) })));

function drawPerson(persona, needsPosition) {
  const speaks = persona.positions.length > 0 || persona.remarks.length > 0;
  const tick = el("input", { type: "checkbox", value: persona.id, name: "who", disabled: !speaks, onchange: changed });
  tick.checked = needsPosition ? persona.positions.length > 0 : speaks;
  tick.setAttribute("aria-label", t("takes_part", { name: clean(persona.name) }));
  const stance = el("span", { class: `stance ${persona.stance}` }, t(`stance_${persona.stance}`));
  const head = el("label", { class: "check" }, tick, el("strong", {}, words(persona.name)));
  const told = el("p", { class: "told" }, words(persona.epithet));
  if (persona.stance_evidence) told.append(" · ", t("stance_from"), " ", ...places([persona.stance_evidence]));
  const list = el("ol", {}, persona.positions.map((one) => el("li", {}, words(one.statement), " ", ...places(one.evidence))));
  const positions = persona.positions.length ? list : el("p", { class: "quiet" }, t("nothing_argued"));
  return el("li", {}, el("div", { class: "row" }, head, stance), told, positions);
}

// The evidence in its place in the thread.
function openAt(evidence) {
  const index = thread.posts.findIndex((one) => one.id === evidence.post_id);
  if (index < 0) return;
  if (index >= drawn) drawPosts(index - drawn + 1);
  $("thread").open = true;
  const place = $("posts").children[index];
  for (const old of document.querySelectorAll("#posts mark")) old.replaceWith(old.textContent);
  mark(place, evidence.text);
  place.focus({ preventScroll: true });
  (place.querySelector("mark") || place).scrollIntoView({ block: "center" });
}

function mark(place, text) {
  const wanted = clean(text).replace(/\s+/g, " ").trim();
  for (const line of place.querySelectorAll(".words bdi")) {
    const whole = line.textContent;
    const pattern = wanted.split(" ").map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const found = new RegExp(pattern).exec(whole);
    if (!found) continue;
    line.replaceChildren(whole.slice(0, found.index), el("mark", {}, found[0]), whole.slice(found.index + found[0].length));
    return;
  }
}

const tickAll = (on) => () => {
  for (const one of document.querySelectorAll("#people input:not(:disabled)")) one.checked = on;
  changed();
};
$("all").addEventListener("click", tickAll(true));
$("none").addEventListener("click", tickAll(false));

$("motion-form").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(async () => {
    await drawPeople(await call("POST", `/v1/threads/${threadId}/personas:motion`, { motion: $("motion").value }));
  });
});

async function listSheets(chosen) {
  const { items } = await call("GET", "/v1/sheets");
  const options = items.map((one) => {
    const line = t("sheet_line", { title: clean(one.title), version: clean(one.version), facts: one.facts });
    return el("option", { value: one.digest }, line);
  });
  $("sheet").replaceChildren($("sheet").options[0], ...options);
  if (chosen) $("sheet").value = chosen;
  changed();
}
$("sheet-file").addEventListener("change", (event) =>
  attempt(async () => {
    const file = event.target.files[0];
    if (file) await listSheets((await call("POST", "/v1/sheets", file, { raw: true })).digest);
  }),
);

// Debates that are there already: after a pause a lesson goes on.
async function listEarlier() {
  const { items } = await call("GET", "/v1/debates?limit=8");
  const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  for (const one of items) {
    const links = ["stage", "after"].map((page) => el("a", { href: `/${page}/${one.id}` }, t(`earlier_${page}`), el("span", { class: "unseen" }, " ", words(one.motion))));
    $("earlier-list").append(el("li", {}, el("span", { class: "what" }, words(one.motion)), el("span", { class: "quiet" }, date.format(one.created_at_ms)), links));
  }
  $("earlier").hidden = !items.length;
}

attempt(listSheets);
attempt(listEarlier);
attempt(listModels);
