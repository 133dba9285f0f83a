import { useTheme } from "./lib.js";

useTheme();
document.getElementById("print")?.addEventListener("click", () => print());
