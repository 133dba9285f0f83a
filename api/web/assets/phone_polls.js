// Votes and guesses on a pupil's phone. A choice that cannot be sent now is kept, and sent as soon as it can.

import { $, Refused, bars, clean, el, guessLabel, notice, rightGuess, t, words } from "./lib.js";
import { announce, keep, onChange, seat, service } from "./phone.js";
import { rulingCard } from "./turn.js";

export class Polls {
  constructor() {
    this.all = new Map();
    this.rulings = new Map();
    this.guess_s = 0;
    this.live = false; // whether what comes is new, and not what was there before the page was opened
    this.shown = "";
    this.isSlow = false;
    setInterval(() => this.tick(), 500);
    onChange(() => this.markAll());
  }

  opened(event) {
    // The clocks of phones and server differ; only of what was asked before the page was opened is there no better one.
    this.all.set(event.poll, { ...event, closed: null, since: this.live ? Date.now() : Math.min(Date.now(), Date.parse(event.at)) });
    this.draw();
    if (this.live) announce(`${t(event.kind === "guess" ? "your_guess" : "your_vote")}: ${clean(event.question)}`);
  }

  closed(event) {
    const poll = this.all.get(event.poll);
    if (!poll) return;
    poll.closed = event;
    this.draw();
    if (this.live) announce(this.outcome(poll));
  }

  ruling(event) {
    this.rulings.set(event.seq, event);
  }

  overruling(event) {
    const ruling = this.rulings.get(event.ruling_seq);
    if (!ruling) return;
    ruling.overruled = event;
    this.shown = "";
    this.draw();
  }

  // Of several polls those that are open count, else the one closed last.
  draw() {
    const all = [...this.all.values()];
    const open = all.filter((one) => !one.closed);
    const last = all.filter((one) => one.closed).sort((a, b) => a.closed.seq - b.closed.seq).at(-1);
    const shown = open.length ? open : last ? [last] : [];
    const key = JSON.stringify(shown.map((one) => [one.poll, Boolean(one.closed)]));
    if (key === this.shown && key !== "[]") return;
    this.shown = key;
    const place = $("polls");
    const hadFocus = place.contains(document.activeElement);
    if (open.length) place.replaceChildren(...open.map((one) => this.drawOpen(one)));
    else place.replaceChildren(last ? this.drawClosed(last) : el("p", { class: "quiet" }, t("joined")));
    // Whoever had a choice under their finger is not thrown back to the top of the page.
    if (hadFocus) place.querySelector("h2, button")?.focus();
  }

  drawOpen(poll) {
    const isGuess = poll.kind === "guess";
    const box = el("fieldset", { class: "poll", "data-poll": poll.poll });
    box.append(el("legend", {}, t(isGuess ? "your_guess" : "your_vote")), el("p", { class: "asked", dir: "auto" }, words(poll.question)));
    for (const choice of poll.choices) {
      box.append(el("button", { type: "button", class: "choice", "data-choice": choice, "aria-pressed": "false", onclick: () => this.choose(poll, choice) }, words(guessLabel(choice))));
    }
    box.append(el("p", { class: "status", role: "status" }));
    if (isGuess) box.append(el("p", { class: "left quiet", role: "timer" }));
    this.mark(poll, box);
    return box;
  }

  mark(poll, box = document.querySelector(`[data-poll="${CSS.escape(poll.poll)}"]`)) {
    if (!box) return;
    const waits = seat().pending?.[poll.poll];
    const chosen = waits ?? seat().chosen?.[poll.poll];
    for (const one of box.querySelectorAll("button")) one.setAttribute("aria-pressed", String(one.dataset.choice === chosen));
    let line = chosen === undefined || (waits !== undefined && this.isSending && !this.isSlow) ? "" : t("chosen", { choice: guessLabel(chosen) });
    if (waits !== undefined && this.isSlow) line = t(this.isSending ? "sending" : "sent_later");
    const status = box.querySelector(".status");
    if (status.textContent !== line) status.replaceChildren(line ? words(line) : "");
  }

