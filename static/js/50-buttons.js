/* A button of a block (add, remove, up, find, use it again …) changes its block in place; typed text and focus stay. */

const { form, drafts } = dreamtree;
const FIELD = "input:not([type=hidden]), textarea, select";
const ROW = "[data-row], [data-task]";
const ASKED = "[data-now], [data-turns], .row__buttons";
const rowsOf = (place) => [...place.querySelectorAll(ROW)];
const keyOf = (row) => row.dataset.row ?? row.dataset.task;
const rowOf = (place, key) => rowsOf(place).find((row) => keyOf(row) === key);

async function press(block, value, from) {
  const wasOpen = block.isOpen;
  await dreamtree.saveNow(block);
  if (!block.section || (wasOpen && !block.isOpen)) return;
  const was = remember(block, value, from);
  const job = await dreamtree.post(block, () => {
    was.body.set("csrf_token", form.elements.csrf_token.value);
    return { body: was.body, before: (fresh) => beforeSwap(block, was, fresh) };
  });
  if (job.hasBoth && block.version !== job.version) return press(block, value, from);
  if (job.code === 200 || job.code === 422 || job.hasBoth) afterSwap(block, job, was);
  else if (job.code) dreamtree.refuse(block, job, "That didn't work.");
  if (job.code === 200 && hasComeToRest(block, was)) await saveLate(block, was.late);
}

/** What was typed while the answer was on its way stood in a row that has no fields now. */
function hasComeToRest(block, { typed }) {
  const here = block.controls();
  return [...typed.keys()].some((id) => !here.has(id) && rowOf(block.section, id.split(" ")[0]));
}

/** Saves the form as it stood when the answer came. */
async function saveLate(block, body) {
  body.set("csrf_token", form.elements.csrf_token.value);
  const job = await dreamtree.post(block, () => ({ isAutosave: true, body }));
  if (job.code !== 200) return;
  block.saved = Math.max(block.saved, job.version);
  if (!block.isDirty) drafts.drop(block);
}

const buttonOf = ({ section }, value) => section?.querySelector(`button[value="${CSS.escape(value)}"]`);

/** How the block stands when the button is pressed. A press keeps its number when it is sent again: it is done once. */
function remember(block, value, from) {
  const [, verb, row] = value.split("|");
  const rows = new Set(rowsOf(block.section).map(keyOf));
  const button = buttonOf(block, value);
  const sent = block.values();
  return { value, verb, row, rows, from, sent, button, turns: button?.closest("[data-turns]"), body: block.body({ do: value }) };
}

/** Just before the block is replaced by `fresh`: what was typed since, where the focus is, and what will stay in its place:
    the buttons of a row that is moved, else the next row that is still there, else what follows the list. The row beside
    the moved one makes way, for what is moved keeps its focus. What follows a block that is done stays, too, where a
    screen above it can come down. Answers what is to be done as soon as the block is replaced, before anything is seen of it. */
function beforeSwap(block, was, fresh) {
  was.now = block.values();
  was.late = block.body({ autosave: "1" });
  was.typed = new Map([...was.now].filter(([id, values]) => JSON.stringify(values) !== JSON.stringify(was.sent.get(id))));
  was.focus = document.activeElement;
  was.field = [...block.controls()].find(([, some]) => some.includes(was.focus)) ?? [];
  was.isTyping = was.typed.has(was.field[0]);
  was.does = was.focus.value;
  was.isHere = was.focus === document.body || block.section.contains(was.focus);
  const from = (was.focus === document.body && was.button) || was.focus;
  const button = was.isHere && /^(add|remove|save|undo)/.test(was.verb) && was.button;
  const around = button && button.closest("ol, ul, .undo")?.parentElement;
  let follows = button && button.closest("li")?.nextElementSibling;
  while (follows && !rowOf(fresh, keyOf(follows))) follows = follows.nextElementSibling;
  was.anchor = follows || around || button || from.closest(ASKED) || from;
  const stay = dreamtree.hold(was.anchor, was.anchor === around ? "bottom" : "top");
  const place = block.section.getBoundingClientRect();
  const isDone = scrollY > innerHeight && was.button?.closest(".done");
  const isBegun = !isDone && place.top > -innerHeight / 2;
  const next = dreamtree.hold((!isBegun && block.section.nextElementSibling) || block.section);
  was.hold = () => (was.anchor.checkVisibility() ? stay : next)();
  const row = was.anchor.closest(ROW);
  if (was.verb === "up") row?.after(row.previousElementSibling ?? "");
  if (was.verb === "down") row?.before(row.nextElementSibling ?? "");
  for (const one of rowsOf(block.section).reverse()) renumber(one, fresh);
  return () => {
    unfold(block.section, was);
    if (isBegun) block.section.style.minBlockSize = `${Math.min(place.height, innerHeight - place.top)}px`;
    was.hold();
  };
}

