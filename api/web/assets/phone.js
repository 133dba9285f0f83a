// What all parts of a pupil's phone share: the place that it has, and one quiet voice for screen readers.

import { $, attempt, call, clean } from "./lib.js";

const KEPT = "rejoinder-seat";
let place = JSON.parse(localStorage.getItem(KEPT) || "null");

export const seat = () => place;

export function keep(changed) {
  place = changed === null ? null : { ...place, ...changed };
  if (place === null) localStorage.removeItem(KEPT);
  else localStorage.setItem(KEPT, JSON.stringify(place));
}

// Another tab of the same phone has chosen, or has gone elsewhere.
addEventListener("storage", (event) => {
  if (event.key !== KEPT) return;
  const other = JSON.parse(event.newValue || "null");
  const isSame = other?.debate === place?.debate && other?.token === place?.token;
  place = other;
  if (!isSame) location.reload();
  else for (const heard of changes) heard();
});

const changes = [];
export const onChange = (heard) => changes.push(heard); // called when another tab of this phone has kept something

export const service = (method, path, body) => call(method, `/v1/debates/${place.debate}${path}`, body, { token: place.token });
export const classroom = (method, path, body) => call(method, `/classroom/debates/${place.debate}${path}`, body, { token: place.token });

export const people = new Map();
export const name = (persona) => clean(people.get(persona) ?? persona);

// Says something once, in short: what is new, never what goes on all the time.
let saying = 0;
export function announce(text) {
  clearTimeout(saying);
  $("live").textContent = "";
  saying = setTimeout(() => {
    $("live").textContent = text;
  }, 150);
}

// A button that works: pressed once, said to be busy, and free again afterwards.
export async function press(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  button.setAttribute("aria-disabled", "true");
  try {
    return await attempt(work);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}