  markAll() {
    for (const poll of this.all.values()) if (!poll.closed) this.mark(poll);
  }

  async choose(poll, choice) {
    keep({ pending: { ...seat().pending, [poll.poll]: choice } });
    const sent = this.flush();
    this.mark(poll);
    await sent;
  }

  // Sends what was chosen; what finds no way is tried again when there is a connection.
  async flush() {
    if (this.isSending) return;
    this.isSending = true;
    let isLost = false;
    // What is sent in a moment is not said to be on its way.
    const slow = setTimeout(() => {
      this.isSlow = true;
      this.markAll();
    }, 700);
    try {
      for (;;) {
        const [key, choice] = Object.entries(seat()?.pending ?? {})[0] ?? [];
        if (key === undefined) return;
        const poll = this.all.get(key);
        try {
          await service("PUT", `/polls/${key}/ballot`, { choice });
          keep({ chosen: { ...seat().chosen, [key]: choice } });
        } catch (error) {
          if (!(error instanceof Refused) || error.status >= 500) {
            isLost = true;
            return;
          }
          notice(t("failed", { why: clean(error.message) }));
        }
        const { [key]: sent, ...rest } = seat().pending;
        // Whoever has chosen otherwise meanwhile is not overruled by what they chose before.
        if (sent === choice) keep({ pending: rest });
        if (poll) this.mark(poll);
      }
    } finally {
      clearTimeout(slow);
      this.isSending = false;
      this.isSlow = isLost;
      this.markAll();
      if (isLost) setTimeout(() => this.flush(), 3000);
    }
  }

  tick() {
    for (const place of document.querySelectorAll("#polls .left")) {
      const poll = this.all.get(place.closest("[data-poll]").dataset.poll);
      const left = Math.ceil(this.guess_s - (Date.now() - poll.since) / 1000);
      const line = !this.guess_s ? "" : left > 0 ? t("guess_left", { seconds: left }) : t("guess_over");
      if (place.textContent !== line) place.textContent = line;
    }
  }

  outcome(poll) {
    const ruling = this.rulings.get(poll.about_seq);
    if (poll.kind !== "guess" || !ruling) return t("vote_result");
    const mine = seat().chosen?.[poll.poll];
    const told = `${t("referee")}: ${t(`verdict_${ruling.verdict}`)}.`;
    return mine === undefined ? told : `${told} ${mine === rightGuess(ruling.verdict) ? t("you_right") : t("you_wrong", { choice: guessLabel(mine) })}`;
  }

  drawClosed(poll) {
    const box = el("div", { class: "poll" }, el("h2", { tabindex: "-1" }, t(poll.kind === "guess" ? "guess_title" : "vote_result")), el("p", { class: "asked", dir: "auto" }, words(poll.question)));
    const ruling = this.rulings.get(poll.about_seq);
    const mine = seat().chosen?.[poll.poll];
    if (poll.kind === "guess" && ruling) {
      const right = rightGuess(ruling.verdict);
      const total = Object.values(poll.closed.counts).reduce((sum, one) => sum + one, 0);
      box.append(rulingCard(ruling));
      if (mine) box.append(el("p", { class: "score" }, mine === right ? t("you_right") : t("you_wrong", { choice: guessLabel(mine) })));
      box.append(bars(poll.closed.counts, { right, label: guessLabel }));
      if (total) box.append(el("p", { class: "quiet" }, t("guess_result", { right: poll.closed.counts[right] ?? 0, total })));
    } else {
      box.append(bars(poll.closed.counts));
      const moved = poll.closed.moved.filter((one) => one.before !== one.after).reduce((sum, one) => sum + one.voters, 0);
      const compared = poll.closed.moved.reduce((sum, one) => sum + one.voters, 0);
      if (poll.closed.compared_with) box.append(el("p", { class: "quiet" }, t("moved", { moved, compared })));
    }
    return box;
  }
}
