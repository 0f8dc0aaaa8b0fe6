// Offers schools while somebody types. Without this file the form finds them at the press of its button.

const typed = document.querySelector("main input[type=search]");
const answers = document.querySelector("[data-answers]");
const said = document.querySelector("[data-said]");
const FEWEST = 3;
const PAUSE = 300;

let waiting;
let asked = typed.value;

async function offer() {
  const q = typed.value.trim();
  if (q.length < FEWEST || q === asked) return;
  asked = q;
  const answer = await fetch(`${answers.dataset.answers}?${new URLSearchParams({ q })}`);
  // A later question may have been answered meanwhile; a refusal leaves the button.
  if (!answer.ok || q !== asked) return;
  answers.innerHTML = await answer.text();
  said.textContent = answers.querySelector("[data-found]").textContent;
}

typed.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(offer, PAUSE);
});