/** A row carries its number in its ids: it takes the one that it will have, so that the morph turns none into another. What stands in an order, too, is numbered in the list after it. */
function renumber(row, fresh) {
  const next = rowsOf(fresh).reverse().find((one) => keyOf(one) === keyOf(row));
  if (!next) return row.remove();
  const [from, to] = [row, next].map((one) => /:(.*-\d+)/.exec(one.querySelector("[name]")?.name)?.[1]);
  if (from && to) for (const one of [row, ...row.querySelectorAll("[id]")]) one.id = one.id.replace(from, to);
}

function afterSwap(block, job, was) {
  if (job.code === 200) reset(block, was.typed);
  const ahead = job.code === 200 && typedAhead(was);
  block.fill(job.code === 200 ? was.typed : was.now);
  if (job.hasBoth || (job.code === 200 && !was.typed.size)) block.saved = block.version;
  if (block.isDirty) block.show("Not saved yet");
  else if (!job.hasBoth) drafts.drop(block);
  dreamtree.settle(block);
  const onward = document.getElementById(`${block.section.dataset.onward}-label`);
  const place = onward ?? placeAfter(block.section, was);
  if (ahead) place.value = ahead;
  was.hold();
  if (was.isHere) goTo(place, onward);
  const said = moved(block.section, was) ?? block.section.querySelector("[data-say]")?.dataset.say;
  if (said) dreamtree.say(said);
}

/** Enter opens a line: what was typed while it came is for that one, and the line before is as it was sent. */
function typedAhead(was) {
  const [id, some] = was.field;
  const at = some?.indexOf(was.focus);
  const [sent, typed] = [was.sent.get(id)?.[at], was.typed.get(id)?.[at]];
  if (was.focus !== was.from || !was.verb.startsWith("add") || !sent || !typed?.startsWith(sent)) return;
  was.typed.get(id)[at] = sent;
  was.isTyping = false;
  return typed.slice(sent.length);
}

/** What was touched stands where it stood, whatever came or went above it, and so does what follows a line that came or
    went. Only then, and for its own sake, the page moves: to what has the focus, or to the next block. */
function goTo(place, onward) {
  dreamtree.focus(place, { preventScroll: true });
  const seen = onward ?? place.closest("[role=group][data-turns]") ?? place;
  requestAnimationFrame(() => requestAnimationFrame(() => seen.scrollIntoView({ block: onward ? "start" : "nearest" })));
}

const endOf = (one) => one.getBoundingClientRect().bottom;

/** What follows a block stays where it is seen, however short the block has become. Room that lies above what is seen, or below it, is given back once the page has come to rest. */
addEventListener("onscrollend" in window ? "scrollend" : "scroll", () => {
  for (const section of document.querySelectorAll("[data-block][style]")) {
    const isAbove = endOf(section) <= 0;
    if (!isAbove && endOf(section.lastElementChild) < innerHeight) continue;
    const stay = dreamtree.hold(isAbove ? section.nextElementSibling : section);
    section.removeAttribute("style");
    stay();
  }
});

/** Whoever goes on leaves what is done and out of sight above at rest. */
document.addEventListener("focusin", () => {
  for (const done of document.querySelectorAll(".done button")) {
    const block = dreamtree.blockOf(done);
    if (endOf(block.section) <= 0 && block.status.dataset.finished && !block.isBusy) dreamtree.press(block, done.value);
  }
});

