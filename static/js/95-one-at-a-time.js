/* Where a list of questions is one question a screen, as the server draws it, the tap that answers it goes on. */

const { form } = dreamtree;

function isAnswered(item) {
  const names = new Set([...item.querySelectorAll('input[type="radio"]')].map((one) => one.name));
  return [...names].every((name) => item.querySelector(`input[name="${CSS.escape(name)}"]:checked`));
}

/** Whether no other question is seen. */
function isAlone({ parentElement }) {
  return !parentElement.querySelector(":scope > :not([data-current])")?.offsetHeight;
}

function goOn(item) {
  item.closest("[data-block]").querySelector('.pager button[value*="|then|"]')?.click();
}

/** A choice by hand goes on; the keys of a keyboard only move among the choices (no detail), and Enter goes on. */
function choose(event) {
  const item = event.target.closest("[data-now] > [data-current]");
  if (!item || !isAlone(item) || !event.target.matches("input[type=radio]")) return;
  const isEnter = event.key === "Enter";
  if (isEnter) event.preventDefault();
  if (isEnter || (event.detail && isAnswered(item))) goOn(item);
}

for (const event of ["click", "keydown"]) form?.addEventListener(event, choose);
