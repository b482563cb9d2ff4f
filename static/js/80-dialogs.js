/* Two dialogs: the session has ended; and, on a shared device, it is about to. */

const { form } = dreamtree;
const signIn = document.getElementById("signin");
let wasSentAway = false;

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!signIn || signIn.open || ctx.response?.status !== 401) return;
  if (ctx.job?.isAutosave && wasSentAway) return;
  signIn.showModal();
});
signIn?.addEventListener("close", () => {
  wasSentAway = true;
});

/** Signed in inside the dialog: it closes and the unsaved blocks go once more. */
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const isWithin = ctx.sourceElement !== signIn && signIn?.contains(ctx.sourceElement);
  if (!isWithin || !ctx.response || ctx.response.status >= 300) return;
  signIn.close();
  wasSentAway = false;
  dreamtree.settled(0);
});

/** Everything written in the fields of this page, with the words that stand above each. */
function writtenHere() {
  const fields = [...(form?.querySelectorAll("textarea, input[type=text], input:not([type])") ?? [])];
  const parts = fields.filter((one) => one.value.trim()).map((one) => `${one.labels?.[0]?.textContent.trim() ?? ""}\n${one.value}`);
  return parts.join("\n\n");
}

function download(text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  link.download = "my-words.txt";
  link.click();
  URL.revokeObjectURL(link.href);
}

signIn?.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const text = writtenHere();
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    download(text);
    button.textContent = "Downloaded";
  }
});

const idle = Number(document.body.dataset.idleSeconds ?? 0) * 1000;
const WARNING = 120_000;
const STEP = 5000;
let lastContact = Date.now();

/** The server counts from the last request it saw. */
function noteContact({ detail: { ctx } }) {
  if (ctx.response) lastContact = Date.now();
}

function warning() {
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "idle-title");
  const title = document.createElement("h2");
  title.id = "idle-title";
  title.textContent = "Are you still here?";
  const words = document.createElement("p");
  words.textContent = "This is a shared device. In two minutes this tree locks itself; what you wrote is saved.";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--main";
  button.textContent = "I am still here";
  button.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", stay);
  dialog.append(title, words, button);
  document.body.append(dialog);
  return dialog;
}

function stay() {
  lastContact = Date.now();
  htmx.ajax("GET", location.pathname, { source: document.body, target: document.getElementById("said"), swap: "none" });
}

if (idle) {
  const dialog = warning();
  const look = () => {
    const rest = lastContact + idle - Date.now();
    if (rest <= 0) {
      clearInterval(watch);
      dreamtree.lock();
    } else if (rest <= WARNING && !dialog.open) {
      dialog.showModal();
    }
  };
  const watch = setInterval(look, STEP);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("htmx:finally:request", noteContact);
}
