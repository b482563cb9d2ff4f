/* After reload or Back: unsaved text of this tab goes back into its field and is saved on the revision it was written on. */

const { form, drafts, make } = dreamtree;

function fits(block, values) {
  const here = block.controls();
  return here.size === values.size && [...values].every(([id, some]) => here.get(id)?.length === some.length);
}

/** The page that wrote the draft is gone: this one goes on as its editor, so that its own saves are no strangers. */
function goOnAs(draft) {
  form.elements.editor.value = draft.editor;
  form.elements.n.value = Math.max(Number(form.elements.n.value), draft.n);
}

function putBack(block, draft) {
  block.fill(draft.values);
  block.hidden("base").value = draft.base;
  dreamtree.settle(block);
  dreamtree.touch(block);
  return dreamtree.save(block);
}

/** Offered instead of done where another copy of this page may still be writing, or the rows are others now. */
function offer(block, draft) {
  const words = make("p", {}, "You have text here that isn't saved yet.");
  const kept = make("p", { className: "words", dir: "auto" }, (draft.words ?? []).join("\n"));
  const note = make("div", { className: "notice", role: "group" }, words, kept);
  const offers = (name, work) => note.append(make("button", { type: "button", className: "button", onclick: () => (note.remove(), work()) }, name), " ");
  if (fits(block, draft.values)) offers("Put it back", () => putBack(block, draft));
  offers("Discard it", () => drafts.drop(block));
  block.section.querySelector(".block__body")?.before(note);
}

const all = dreamtree.blocks().map((block) => ({ block, draft: drafts.of(block) }));
let editor = "";

for (const { block, draft } of all.filter(({ block, draft }) => draft && block.isOpen).sort((a, b) => b.draft.at - a.draft.at)) {
  const isSame = JSON.stringify(draft.values) === JSON.stringify([...block.values()]);
  draft.values = new Map(draft.values);
  if (isSame) {
    drafts.drop(block);
  } else if (draft.isReleased && fits(block, draft.values)) {
    if (!editor) goOnAs(draft);
    editor ||= draft.editor;
    putBack(block, draft);
  } else {
    offer(block, draft);
  }
}

/** Where the server chose no option, it is the first. */
function isChanged(one) {
  const option = one.querySelector("[selected]") ?? one[0];
  return option ? !option.selected : one.checked !== one.defaultChecked || one.value !== one.defaultValue;
}

/* What the server could not take stands in its field still, and is not saved; nor is what somebody wrote, on a slow line, before this script was here. */
for (const { block } of all) {
  if (!block.isOpen) continue;
  if (block.status?.matches(".status--unsaved")) {
    block.version += 1;
    drafts.keep(block);
  } else if (!drafts.of(block) && [...block.controls().values()].flat().some(isChanged)) {
    dreamtree.touch(block);
  }
}

/** A page out of the browser's memory may be old: the server's is asked for, and the drafts are looked through. */
function renew() {
  dreamtree.isLeaving = true;
  location.reload();
}

addEventListener("pageshow", ({ persisted }) => {
  if (!persisted) return;
  dreamtree.isLeaving = false;
  if (navigator.onLine !== false) renew();
  else addEventListener("online", renew, { once: true });
});
