// Leave quickly: at a click, or when Shift alone is pressed three times within five seconds.
// Without this file the link still leads away; what is gained here is the keyboard, and one page less in Back.

const link = document.querySelector("[data-leave]");
const status = document.querySelector("[data-leave-status]");
const PRESSES = 3;
const WITHIN = 5000;

let pressed = [];
let alone = false;
let forgetting;

function leave() {
  status.textContent = status.dataset.leaving;
  document.documentElement.classList.add("left");
  document.title = "…";
  for (const form of document.forms) form.reset();
  location.replace(link.href);
}

function startAgain() {
  clearTimeout(forgetting);
  if (pressed.length) status.textContent = status.dataset.again;
  pressed = [];
}

function count(now) {
  pressed = [...pressed.filter((then) => now - then < WITHIN), now];
  if (pressed.length === PRESSES) return leave();
  status.textContent = pressed.length === 1 ? status.dataset.twice : status.dataset.once;
  clearTimeout(forgetting);
  forgetting = setTimeout(startAgain, WITHIN);
}

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  leave();
});

// Shift that makes a capital, selects text or goes back a field is no sign of leaving.
addEventListener("keydown", (event) => {
  if (event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey) {
    if (!event.repeat) alone = true;
  } else {
    alone = false;
    startAgain();
  }
});
addEventListener("pointerdown", () => {
  alone = false;
});
addEventListener("keyup", (event) => {
  if (event.key === "Shift" && alone) count(event.timeStamp);
  alone = false;
});

// A page that the browser kept whole is asked for anew, so that the server says whether the form has ended.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

for (const hint of document.querySelectorAll("[data-leave-hint]")) hint.hidden = false;
