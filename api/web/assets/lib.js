// What all pages share: texts, elements made without markup, requests, and a stream that connects again by itself.

const catalogue = await (await fetch("/texts.json")).json();

export function t(key, values = {}) {
  const text = catalogue[key];
  if (text === undefined) throw new Error(`no text ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

export const has = (key) => key in catalogue;

// Control characters, direction marks and zero-width spaces are dropped; joiners stay, scripts need them.
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
export const clean = (text) => String(text ?? "").replace(UNSEEN, "");

export function el(tag, fields = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((one) => one !== null && one !== undefined));
  return made;
}

// Somebody's words: only ever text, in a direction of their own.
export const words = (text) => el("bdi", {}, clean(text));
export const $ = (id) => document.getElementById(id);

export class Refused extends Error {
  constructor(status, detail, slug = "") {
    super(detail);
    this.status = status;
    this.slug = slug;
  }
}

export async function call(method, path, body, { token, raw } = {}) {
  const headers = { Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined && !raw) headers["Content-Type"] = "application/json";
  if (raw) headers["Content-Type"] = "application/octet-stream";
  const reply = await fetch(path, { method, headers, body: body === undefined || raw ? body : JSON.stringify(body) });
  const text = await reply.text();
  let found = null;
  try {
    found = text ? JSON.parse(text) : null;
  } catch {
    found = null;
  }
  if (!reply.ok) {
    const needsTeacher = (reply.status === 401 || reply.status === 403) && !token;
    // What pupils may run into is told in the language of the page.
    const slug = String(found?.type ?? "").split(":").pop();
    const why = token && has(`problem_${slug}`) ? t(`problem_${slug}`) : found?.detail || reply.statusText;
    throw new Refused(reply.status, needsTeacher ? t("no_right") : why, slug);
  }
  return found;
}

let noticeTimer = 0;
export function notice(text, kind = "") {
  const place = $("notice");
  place.classList.toggle("good", kind === "good");
  place.textContent = text;
  place.hidden = !text;
  clearTimeout(noticeTimer);
  if (text) noticeTimer = setTimeout(() => notice(""), 9000);
}

// Does something, and tells people when it fails.
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    notice(t("failed", { why: clean(error.message) }));
    return undefined;
  }
}

export const delay = (ms) => new Promise((done) => setTimeout(done, ms));

export async function allEvents(id, token) {
  const found = [];
  for (;;) {
    const page = await call("GET", `/v1/debates/${id}/events?after=${found.length}`, undefined, { token });
    if (!page.events.length) return found;
    found.push(...page.events);
  }
}

function listenTo(handlers) {
  for (const [kind, handler] of Object.entries(handlers)) (kind === "visibilitychange" ? document : window).addEventListener(kind, handler);
  return () => {
    for (const [kind, handler] of Object.entries(handlers)) (kind === "visibilitychange" ? document : window).removeEventListener(kind, handler);
  };
}

// Resolves when there is a network again, or somebody looks at the page again.
function nextWake() {
  return new Promise((done) => {
    const stop = listenTo({ online: () => wake(), visibilitychange: () => document.hidden || wake() });
    const wake = () => {
      stop();
      done();
    };
  });
}

// Follows a debate for ever: events in order, each once, from the one after `last`; what it does in `onState`.
export async function follow(id, { token, last = 0, onEvent, onState, onLink }) {
  let wait = 500;
  for (;;) {
    const stop = new AbortController();
    let heard = Date.now();
    const watch = setInterval(() => Date.now() - heard > 40000 && stop.abort(), 5000);
    // A phone that wakes up, or finds another network, does not wait for its old connection to time out.
    const woken = listenTo({ online: () => stop.abort(), offline: () => stop.abort(), visibilitychange: () => document.hidden || Date.now() - heard < 17000 || stop.abort() });
    try {
      const headers = { Accept: "text/event-stream", "Last-Event-ID": String(last) };
      if (token) headers.Authorization = `Bearer ${token}`;
      const reply = await fetch(`/v1/debates/${id}/events`, { headers, signal: stop.signal, cache: "no-store" });
      if ([401, 403, 404].includes(reply.status)) throw new Refused(reply.status, t("no_right"));
      if (!reply.ok) throw new Error(reply.statusText);
      onLink(true);
      wait = 500;
      let rest = "";
      for await (const chunk of chunks(reply.body)) {
        heard = Date.now();
        const frames = (rest + chunk).split("\n\n");
        rest = frames.pop();
        for (const frame of frames) {
          const { kind, data } = parse(frame);
          if (!data) continue;
          if (kind === "state") onState(data.status);
          else if (kind === "released") onEvent(data); // a ruling that was held back until now
          else if (kind === "message" && data.seq === last + 1) {
            last = data.seq;
            onEvent(data);
          }
        }
      }
    } catch (error) {
      if (error instanceof Refused) throw error;
    } finally {
      clearInterval(watch);
      woken();
    }
    onLink(false);
    await Promise.race([delay(wait), nextWake()]);
    wait = Math.min(4000, wait * 1.6);
  }
}

async function* chunks(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    yield value;
  }
}

function parse(frame) {
  let kind = "message";
  let data = "";
  for (const line of frame.split("\n")) {
    if (line.startsWith("event: ")) kind = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  return { kind, data: data ? JSON.parse(data) : null };
}

export function bars(counts, { right, label = (one) => one } = {}) {
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  const list = el("ul", { class: "bars" });
  for (const [choice, number] of Object.entries(counts)) {
    const bar = el("span", { class: "bar", "aria-hidden": "true" }, el("span", { class: "fill" }));
    bar.firstChild.style.inlineSize = `${total ? (100 * number) / total : 0}%`;
    const mark = choice === right ? "✓ " : "";
    const line = el("li", { class: choice === right ? "right" : "" }, el("span", {}, mark, words(label(choice))), bar);
    line.append(el("strong", {}, String(number)));
    list.append(line);
  }
  return list;
}

export const guessLabel = (choice) => (has(`guess_${choice}`) ? t(`guess_${choice}`) : choice);
export const GUESSES = {
  supported: ["supported"],
  contradicted: ["contradicted"],
  "cannot know": ["not_covered", "not_checkable", "unchecked"],
};
export const rightGuess = (verdict) => Object.keys(GUESSES).find((one) => GUESSES[one].includes(verdict));

export function useTheme() {
  const set = (theme) => {
    if (theme) document.documentElement.dataset.theme = theme;
  };
  set(localStorage.getItem("rejoinder-theme"));
  return () => {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = document.documentElement.dataset.theme || (dark ? "dark" : "light");
    set(now === "dark" ? "light" : "dark");
    localStorage.setItem("rejoinder-theme", document.documentElement.dataset.theme);
  };
}
