// How long something still takes, as minutes and seconds.

import { t } from "./lib.js";

export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  return t("time_left", { minutes: Math.floor(whole / 60), seconds: String(whole % 60).padStart(2, "0") });
}
