/* On a shared device a session ends by standing still: two minutes before, the page asks; then it locks itself. */

const WARNING = 120_000;
const STEP = 5000;
let idle = 0;
let dialog = null;
let watch = 0;
let lastContact = Date.now();

/** The server counts from the last request it saw, from whichever tab. */
function noteContact() {
  lastContact = Date.now();
  dreamtree.tellTabs("here");
}

function makeWarning() {
  const made = document.createElement("dialog");
  made.setAttribute("aria-labelledby", "idle-title");
  const title = document.createElement("h2");
  title.id = "idle-title";
  title.textContent = "Are you still here?";
  const words = document.createElement("p");
  words.textContent = "This is a shared device. This tree will lock in two minutes. What you wrote is saved.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--main";
  button.textContent = "I'm still here";
  button.addEventListener("click", () => made.close());
  made.addEventListener("close", stay);
  made.append(title, words, button);
  document.body.append(made);
  return made;
}

function stay() {
  noteContact();
  htmx.ajax("GET", location.pathname, { source: document.body, target: document.getElementById("said"), swap: "none" });
}

function look() {
  const rest = lastContact + idle - Date.now();
  if (rest <= 0) {
    clearInterval(watch);
    dreamtree.lock();
  } else if (rest <= WARNING && !dialog.open) {
    dreamtree.ask(dialog);
  } else if (rest > WARNING && dialog.open) {
    dialog.close();
  }
}

/** From now on, or no longer where `seconds` is 0: as the session says that is in this browser now. */
dreamtree.watchIdle = function (seconds) {
  clearInterval(watch);
  idle = seconds * 1000;
  if (!idle) return;
  noteContact();
  dialog ??= makeWarning();
  watch = setInterval(look, STEP);
};

dreamtree.hearTabs("here", () => {
  lastContact = Date.now();
});
document.addEventListener("visibilitychange", () => idle && look());
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => idle && ctx.response && noteContact());
dreamtree.watchIdle(Number(document.body.dataset.idleSeconds ?? 0));
