/* One request for one block through htmx, tried again until the server has answered it. */

const { form } = dreamtree;
const LONGEST_WAIT = 30_000;
const AGAIN = "Not saved, trying again";

let composing = null;

/** While a word is composed (Japanese, dictation, a phone's keyboard), nothing is sent and no answer touches its field. */
dreamtree.composed = () => composing?.done ?? Promise.resolve();

document.addEventListener("compositionstart", () => {
  composing ??= {};
  composing.done ??= new Promise((resolve) => (composing.resolve = resolve));
});

function finish() {
  composing?.resolve();
  composing = null;
}

document.addEventListener("compositionend", finish);
document.addEventListener("focusout", finish);

/** Fulfils when the answer stands on the page. `job.code` is 0 when no answer of ours came. */
async function post(block, job) {
  const { section, status } = block;
  job.block = block;
  job.version = block.version;
  job.session = dreamtree.session;
  const [target, swap] = job.isAutosave ? [status, "outerHTML"] : [section, "outerMorph"];
  job.place = target.id;
  block.isBusy = true;
  await htmx.ajax("POST", section.dataset.post, { source: section, target, swap, job });
  const isCut = !job.ctx?.response || String(job.ctx.status).startsWith("error");
  job.code = isCut || job.isForeign ? 0 : job.ctx.response.status;
}

/** Sends what `make` gives until it is answered for good: a fresh token at once, everything else with a growing pause. */
dreamtree.post = async function (block, make) {
  for (let hasNewToken = false; ; ) {
    await dreamtree.composed();
    const job = make();
    await post(block, job);
    if (job.isHeld) continue;
    if (job.code === 400 && job.hasToken && !hasNewToken) {
      hasNewToken = true;
    } else if (isPassing(job.code) && !dreamtree.isLeaving) {
      hasNewToken = false;
      await waitOut(block);
    } else {
      if (!isPassing(job.code)) block.wait = 0;
      return job;
    }
  }
};

function isPassing(code) {
  return [0, 408, 429].includes(code) || code >= 500;
}

function waitOut(block) {
  if (!block.wait) dreamtree.say(AGAIN);
  block.wait = Math.min(block.wait * 2 || 1000, LONGEST_WAIT);
  block.show(AGAIN, "unsaved");
  const online = new Promise((resolve) => addEventListener("online", resolve, { once: true }));
  return Promise.race([dreamtree.pause(block.wait), online]);
}

/** The answer is one of ours when it holds the place it was sent for. While a word is composed it is not wanted yet, and one that asks to sign in comes too late where somebody has since: both are held back, and asked for again. */
function sort(job, tasks) {
  const main = tasks.find((one) => one.type === "main");
  const code = job.ctx.response.status;
  job.isHeld = (composing && !job.isAutosave) || (code === 401 && job.session !== dreamtree.session);
  if (job.isHeld) return (tasks.length = 0);
  const holds = (id) => main?.fragment.getElementById(id);
  const section = job.block.section?.id;
  job.hasToken = tasks.some((one) => one.target?.id === "csrf");
  job.hasBoth = code === 409 && holds(section);
  const isOurs = (code === 200 || code === 422) && holds(job.place);
  job.isForeign = code < 300 && !isOurs;
  job.words = main?.fragment.querySelector("p")?.textContent.trim().replace(/\s+/g, " ") ?? "";
  const isLate = job.block.version !== job.version;
  const asks = job.ctx.hx?.retarget === "#signin" && !document.getElementById("signin").open;
  const isShown = asks || (job.hasBoth && !isLate) || (isOurs && !(job.isAutosave && isLate));
  job.served = main?.fragment.querySelector("[data-served]")?.dataset.served ?? "";
  if (job.isForeign) tasks.length = 0;
  else if (!isShown) drop(tasks, (one) => one === main);
  if (isShown && !job.isAutosave) restore = job.before?.(main.fragment);
}

/** A part beside the answer never touches what has the focus or unsaved text. */
function isUsed({ type, target }) {
  if (type === "main" || !(target instanceof Element) || target.id === "csrf") return false;
  const block = dreamtree.blockOf(target);
  const holdsState = block && (target === block.section || target === block.status);
  return target.contains(document.activeElement) || (holdsState && block.isDirty);
}

function drop(tasks, isUnwanted) {
  tasks.splice(0, Infinity, ...tasks.filter((one) => !isUnwanted(one)));
}

document.addEventListener("htmx:config:request", ({ detail: { ctx } }) => {
  if (!ctx.job) return;
  ctx.job.ctx = ctx;
  ctx.request.body = ctx.job.body;
});

document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.job) ctx.target = document.getElementById(ctx.job.place) ?? ctx.target;
});

let restore;

document.addEventListener("htmx:before:swap", ({ detail: { ctx, tasks } }) => {
  const { activeElement } = document;
  const { top } = activeElement.getBoundingClientRect();
  restore = ctx.job?.isAutosave && top > 0 && top < innerHeight && dreamtree.hold(activeElement);
  if (ctx.job) sort(ctx.job, tasks);
  drop(tasks, isUsed);
});

/** What has the focus and is seen stays where it is, also when an answer comes late; every form takes a fresh token. */
document.addEventListener("htmx:after:swap", () => {
  if (restore) restore();
  const fresh = document.querySelector("#csrf input")?.value;
  if (fresh) for (const one of document.querySelectorAll('input[name="csrf_token"]')) one.value = fresh;
});
