import { $, attempt, call, clean, el, notice, t, useTheme, words } from "./lib.js";

useTheme();
const POSTS_AT_ONCE = 60;
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
  if (text.trim()) upload(new File([text], "pasted.txt"));
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
  else if (text.trim()) upload(new File([text], "dropped.txt"));
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
  drawn = 0;
  $("posts").replaceChildren();
  $("thread").open = false;
  drawPosts(POSTS_AT_ONCE);
  $("report").hidden = false;
  await drawPeople(await call("GET", `/v1/threads/${threadId}/personas`));
  $("rest").hidden = false;
}

function drawPosts(number) {
  for (const post of thread.posts.slice(drawn, drawn + number)) $("posts").append(drawPost(post));
  drawn = Math.min(thread.posts.length, drawn + number);
  $("more").hidden = drawn >= thread.posts.length;
}
$("more").addEventListener("click", () => drawPosts(POSTS_AT_ONCE));

function drawPost(post) {
  const guessed = !post.author_named || post.author_confidence < 0.995;
  const head = el("h3", {}, words(post.author), el("span", { class: "quiet" }, ` ${t("post_line", { id: clean(post.id) })}`));
  if (guessed) head.append(el("span", { class: "guess" }, ` ${t("inferred")}`));
  return el("article", { class: "post", "data-post": post.id, tabindex: "-1" }, head, post.passages.map(drawPassage));
}

function drawPassage(passage) {
  const text = el("p", { class: "words" }, words(passage.text.trim()));
  if (passage.kind === "own") return text;
  const who = passage.quoted_author ? clean(passage.quoted_author) : t("somebody");
  const line = el("p", { class: "quiet" }, words(t("quoting", { who })));
  if (passage.inferred) line.append(el("span", { class: "guess" }, ` ${t("inferred")}`));
  return el("blockquote", { class: passage.inferred ? "inferred" : "" }, line, text);
}

async function drawPeople(cast) {
  $("motion").value = clean(cast.motion);
  $("people").replaceChildren(...cast.personas.map(({ persona }) => drawPerson(persona)));
}

function drawPerson(persona) {
  const speaks = persona.positions.length > 0 || persona.remarks.length > 0;
  const tick = el("input", { type: "checkbox", value: persona.id, name: "who", disabled: !speaks });
  tick.checked = speaks;
  tick.setAttribute("aria-label", t("takes_part", { name: clean(persona.name) }));
  const stance = el("span", { class: `stance ${persona.stance}` }, t(`stance_${persona.stance}`));
  const head = el("label", { class: "check" }, tick, el("strong", {}, words(persona.name)));
  const list = el("ol", {});
  for (const position of persona.positions) {
    const links = position.evidence.map((one) =>
      el("button", { type: "button", class: "link", onclick: () => openAt(one) }, t("evidence_at", { id: clean(one.post_id) })),
    );
    list.append(el("li", {}, words(position.statement), " ", ...links));
  }
  const positions = persona.positions.length ? list : el("p", { class: "quiet" }, t("nothing_argued"));
  return el("li", {}, el("div", { class: "row" }, head, stance), el("p", { class: "quiet" }, words(persona.epithet)), positions);
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
}
$("sheet-file").addEventListener("change", (event) =>
  attempt(async () => {
    const file = event.target.files[0];
    if (file) await listSheets((await call("POST", "/v1/sheets", file, { raw: true })).digest);
  }),
);

$("debate").addEventListener("submit", async (event) => {
  event.preventDefault();
  notice("");
  const button = $("start");
  button.disabled = true;
  button.textContent = t("starting");
  await attempt(async () => {
    const debate = await call("POST", "/v1/debates", {
      thread: threadId,
      participants: [...document.querySelectorAll("#people input:checked")].map((one) => one.value),
      format: $("format").value,
      rounds: Number($("rounds").value),
      premise: $("premise").value.trim() || null,
      sheet: $("sheet").value || null,
      pseudonymous: $("pseudonyms").checked,
      start_paused: true,
    });
    await call("POST", `/classroom/debates/${debate.id}/code`);
    location.assign(`/stage/${debate.id}`);
  });
  button.disabled = false;
  button.textContent = t("start");
});

attempt(() => listSheets());
