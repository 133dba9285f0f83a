// A pupil's seat: asking for one, wording a turn from it, giving it back.

import { $, clean, el, t, words } from "./lib.js";
import { clock } from "./clock.js";
import { announce, classroom, name, press, service } from "./phone.js";

const MOST = 1200; // characters of a turn, as the service allows

export class Seats {
  constructor(refresh) {
    this.refresh = refresh;
    this.people = [];
    this.place = null;
    this.endsAt = 0;
    setInterval(() => this.tick(), 1000);
  }

  draw(place) {
    const before = this.place;
    this.place = place;
    this.drawSeat();
    this.drawTurn();
    if (!before) return;
    if (place.seat && !before.seat) announce(t("seat_yours", { persona: name(place.seat) }));
    if (!place.seat && before.seat) announce(t("seat_gone"));
    if (place.is_my_turn && !before.is_my_turn) announce(t("seat_turn", { persona: name(place.seat) }));
  }

  button(key, look, work) {
    const made = el("button", { type: "button", class: look }, t(key));
    made.addEventListener("click", () => press(made, () => work().then(this.refresh)));
    return made;
  }

  drawSeat() {
    const { seat, wanted, refused, seats } = this.place;
    const key = JSON.stringify([seat, wanted, refused, seats]);
    const part = $("seat-part");
    if (part.dataset.shown === key || part.contains(document.activeElement) && part.dataset.asks && !seat && !wanted) return;
    part.dataset.shown = key;
    delete part.dataset.asks;
    if (seat) part.replaceChildren(el("p", { class: "framed" }, words(t("seat_yours", { persona: name(seat) }))), this.button("seat_give_back", "", () => classroom("DELETE", "/seat")));
    else if (wanted) part.replaceChildren(el("p", {}, words(t("seat_waits", { persona: name(wanted) }))), this.button("seat_withdraw", "", () => classroom("DELETE", "/seat-requests")));
    else part.replaceChildren(...this.asking(refused, seats));
  }

  asking(refused, seats) {
    $("seat-part").dataset.asks = "yes";
    const who = el("select", { id: "seat-who" });
    for (const one of this.people) {
      const label = seats[one] ? t("seat_taken_by", { persona: name(one), by: clean(seats[one]) }) : name(one);
      who.append(el("option", { value: one, disabled: Boolean(seats[one]) }, label));
    }
    const form = el("form", { class: "stack" }, el("label", { for: "seat-who" }, t("seat_who")), who, el("button", {}, t("seat_ask")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(form.querySelector("button"), async () => {
        await classroom("POST", "/seat-requests", { persona: who.value });
        form.querySelector("button").blur();
        await this.refresh();
      });
    });
    return [refused ? el("p", { class: "framed" }, t("seat_refused")) : null, el("p", { class: "quiet" }, t("seat_help")), form].filter(Boolean);
  }

  drawTurn() {
    const { is_my_turn: isMine, waiting, seat } = this.place;
    const box = $("turn");
    if (waiting) this.endsAt = Date.now() + waiting.left_s * 1000;
    if (!isMine) {
      box.hidden = true;
      box.replaceChildren();
      return;
    }
    if (!box.hidden) return;
    const answered = waiting.answers ? document.querySelector(`#said [data-seq="${waiting.answers}"]`) : null;
    const text = el("textarea", { id: "turn-text", rows: "6", maxlength: String(MOST), required: true, dir: "auto", "aria-describedby": "turn-help" });
    const left = el("p", { class: "quiet", id: "turn-length" });
    const count = () => {
      left.textContent = t("ask_left", { left: MOST - [...text.value].length });
    };
    text.addEventListener("input", count);
    count();
    const send = el("button", { class: "main big" }, t("seat_send"));
    const pass = el("button", { type: "button" }, t("seat_pass"));
    const say = (words_, passes) => async () => {
      await service("POST", "/turns", { persona: seat, text: words_, passes });
      announce(t("seat_said"));
      await this.refresh();
    };
    const form = el("form", { class: "stack" });
    form.append(el("label", { for: "turn-text" }, t("seat_text")), text, left, el("p", { class: "quiet", id: "turn-help" }, t("seat_text_help", { most: MOST })), el("div", { class: "row" }, send, pass));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(send, say(text.value, false));
    });
    pass.addEventListener("click", () => press(pass, say(t("seat_passes"), true)));
    const heading = el("h2", { id: "h-turn" }, words(t("seat_turn", { persona: name(seat) })));
    const who = answered?.querySelector(".who")?.textContent;
    const asked = answered ? [el("p", {}, words(t("seat_answering", { who }))), el("blockquote", { dir: "auto" }, words(answered.querySelector("p:last-of-type:not(.ruled), p[dir]")?.textContent ?? ""))] : [el("p", {}, t("seat_opening"))];
    box.replaceChildren(heading, ...asked, form, el("p", { class: "left quiet", role: "timer" }));
    box.hidden = false;
    this.tick();
  }

  tick() {
    const place = document.querySelector("#turn .left");
    if (place) place.textContent = t("seat_left", { left: clock((this.endsAt - Date.now()) / 1000) });
  }
}
