/* What the scripts of a page share: the exercise's form, its blocks, and the voice of the live region. */

const form = document.getElementById("exercise");
const blocks = new Map();
const REVISION = /~\d{1,9}$/;
const PLACE_IN_ROWS = /-\d+(?=-|$)/g;
const tabs = attempt(() => new BroadcastChannel("tree"));

/** One prompt or tool of the form. `version` counts what was typed, `saved` is the version the server confirmed. */
class Block {
  version = 0;
  saved = 0;
  flushed = 0;
  told = 0;
  wait = 0;
  queue = Promise.resolve();

  constructor(key) {
    this.key = key;
  }

  get section() {
    return document.querySelector(`[data-block="${CSS.escape(this.key)}"]`);
  }

  get status() {
    return document.getElementById(`${this.section?.id}-status`);
  }

  get isDirty() {
    return this.version > this.saved;
  }

  /** Its fields are on the page; while two versions are shown they are not. */
  get isOpen() {
    return Boolean(this.hidden("base"));
  }

  hidden(name) {
    return form.querySelector(`input[type="hidden"][name="${CSS.escape(`${this.key}:${name}`)}"]`);
  }

  /** What the page posts for this block, with the next number of the page, and which other blocks have their form on it. */
  body(extra) {
    form.elements.n.value = Number(form.elements.n.value) + 1;
    const pairs = [...new FormData(form)].filter(([name]) => /^[^:]*$|:base$/.test(name) || name.startsWith(`${this.key}:`));
    return new URLSearchParams([...pairs, ...Object.entries(extra)]);
  }

  /** One request of a block at a time, in order; a fault in one never stops the next. */
  enqueue(work) {
    const done = () => (this.isBusy = false);
    this.queue = this.queue.then(work).catch(report).finally(done);
    return this.queue;
  }

  /** Every field by the row it stands in and its name, so that it is found again after rows have moved. */
  controls() {
    const own = ["base", "served", "shown"].map((name) => `${this.key}:${name}`);
    const found = new Map();
    for (const one of this.section?.querySelectorAll("input[name], select[name], textarea[name]") ?? []) {
      const name = one.name.replace(REVISION, "");
      if (own.includes(name)) continue;
      const row = one.closest("[data-row]")?.dataset.row;
      const task = one.closest("[data-task]")?.dataset.task ?? "";
      const place = row === undefined ? name : `${row} ${task} ${name.replace(PLACE_IN_ROWS, "")}`;
      const id = ["checkbox", "radio"].includes(one.type) ? `${place} ${one.value}` : place;
      found.set(id, [...(found.get(id) ?? []), one]);
    }
    return found;
  }

  values() {
    return new Map([...this.controls()].map(([id, some]) => [id, some.map(valueOf)]));
  }

  /** What is typed in its fields; what is chosen, and keys, are no words. */
  words() {
    const typed = this.section?.querySelectorAll("textarea, input[type=text], input:not([type])") ?? [];
    return [...typed].map((one) => one.value).filter((one) => one.trim());
  }

  /** Puts `values` back into the fields they came from. */
  fill(values) {
    const controls = this.controls();
    for (const [id, wanted] of values) controls.get(id)?.forEach((one, at) => setValue(one, wanted[at] ?? valueOf(one)));
  }

  /** The saved state in words: `kind` is a class of the style sheet. */
  show(words, kind = "pending") {
    const status = this.status;
    if (!status) return;
    const bold = status.querySelector("b") ?? document.createElement("b");
    bold.textContent = words;
    status.querySelector(".error")?.remove();
    status.prepend(bold);
    status.className = `status status--${kind}`;
  }
}

/** For what a browser may lack, forbid or have no room for: null, and everything else goes on. */
function attempt(work) {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}

function report(error) {
  setTimeout(() => { throw error; });
}

function valueOf(control) {
  return ["checkbox", "radio"].includes(control.type) ? control.checked : control.value;
}

function setValue(control, value) {
  if (valueOf(control) !== value) control[typeof value === "boolean" ? "checked" : "value"] = value;
}

const dreamtree = {
  form,
  isLeaving: false,
  attempt,

  block(key) {
    if (!blocks.has(key)) blocks.set(key, new Block(key));
    return blocks.get(key);
  },

  blockOf(element) {
    const section = form?.contains(element) && element.closest("[data-block][data-post]");
    return section ? dreamtree.block(section.dataset.block) : null;
  },

  blocks() {
    return [...(form?.querySelectorAll("[data-block][data-post]") ?? [])].map((one) => dreamtree.block(one.dataset.block));
  },

  dirty() {
    return dreamtree.blocks().filter((one) => one.isDirty);
  },

  /** One message at a time, for those who listen. */
  say(words) {
    document.getElementById("live").textContent = words;
  },

  /** The other pages of this browser. */
  tellTabs(word) {
    tabs?.postMessage(word);
  },

  hearTabs(word, work) {
    tabs?.addEventListener("message", ({ data }) => data === word && work());
  },

  make(tag, properties, ...parts) {
    const one = Object.assign(document.createElement(tag), properties);
    one.append(...parts);
    return one;
  },

  /** Notes where an edge of `one` stands; called later, brings it back there by scrolling. */
  hold(one, edge = "top") {
    const place = () => one.getBoundingClientRect()[edge];
    const before = place();
    return () => scrollBy(0, place() - before);
  },

  /** Over the page; within it where the browser has no dialogs. */
  ask(dialog) {
    try {
      dialog.showModal();
    } catch {
      dialog.open = true;
    }
  },

  pause(milliseconds) {
    return new Promise((resolve) => setTimeout(resolve, milliseconds));
  },
};

globalThis.dreamtree = dreamtree;
htmx.config.morphIgnore.push("open");
form?.setAttribute("autocomplete", "off");
/* Only where a form was refused, which its title says: a page may open with a field still to be mended, and leaves the focus alone. */
if (document.title.startsWith("Error: ")) document.querySelector("#errors, [aria-invalid]")?.focus();
