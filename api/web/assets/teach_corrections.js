// Correcting what a reader worked out: who wrote a post, whom it quotes, and what is no quotation at all.

import { $, attempt, call, clean, el, t, words } from "./lib.js";

let current = { id: "", values: null, people: [], onDone: null };

// Called with each thread that was read; `onDone` gets what became of it.
export async function useCorrections(id, people, onDone) {
  current = { id, values: null, people, onDone };
}

async function values() {
  current.values ??= await call("GET", `/v1/threads/${current.id}/corrections`);
  return current.values;
}

async function put(postId, change) {
  const all = await values();
  const post = structuredClone(all.posts[postId]);
  change(post);
  const body = { digest: all.digest, names: {}, posts: { [postId]: post } };
  await done(await call("PUT", `/v1/threads/${current.id}/corrections`, body));
}

async function done(made) {
  current.values = null;
  $("undo-corrections").hidden = false;
  await current.onDone(made);
}

$("undo-corrections").addEventListener("click", () =>
  attempt(async () => {
    await done(await call("DELETE", `/v1/threads/${current.id}/corrections`));
    $("undo-corrections").hidden = true;
  }),
);

const NOBODY = "";
const OTHER = "\u0000other";

// Whose words: one of the people, somebody else by name, or (of a quotation) nobody can tell.
function whose(chosen, { orNobody }) {
  const select = el("select", { "aria-label": t("correct_whose") });
  for (const one of current.people) select.append(el("option", { value: one }, clean(one)));
  if (orNobody) select.append(el("option", { value: NOBODY }, t("somebody")));
  select.append(el("option", { value: OTHER }, t("correct_other")));
  if (chosen && !current.people.includes(chosen)) select.prepend(el("option", { value: chosen }, clean(chosen)));
  select.value = chosen ?? NOBODY;
  const name = el("input", { hidden: true, maxlength: "80", dir: "auto", "aria-label": t("correct_name") });
  select.addEventListener("change", () => {
    name.hidden = select.value !== OTHER;
    name.required = !name.hidden;
    if (!name.hidden) name.focus();
  });
  return { parts: [select, name], value: () => (select.value === OTHER ? name.value.trim() : select.value) };
}

// A form in place of nothing yet, below what is corrected.
function ask(place, title, parts, work) {
  document.querySelector(".correcting")?.remove();
  const form = el("form", { class: "correcting" }, el("h4", {}, title), parts);
  const cancel = el("button", { type: "button", onclick: () => close() }, t("correct_cancel"));
  const back = document.activeElement;
  const close = () => {
    form.remove();
    back?.focus?.();
  };
  form.append(el("div", { class: "row" }, el("button", { class: "main" }, t("correct_do")), cancel));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    attempt(work);
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  place.after(form);
  form.querySelector("select, input, textarea").focus();
}

export function correctPost(post, place) {
  const author = whose(post.author, { orNobody: false });
  const said = el("textarea", { rows: "3", dir: "auto", "aria-label": t("correct_words") });
  const from = whose(null, { orNobody: true });
  const parts = [
    el("p", { class: "quiet" }, t("correct_post_help")),
    el("div", { class: "fields" }, el("span", {}, t("correct_wrote")), el("div", {}, author.parts)),
    el("details", {}, el("summary", {}, t("correct_add")), el("div", { class: "fields" }, el("span", {}, t("correct_words")), said, el("span", {}, t("correct_whose")), el("div", {}, from.parts))),
  ];
  ask(place, t("correct_post", { id: clean(post.id) }), parts, () =>
    put(post.id, (entry) => {
      entry.author = author.value() || post.author;
      if (said.value.trim()) entry.quotes.push({ words: said.value.trim(), author: from.value() || null, post: null });
    }),
  );
}

// `number` counts the post's quotations from 0.
export function correctQuote(post, passage, number, place) {
  const from = whose(passage.quoted_author, { orNobody: true });
  const own = el("input", { type: "checkbox" });
  const parts = [
    el("div", { class: "fields" }, el("span", {}, t("correct_whose")), el("div", {}, from.parts)),
    el("label", { class: "check" }, own, words(t("correct_own", { who: clean(post.author) }))),
  ];
  ask(place, t("correct_quote"), parts, () =>
    put(post.id, (entry) => {
      if (own.checked) entry.quotes.splice(number, 1);
      else {
        const author = from.value() || null;
        // Words of another person stand in another post.
        if (author !== entry.quotes[number].author) entry.quotes[number].post = null;
        entry.quotes[number].author = author;
      }
    }),
  );
}
