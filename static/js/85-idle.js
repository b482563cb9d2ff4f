/* On a shared device a session ends by standing still: two minutes before, the page asks; then it locks itself. */

const { make } = dreamtree;
const WARNING = 120_000;
const STEP = 5000;
let idle;
let dialog;
let watch;
let lastContact = Date.now();

/** The server counts from the last request it saw, from whichever tab. */
function noteContact() {
  lastContact = Date.now();
  dreamtree.tellTabs("here");
}

function makeWarning() {
  const made = make(
    "dialog",
    { onclose: stay },
    make("h2", { id: "idle-title" }, "Are you still here?"),
    make("p", {}, "This is a shared device. This tree will lock in two minutes. What you wrote is saved."),
    make("button", { type: "button", className: "button button--main", onclick: () => made.close() }, "I'm still here"),
  );
  made.setAttribute("aria-labelledby", "idle-title");
  document.body.append(made);
  return made;
}

function stay() {
  noteContact();
  htmx.ajax("GET", location.pathname, { target: "#live", swap: "none" });
}

function look() {
  const rest = lastContact + idle - Date.now();
  if (rest <= 0) {
    clearInterval(watch);
    dreamtree.lock();
  } else if (rest > WARNING) {
    dialog.close();
  } else if (!dialog.open) {
    dreamtree.ask(dialog);
  }
}

/** From now on, or no longer where `seconds` is none: as the session says that is in this browser now. */
dreamtree.watchIdle = function (seconds) {
  clearInterval(watch);
  idle = seconds * 1000;
  if (!idle) return;
  noteContact();
  dialog ??= makeWarning();
  watch = setInterval(look, STEP);
};

dreamtree.hearTabs("here", () => (lastContact = Date.now()));
document.addEventListener("visibilitychange", () => idle && look());
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => idle && ctx.response && noteContact());
dreamtree.watchIdle(document.body.dataset.idleSeconds);
