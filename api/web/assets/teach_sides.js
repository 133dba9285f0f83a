// Who speaks on which side of a two-sided debate: as their own words say, else as the teacher decides.

import { $, clean, el, t, words } from "./lib.js";

const SIDES = ["for", "against"];
let chosen = new Map(); // side by persona id, "" for no part; kept while people are ticked and unticked

export function forgetSides() {
  chosen = new Map();
}

export const sideOf = (persona) => chosen.get(persona.id) ?? (SIDES.includes(persona.stance) ? persona.stance : "");

// Draws a choice for everybody; `changed` is called after each one.
export function drawSides(people, changed) {
  const rows = people.map((persona) => {
    const pick = el("select", { id: `side-${persona.id}`, onchange: () => (chosen.set(persona.id, pick.value), changed()) });
    pick.append(el("option", { value: "" }, t("side_none")), ...SIDES.map((side) => el("option", { value: side }, t(`stance_${side}`))));
    pick.value = sideOf(persona);
    return el("li", { class: "row" }, pick, el("label", { for: pick.id }, words(clean(persona.name))));
  });
  $("sides-people").replaceChildren(...rows);
}

// Whoever is on no side yet goes to the smaller one, in the order of the thread.
export function shareOut(people) {
  const count = { for: 0, against: 0 };
  for (const one of people) if (sideOf(one)) count[sideOf(one)] += 1;
  for (const one of people.filter((one) => !sideOf(one))) {
    const side = count.for <= count.against ? "for" : "against";
    count[side] += 1;
    chosen.set(one.id, side);
  }
}

// What the service has to be told: whom the teacher put where their own words do not put them.
export const givenSides = (people) => Object.fromEntries(people.filter((one) => sideOf(one) !== one.stance).map((one) => [one.id, sideOf(one)]));
