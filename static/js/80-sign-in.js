/* The session has ended: a dialog over the page to sign in, then what is not saved goes once more. Or the words, to keep. */

const { form } = dreamtree;
const signIn = document.getElementById("signin");
const FIRST = "[aria-invalid], [autofocus], input:not([type=hidden])";
const SIGNED_IN = "in";
let wasSentAway;
let hasNewToken;

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  ctx.isSignIn = Boolean(signIn?.contains(ctx.sourceElement));
});

document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
  if (!signIn || signIn.open || ctx.hx?.retarget !== "#signin") return;
  if (ctx.job?.isHeld || (ctx.job?.isAutosave && wasSentAway)) return;
  signIn.returnValue = "";
  dreamtree.ask(signIn);
});
signIn?.addEventListener("close", () => {
  wasSentAway = signIn.returnValue !== SIGNED_IN;
});

document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  const code = ctx.response?.status ?? 0;
  if (signIn?.open && code === 200 && ctx.job?.isForeign === false) signIn.close(SIGNED_IN);
  if (!ctx.isSignIn) return;
  hasNewToken = code === 400 && !hasNewToken;
  if (hasNewToken) ctx.request.form.requestSubmit(ctx.request.submitter);
  else if (code >= 200 && code < 300 && !signIn.querySelector("form[method=post]")) goOn();
  else stayInside(ctx, code);
});

/** Signed in: every form has its fresh token, and each unsaved block is sent once, with the person it was written by. */
function goOn() {
  dreamtree.watchIdle(signIn.querySelector("[data-idle-seconds]")?.dataset.idleSeconds);
  dreamtree.session = {};
  signIn.close(SIGNED_IN);
  signIn.replaceChildren();
  dreamtree.say("You're signed in");
  dreamtree.settled(0);
}

/** A further step, an error, or no answer. What is said elsewhere on the page is said here: the rest is out of reach. */
function stayInside(ctx, code) {
  signIn.querySelector("#signin > .notice")?.remove();
  if (!code || code === 400) signIn.prepend(dreamtree.make("p", { className: "notice", role: "alert" }, "We didn't get that. Try again in a moment."));
  else if (ctx.hx?.retarget === "#notice") signIn.prepend(...document.getElementById("notice").children);
  signIn.querySelector(FIRST)?.focus();
}

/** Everything written in the fields of this page, with the words that stand above each. */
function writtenHere() {
  const fields = [...(form?.querySelectorAll("textarea, input[type=text], input:not([type])") ?? [])];
  const parts = fields.filter((one) => one.value.trim()).map((one) => `${one.labels?.[0]?.textContent.trim() ?? ""}\n${one.value}`);
  return parts.join("\n\n");
}

function download(text) {
  const link = dreamtree.make("a", { href: URL.createObjectURL(new Blob([text], { type: "text/plain" })), download: "my-words.txt" });
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
