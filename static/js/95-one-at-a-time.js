/* On a phone a long list of questions is one question a screen; the whole list is one press away. */

const { form } = dreamtree;
const narrow = matchMedia("(width < 48rem)");
const FEW = 3;
const whole = new Set();

function isAnswered(item) {
  const names = new Set([...item.querySelectorAll('input[type="radio"]')].map((one) => one.name));
  return [...names].every((name) => item.querySelector(`input[name="${CSS.escape(name)}"]:checked`));
}

function pagerButton(words, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = words;
  button.addEventListener("click", press);
  return button;
}

/** Shows one item of a list; the others stay in the form and are posted with it. */
class Pager {
  constructor(list, id) {
    this.list = list;
    this.id = id;
    this.bar = document.createElement("div");
    this.bar.className = "pager";
    this.bar.id = `pager-${id}`; // so that a morph never makes it into something of the server's
    this.words = document.createElement("p");
    this.back = pagerButton("Previous", () => this.move(-1));
    this.next = pagerButton("Next", () => this.move(1));
    const all = pagerButton("Show the list", () => this.showAll());
    all.classList.add("button--quiet");
    this.bar.append(this.words, this.back, this.next, all);
    list.after(this.bar);
    this.show(Math.max(0, this.items.findIndex((item) => item.querySelector(".field--error") || !isAnswered(item))));
  }

  get items() {
    return [...this.list.children];
  }

  show(at) {
    this.at = at;
    this.list.dataset.now = at;
    this.items.forEach((item, place) => item.toggleAttribute("data-current", place === at));
    this.words.textContent = `${at + 1} of ${this.items.length}`;
    this.back.disabled = at === 0;
    this.next.disabled = at === this.items.length - 1;
  }

  move(step) {
    this.show(this.at + step);
    const item = this.items[this.at];
    const name = item.querySelector("legend, .subject")?.textContent.trim() ?? "";
    dreamtree.say(`${name}, ${this.words.textContent}`);
    item.scrollIntoView({ block: "nearest" });
  }

  showAll() {
    whole.add(this.id);
    this.end();
    this.list.querySelector("input:not([type=hidden])")?.focus();
  }

  end() {
    delete this.list.dataset.now;
    for (const item of this.items) item.removeAttribute("data-current");
    this.bar.remove();
  }
}

const pagers = new Map();

function page(root) {
  for (const list of root.querySelectorAll(".one-at-a-time")) {
    const id = list.closest("[data-block]")?.dataset.block;
    pagers.get(id)?.end();
    pagers.delete(id);
    if (narrow.matches && list.children.length > FEW && !whole.has(id)) pagers.set(id, new Pager(list, id));
  }
}

if (form) {
  page(form);
  document.addEventListener("block:shown", ({ target }) => page(target));
  narrow.addEventListener("change", () => page(form));
}
