// What the stage shows of the class: whose words the debate waits for, who would like a seat, how long a guess has left.

import { $, attempt, call, clean, delay, el, t, words } from "./lib.js";
import { clock } from "./clock.js";

// Mounts all of it.
//   id: the debate; overview(): what was heard of it last; name(persona): as shown; openGuess(): the poll that is open;
//   keysOn(): whether single keys are in use
export function mountClass({ id, overview, name, openGuess, keysOn }) {
  const badge = el("span", { class: "badge", hidden: true });
  const button = el("button", { type: "button", id: "class", onclick: () => open() }, t("class"), badge);
  $("join").before(button);
  const bar = el("section", { class: "class-bar", "aria-label": t("seat_title"), hidden: true });
  $("main").before(bar);
  let waits = null;
  let endsAt = 0;

  async function takeBack(persona) {
    await attempt(() => call("POST", `/classroom/debates/${id}/seats/${encodeURIComponent(persona)}:take-back`));
  }

  function tick() {
    const { wishes = [], waits_for: now = null, guess_s: seconds = 0 } = overview();
    badge.textContent = String(wishes.length);
    badge.hidden = !wishes.length;
    showWaiting(now);
    showGuess(seconds);
  }

  function showWaiting(now) {
    if (now && now !== waits) endsAt = Date.now() + now.left_s * 1000;
    const isOther = now?.persona !== waits?.persona;
    waits = now;
    bar.hidden = !now || now.member === null;
    if (bar.hidden) return;
    if (isOther || !bar.firstChild) bar.replaceChildren(el("p", {}), el("button", { type: "button", onclick: () => takeBack(waits.persona) }, t("take_back")));
    const values = { by: clean(now.by), persona: clean(name(now.persona)), left: clock((endsAt - Date.now()) / 1000) };
    bar.firstChild.replaceChildren(words(t(now.is_away ? "wait_for_person_away" : "wait_for_person", values)));
  }

  function showGuess(seconds) {
    const poll = openGuess();
    const panel = $("panel");
    const shown = panel.querySelector("#guess-left");
    if (!poll || !seconds || panel.hidden || !$("votes-in")) return shown?.remove();
    const place = shown ?? el("p", { id: "guess-left", role: "timer" });
    if (!shown) $("votes-in").after(place);
    const left = Math.ceil(seconds - (Date.now() - Date.parse(poll.at)) / 1000);
    const line = left > 0 ? t("guess_left", { seconds: Math.min(left, seconds) }) : t("guess_time_up");
    if (place.textContent !== line) place.textContent = line;
    return undefined;
  }

  async function open(again = false) {
    const box = $("dialog");
    const found = await attempt(() => call("GET", `/classroom/debates/${id}/class`));
    if (!found || (again && !box.open)) return;
    const here = found.groups.find((one) => one.debate_id === id);
    const act = (path, method = "POST") => async () => {
      await attempt(() => call(method, `/classroom/debates/${id}${path}`));
      await open(true);
    };
    const wishes = here.wishes.map((one) => {
      const line = el("p", {}, words(t("class_wish", { who: clean(one.who), persona: clean(name(one.persona)) })));
      const row = el("div", { class: "row" }, el("button", { type: "button", class: "main", onclick: act(`/seat-requests/${one.id}:grant`) }, t("grant")), el("button", { type: "button", onclick: act(`/seat-requests/${one.id}:refuse`) }, t("refuse")));
      return el("li", {}, line, row);
    });
    const seats = here.seats.map((one) => el("li", {}, el("p", {}, words(t("class_seat", { by: clean(one.by), persona: clean(name(one.persona)) }))), el("button", { type: "button", onclick: act(`/seats/${encodeURIComponent(one.persona)}:take-back`) }, t("take_back"))));
    const parts = [el("p", { class: "quiet" }, t("class_here", { here: here.here, pupils: here.pupils }))];
    parts.push(el("h3", {}, t("seat_wishes")), wishes.length ? el("ul", { class: "queue" }, wishes) : el("p", { class: "quiet" }, t("class_no_wishes")));
    if (seats.length) parts.push(el("ul", { class: "queue" }, seats));
    parts.push(el("p", {}, el("a", { class: "button", href: `/class/${id}` }, t("class_overview"))));
    const close = el("button", { type: "button", class: "close", onclick: () => box.close() }, t("close"));
    box.replaceChildren(el("h2", { id: "dialog-title" }, t("class_title")), ...parts, close);
    if (!box.open) box.showModal();
  }

  document.addEventListener("keydown", (event) => {
    const isBusy = event.ctrlKey || event.metaKey || event.altKey || $("dialog").open || event.target.closest("input, textarea, select");
    if (keysOn() && !isBusy && event.key.toLowerCase() === "c") open();
  });

  (async () => {
    for (;;) {
      tick();
      await delay(500);
    }
  })();
}
