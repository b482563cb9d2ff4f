/* Leaving the page: wait for what is under way, send what is not saved, warn when something would be lost. */

const { form, drafts } = dreamtree;
const PATIENCE = 5000;
const MOST = 60_000;
const ENDS = ["/leave", "/sign-out"];
const hasWaited = new WeakSet();
let mayForget;
let wasTold;

/** A request that outlives the page. It confirms nothing: what is unsaved here is saved again in the usual way. */
function flush() {
  let room = MOST;
  for (const block of dreamtree.dirty()) {
    if (!block.isOpen || block.flushed === block.version) continue;
    const body = block.body({ autosave: "1" });
    room -= body.toString().length;
    if (room < 0) return;
    block.flushed = block.version;
    const headers = { "HX-Request": "true", "HX-Request-Type": "partial" };
    fetch(block.section.dataset.post, { method: "POST", body, headers, keepalive: true }).catch(() => {});
  }
}

/** Nothing private stays: not in the storage, not in a page that the browser remembers, not in another tab. */
function forget() {
  drafts.forgetAll();
  document.body.replaceChildren();
  if (!wasTold) dreamtree.tellTabs("gone");
}

addEventListener("pagehide", () => {
  if (mayForget) return forget();
  if (!dreamtree.isLeaving) flush();
  for (const block of dreamtree.dirty()) drafts.keep(block, true);
});

document.addEventListener("visibilitychange", () => {
  if (dreamtree.isLeaving) return;
  if (document.hidden) flush();
  else dreamtree.settled(0);
});

addEventListener("beforeunload", (event) => {
  if (!dreamtree.isLeaving && dreamtree.dirty().length) event.preventDefault();
});

addEventListener("input", () => {
  mayForget = false;
});

/** The exercise as a whole: nothing of it is under way twice, and its number is the newest. */
function readyWhole() {
  dreamtree.isLeaving = true;
  form.elements.n.value = Number(form.elements.n.value) + 1;
  drafts.noteSent();
}

async function waitForWhole() {
  dreamtree.isLeaving = true;
  await dreamtree.settled(PATIENCE, false);
  for (const { section } of dreamtree.blocks()) htmx.trigger(section, "htmx:abort");
}

/** A button that only asks whether to leave ends nothing yet. */
function readyAnother(target, submitter) {
  mayForget = ENDS.includes(new URL(target.action).pathname) && submitter?.name !== "ask";
}

/** Before the exercise goes: what is under way. Before any other form: what was typed, so that nobody is warned for nothing. */
document.addEventListener("submit", async (event) => {
  const { target, submitter } = event;
  if (event.defaultPrevented || target.method !== "post") return;
  const isWhole = target === form;
  const mustWait = isWhole ? dreamtree.blocks().some((one) => one.isBusy) : dreamtree.dirty().length > 0;
  if (mustWait && !hasWaited.has(target)) {
    event.preventDefault();
    hasWaited.add(target);
    await (isWhole ? waitForWhole() : dreamtree.settled(PATIENCE));
    target.requestSubmit(submitter?.isConnected ? submitter : null);
    hasWaited.delete(target);
  } else if (isWhole) {
    readyWhole();
  } else {
    readyAnother(target, submitter);
  }
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute("download") || link.origin !== location.origin || link.pathname === location.pathname || !dreamtree.dirty().length) return;
  event.preventDefault();
  await dreamtree.settled(PATIENCE);
  location.assign(link.href);
});

/** The end of a session on a shared device. */
dreamtree.lock = async function () {
  await dreamtree.settled(PATIENCE);
  flush();
  dreamtree.isLeaving = mayForget = true;
  const leave = document.querySelector('form[action="/leave"]');
  if (leave) leave.submit();
  else location.assign("/");
};

dreamtree.hearTabs("gone", () => {
  dreamtree.isLeaving = mayForget = wasTold = true;
  location.replace("/");
});
