/* Text saves itself: a second after the last key, at once when a field is left. "Saved" is only ever the server's word. */

const { form, drafts } = dreamtree;
const PAUSE = 1000;
const timers = new Map();

/** Something in the block was changed by the person. */
dreamtree.touch = function (block) {
  block.version += 1;
  dreamtree.isLeaving = false;
  drafts.keep(block);
  if (block.wait) return;
  block.show("Not saved yet");
  saveIn(block, PAUSE);
};

function saveIn(block, milliseconds) {
  clearTimeout(timers.get(block));
  timers.set(block, setTimeout(() => dreamtree.save(block), milliseconds));
}

/** Saves the block as it then stands; fulfils when the server has answered. One request a block at a time. */
dreamtree.save = function (block) {
  clearTimeout(timers.get(block));
  if (block.isWaiting || !block.isDirty) return block.queue;
  block.isWaiting = true;
  return block.enqueue(() => dreamtree.saveNow(block));
};

/** Saves everything, or waits for what is under way when `isAll` is false; so long at most. */
dreamtree.settled = function (atMost, isAll = true) {
  if (!isAll) for (const timer of timers.values()) clearTimeout(timer);
  const all = dreamtree.blocks().map((one) => (isAll ? dreamtree.save(one) : one.queue));
  return Promise.race([Promise.all(all), dreamtree.pause(atMost)]);
};

/** For those whose turn it is in the block's queue. */
dreamtree.saveNow = async function (block) {
  block.isWaiting = false;
  if (dreamtree.isLeaving || !block.isDirty || !block.isOpen) return;
  const job = await dreamtree.post(block, () => {
    if (!block.wait) block.show("Saving…");
    const body = block.body({ autosave: "1" });
    drafts.keep(block);
    return { isAutosave: true, body };
  });
  const isLate = block.version !== job.version;
  if (job.code === 200) showSaved(block, job);
  else if (job.hasBoth && !isLate) showBoth(block);
  else if (isLate && (job.hasBoth || job.code === 422)) saveMore(block);
  else if (job.code === 422) dreamtree.say(block.status.textContent.trim());
  else if (job.code) dreamtree.refuse(block, job, "Not saved.");
};

/** The server has the text of `job`; what was typed since is next. */
function showSaved(block, job) {
  block.saved = Math.max(block.saved, job.version);
  const served = block.hidden("served");
  if (served) served.value = job.served;
  if (block.isDirty) return saveMore(block);
  drafts.drop(block);
  if (block.isLeft) saySaved(block);
}

function saveMore(block) {
  block.show("Not saved yet");
  saveIn(block, block.isLeft ? 0 : PAUSE);
}

/** Two versions are shown; the draft stays until one is chosen, for the page may be gone before. */
function showBoth(block) {
  block.saved = block.told = block.version;
  dreamtree.settle(block);
  dreamtree.say("There are two versions of this answer");
  if (document.activeElement === document.body) dreamtree.focus(block.section);
}

dreamtree.refuse = function (block, job, words) {
  const all = job.code === 401 ? "Not saved: your session ended" : `${words} ${job.words ?? ""}`;
  block.show(all, "unsaved");
  dreamtree.say(all);
};

/** Spoken once, when the person has left the field. */
function saySaved(block) {
  if (block.isDirty || block.version === block.told) return;
  block.told = block.version;
  dreamtree.say("Saved");
}

form?.addEventListener("input", ({ target }) => {
  const block = dreamtree.blockOf(target);
  if (block && (target.name || target.closest("slider-field"))) dreamtree.touch(block);
});

form?.addEventListener("change", ({ target }) => {
  const block = dreamtree.blockOf(target);
  if (block?.isDirty && !block.wait) dreamtree.save(block);
});

form?.addEventListener("focusin", ({ target }) => {
  const block = dreamtree.blockOf(target);
  if (block) block.isLeft = false;
});

form?.addEventListener("focusout", ({ target }) => {
  const block = dreamtree.blockOf(target);
  if (!block) return;
  block.isLeft = true;
  if (!block.wait) dreamtree.save(block);
  saySaved(block);
});
