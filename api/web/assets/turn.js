// One turn on the stage: its words, what each rests on, and the rulings on its claims.

import { $, clean, el, has, t, words } from "./lib.js";

// Offsets count code points, as in the log, and not the browser's UTF-16 units.
const cut = (points, start, end) => points.slice(start, end).join("");

export class TurnView {
  constructor(turn, { name, onPiece, hue = "" }) {
    this.turn = turn;
    this.name = name;
    this.onPiece = onPiece;
    this.rulings = [];
    this.shown = false;
    this.text = el("p", { class: "said", dir: "auto" });
    this.notes = el("ul", { class: "rulings" });
    const head = el("p", { class: "who" }, words(turn.speaker_name));
    const made = turn.origin === "human" ? t("made_human", { by: clean(turn.by || "") }) : has(`made_${turn.origin}`) ? t(`made_${turn.origin}`) : "";
    const answers = turn.reply_to && turn.reply_to.speaker;
    if (answers) head.append(el("span", { class: "answers" }, " ", t("answers_who", { who: clean(name(turn.reply_to.speaker)) })));
    if (made) head.append(el("span", { class: "made-by" }, words(made)));
    const length = turn.text.length > 520 ? "longer" : turn.text.length > 300 ? "long" : "";
    this.item = el("li", { class: `turn ${hue} ${length}`, "data-seq": String(turn.seq) }, head);
    if (answers) this.item.append(el("blockquote", {}, words(turn.reply_to.text)));
    this.item.append(this.text, this.notes);
    this.draw();
  }

  add(ruling) {
    this.rulings.push(ruling);
  }

  // Show the rulings, on the claims themselves and below.
  settle() {
    if (this.shown) return;
    this.shown = true;
    this.draw();
  }

  overrule(seq, event) {
    const ruling = this.rulings.find((one) => one.seq === seq);
    if (!ruling) return;
    ruling.overruled = event;
    this.draw();
  }

  verdict(ruling) {
    return ruling.overruled ? ruling.overruled.verdict : ruling.verdict;
  }

  told() {
    const worth = ["supported", "contradicted", "unchecked"];
    return this.shown ? this.rulings.filter((one) => worth.includes(one.verdict) || one.overruled) : [];
  }

  draw() {
    const revealed = this.text.querySelectorAll(".w:not(.later)").length;
    const points = [...this.turn.text];
    const told = this.told();
    const edges = new Set([0, points.length]);
    for (const one of this.turn.evidence) edges.add(one.spoken.start).add(one.spoken.end);
    for (const one of [...this.turn.connectives, ...told]) edges.add(one.start).add(one.end);
    const sorted = [...edges].filter((one) => one >= 0 && one <= points.length).sort((a, b) => a - b);
    const pieces = [];
    for (let i = 0; i + 1 < sorted.length; i += 1) pieces.push(this.piece(points, sorted[i], sorted[i + 1], told));
    // Whoever stands on a part of the turn by keyboard goes on standing there.
    const stood = this.text.contains(document.activeElement) ? document.activeElement.dataset.start : undefined;
    this.text.replaceChildren(...pieces);
    if (stood !== undefined) pieces.findLast((one) => Number(one.dataset.start) <= Number(stood))?.focus({ preventScroll: true });
    this.notes.replaceChildren(...told.map((one) => this.note(one)));
    if (!this.live) return;
    [...this.text.querySelectorAll(".w")].forEach((one, index) => one.classList.toggle("later", index >= revealed));
  }

