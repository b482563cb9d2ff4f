/* Unsaved text is kept in this tab until the server has it, with the revision it was written on. */

const { form, attempt } = dreamtree;
const DRAFT = "draft ";
const SENT = "sent";
const person = form?.dataset.person ?? "";
const keyOf = (block) => `${DRAFT}${person} ${form.getAttribute("action")} ${block.key}`;

dreamtree.drafts = {
  /** `isReleased`: the page that wrote it is gone, so another may go on as the same editor. */
  keep(block, isReleased = false) {
    if (!block.isOpen) return;
    const { editor, n } = form.elements;
    const values = [...block.values()];
    const draft = { base: block.hidden("base").value, editor: editor.value, n: Number(n.value), values, words: block.words(), isReleased, at: Date.now() };
    write(keyOf(block), JSON.stringify(draft));
  },

  drop(block) {
    remove(keyOf(block));
  },

  of(block) {
    return read(keyOf(block));
  },

  forgetAll() {
    const all = attempt(() => Object.keys(sessionStorage)) ?? [];
    for (const key of all) if (key.startsWith(DRAFT) || key === SENT) remove(key);
  },

  /** The form itself is on its way with everything: the page that answers it may drop these. */
  noteSent() {
    const keys = dreamtree.blocks().map(keyOf).filter(read);
    write(SENT, JSON.stringify({ keys, from: location.origin + location.pathname }));
  },
};

/** A full, forbidden or missing storage must not stop the saving; and nothing older stays in a full one. */
function write(key, text) {
  remove(key);
  attempt(() => sessionStorage.setItem(key, text));
}

function read(key) {
  return attempt(() => JSON.parse(sessionStorage.getItem(key)));
}

function remove(key) {
  attempt(() => sessionStorage.removeItem(key));
}

/** This page is the server's answer to the form, and no page of the browser's about a lost connection. */
function isAnswerTo(sent) {
  const [way] = performance.getEntriesByType("navigation");
  const code = way?.responseStatus || (document.querySelector("#exercise, .bar") ? 200 : 0);
  const isRead = (code >= 200 && code < 400) || code === 409 || code === 422;
  return isRead && way?.type !== "back_forward" && document.referrer.split(/[?#]/)[0] === sent.from;
}

const sent = read(SENT);
if (sent && isAnswerTo(sent)) sent.keys.forEach(remove);
remove(SENT);