/** Where a row stands that was moved. */
function moved(section, { row, verb }) {
  const place = /^(up|down|top)/.test(verb) && rowOf(section, row);
  if (!place) return;
  const words = place.querySelector("[dir=auto]");
  const all = [...place.parentElement.children];
  return `${words.value ?? words.textContent}, now ${all.indexOf(place) + 1} of ${all.length}`;
}

/** A morph leaves folds as the person left them; a row that is new is open where the server says so. */
function unfold(section, was) {
  for (const fold of section.querySelectorAll("[data-row] > details[data-open]")) {
    if (!was.rows.has(fold.parentElement.dataset.row)) fold.open = true;
  }
}

const squeezed = (text) => text.trim().replace(/\s+/g, " ");

/** A morph leaves a typed value where the server's attribute did not move: the server's word counts here. Where somebody
    types, the caret and the white space that the server takes off stay. */
function reset(block, typed) {
  const untouched = [...block.controls()].filter(([id]) => !typed.has(id));
  for (const one of untouched.flatMap(([, some]) => some)) {
    if (one.type === "hidden") continue;
    one.checked = one.defaultChecked; // which means something to boxes and radios only
    if (one.options) for (const option of one.options) option.selected = option.defaultSelected;
    else if (one !== document.activeElement || squeezed(one.value) !== squeezed(one.defaultValue)) one.value = one.defaultValue;
  }
}

/** Where the person has gone meanwhile, what is to be mended, where the server says, the row that is new or back, what is asked now, the same button, one beside it, what undoes it, or the block. */
function placeAfter(section, was) {
  const fresh = rowsOf(section).find((row) => !was.rows.has(keyOf(row)));
  const find = (selector) => section.querySelector(selector);
  const isHere = section.contains(was.focus);
  return (
    ((was.isTyping || was.focus !== was.from) && isHere && was.focus) ||
    find("[aria-invalid]") ||
    (section.dataset.focus && document.getElementById(section.dataset.focus)) ||
    (/^(add|undo)/.test(was.verb) && fresh?.querySelector(FIELD)) ||
    find(`[data-now] > [data-current] :is(${FIELD})`) ||
    (was.turns && find("[role=group][data-turns] button")) ||
    find("[autofocus]") ||
    (isHere && (was.focus.matches(FIELD) || was.focus.value === was.does) && was.focus) ||
    buttonOf({ section }, was.value) ||
    (was.anchor.isConnected && was.anchor.closest(".row__buttons")?.firstElementChild) ||
    rowOf(section, was.row)?.querySelector(`button, ${FIELD}`) ||
    find(".undo button") ||
    find(`:is(.block__body, .rest__foot) :is(button, ${FIELD})`) ||
    section
  );
}

/** Opens what is folded around the place: a closed fold takes no focus. What cannot have it gets it for once. */
dreamtree.focus = function (place, options) {
  if (!place.matches("summary")) for (let fold = place; (fold = fold.parentElement?.closest("details")); ) fold.open = true;
  if (!place.matches(`a, button, summary, ${FIELD}`)) place.tabIndex = -1;
  if (place !== document.activeElement) place.focus(options);
};

/** A link to a place of the page brings the focus along, unless it has gone on meanwhile: into the field that is to be mended, or to the place itself. */
document.addEventListener("click", ({ target }) => {
  const link = target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (place) setTimeout(() => [document.body, link, place].includes(document.activeElement) && dreamtree.focus((link.closest(".errors") && place.querySelector(FIELD)) || place));
});

/** After a block was replaced: let what lives in it (sliders, a tool's own script) put itself in order. */
dreamtree.settle = function (block) {
  block.section.dispatchEvent(new CustomEvent("block:shown", { bubbles: true }));
};

/** Presses a button of the block, once what is under way is done. */
dreamtree.press = (block, value, from = document.activeElement) => {
  const button = buttonOf(block, value);
  button?.setAttribute("data-pressed", "");
  return block.enqueue(() => press(block, value, from)).finally(() => button?.removeAttribute("data-pressed"));
};

form?.addEventListener("submit", (event) => {
  const value = event.submitter?.value ?? "";
  const block = dreamtree.block(value.split("|")[0]);
  if (!block.section?.dataset.post) return;
  event.preventDefault();
  dreamtree.press(block, value);
});