  piece(points, start, end, told) {
    const inside = (one) => one.start <= start && end <= one.end;
    const evidence = this.turn.evidence.filter((one) => inside(one.spoken));
    const added = this.turn.connectives.some(inside);
    const ruling = told.find(inside);
    const text = cut(points, start, end);
    const made = el("span", { class: added ? "added" : "" });
    // Words are elements of their own only while they appear one by one.
    if (!this.live) made.append(clean(text));
    else {
      for (const part of text.split(/(\s+)/)) {
        if (part.trim()) made.append(el("span", { class: "w later" }, clean(part)));
        else made.append(part ? " " : "");
      }
    }
    if (!text.trim()) return made;
    const detail = { text, evidence, ruling, added, turn: this.turn, view: this };
    made.dataset.start = String(start);
    made.setAttribute("role", "button");
    made.setAttribute("tabindex", "0");
    made.classList.add("piece");
    if (ruling) made.classList.add("claim", this.verdict(ruling));
    const open = () => this.onPiece(detail, true);
    made.addEventListener("click", open);
    made.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      event.stopPropagation();
      open();
    });
    for (const name of ["mouseenter", "focus"]) made.addEventListener(name, () => this.onPiece(detail, false));
    return made;
  }

  note(ruling) {
    const verdict = this.verdict(ruling);
    const detail = { text: ruling.claim, evidence: [], ruling, turn: this.turn, view: this };
    const button = el("button", { type: "button", class: `verdict ${verdict}`, onclick: () => this.onPiece(detail, true) });
    button.append(`${MARKS[verdict]} ${t(`verdict_${verdict}`)}: `, words(`“${ruling.claim}”`));
    if (ruling.overruled) button.append(` ${t("overruled_short", { verdict: t(`verdict_${ruling.verdict}`) })}`);
    return el("li", {}, button);
  }

  // Word by word at so many words a second; `still()` says whether to go on, `hurry()` whether to show all, and
  // `onWord` is told of the last word that has appeared.
  async reveal(speed, still, hurry, onWord = () => {}) {
    const later = () => this.text.querySelectorAll(".w.later");
    let next = performance.now();
    for (;;) {
      const left = later();
      if (!left.length) break;
      if (hurry()) {
        for (const one of left) one.classList.remove("later");
        break;
      }
      await new Promise((done) => setTimeout(done, 30));
      const now = performance.now();
      if (!still()) {
        next = now;
        continue;
      }
      const step = 1000 / speed();
      let shown = null;
      for (let i = 0; i < left.length && next <= now; i += 1) {
        shown = left[i];
        shown.classList.remove("later");
        next += step;
      }
      if (shown) onWord(shown);
    }
    this.live = false;
    this.draw();
  }

  hide() {
    this.live = true;
    this.shown = false;
    this.draw();
    for (const one of this.text.querySelectorAll(".w")) one.classList.add("later");
  }
}

// A colour of their own for everybody, the same on every page.
const HUES = 8;
export const hueOf = (place) => `c${place % HUES}`;

export const MARKS = { contradicted: "✗", supported: "✓", unchecked: "?", not_covered: "·", not_checkable: "·" };

export function sourceLine(one) {
  const year = one.year ? ` (${one.year})` : "";
  return clean(`${one.author}, ${one.title}${year}${one.where ? `, ${one.where}` : ""}`);
}

// A ruling with its facts and their sources.
export function rulingCard(ruling) {
  const card = el("div", { class: "card" });
  card.append(el("p", { class: `verdict ${ruling.verdict}` }, `${MARKS[ruling.verdict]} ${t(`verdict_${ruling.verdict}`)}`));
  card.append(el("p", {}, words(ruling.explanation)));
  for (const fact of ruling.cited || []) {
    // The explanation mostly quotes the fact in full; twice is once too often on a small screen.
    const isQuoted = ruling.explanation.includes(fact.statement.replace(/[.\s]+$/, ""));
    if (!isQuoted) card.append(el("p", { class: "fact" }, el("strong", {}, `${t("fact")}: `), words(fact.statement)));
    for (const one of fact.sources) card.append(el("p", { class: "quiet" }, `${t("source")}: `, words(sourceLine(one))));
  }
  if (ruling.overruled) {
    const { by, reason } = ruling.overruled;
    const values = { by: clean(by), verdict: t(`verdict_${ruling.overruled.verdict}`), reason: clean(reason) };
    card.append(el("p", {}, words(t("overruled", values))));
  }
  return card;
}

// What a part of a turn rests on, in one line.
export function sourceOf({ evidence, added, turn }) {
  const [first] = evidence;
  if (!first) return added ? t("own_joining") : "";
  return `${t("evidence_line", { who: clean(turn.speaker_name), post: clean(first.post_id) })}: “${clean(first.text)}”`;
}

// A part of a turn: the ruling on it with fact and source, then where it stands in the thread.
export function pieceParts({ text, evidence, ruling, added, turn }, beside = []) {
  const parts = [el("p", { class: "asked", dir: "auto" }, words(`“${text.trim()}”`))];
  if (ruling) parts.push(el("h3", {}, t("referee")), rulingCard(ruling), ...beside);
  const covers = (one) => ruling && one.spoken.start < ruling.end && one.spoken.end > ruling.start;
  const resting = evidence.length ? evidence : turn.evidence.filter(covers);
  parts.push(el("h3", {}, t("evidence")));
  for (const one of resting) {
    parts.push(el("p", { class: "quiet" }, words(t("evidence_line", { who: turn.speaker_name, post: one.post_id }))));
    parts.push(el("blockquote", {}, words(one.text)));
  }
  if (!resting.length) parts.push(el("p", { class: "quiet" }, t(added ? "own_joining" : "no_evidence")));
  return parts;
}

export function openDialog(title, ...parts) {
  const box = $("dialog");
  const close = el("button", { type: "button", class: "close", onclick: () => box.close() }, t("close"));
  box.replaceChildren(el("h2", { id: "dialog-title" }, title), ...parts, close);
  if (!box.open) box.showModal();
}
