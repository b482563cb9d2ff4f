/* Enter in a one-line field saves. In a list it goes on to the next line, and from an empty last line out of the list. */

const { form } = dreamtree;
const ONE_LINE = "input:is(:not([type]), [type=text]), textarea.input--line";
const ROW = "li:is([data-row], [data-task])";
const SAID = `${ONE_LINE}, textarea, [name$=-text], [name$=-live]`;
const STOP = "button, input:not([type=hidden]), textarea, select, summary";
const isSeen = (one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility();
const isAfter = (place, one) => place.compareDocumentPosition(one) === Node.DOCUMENT_POSITION_FOLLOWING;

/** The one-line fields of a row that stand in no row within it. */
function linesOf(row) {
  return [...row.querySelectorAll(ONE_LINE)].filter((one) => one.closest(ROW) === row && isSeen(one));
}

/** The next field of the row; else the next row's first; else a new row, from one that says something; else out of the list. */
function goOn(block, field) {
  const row = field.closest(ROW);
  const lines = linesOf(row);
  const below = row.nextElementSibling;
  const next = lines[lines.indexOf(field) + 1] ?? (below?.matches(ROW) && linesOf(below)[0]);
  const isSaid = [...row.querySelectorAll(SAID)].some((one) => one.value.trim());
  const add = isSaid && adds(row);
  if (next) next.focus();
  else if (add) return dreamtree.press(block, add.value);
  else leave(row);
  dreamtree.save(block);
}

/** The button that adds a row to the list, which stands under it. */
function adds(row) {
  const room = row.parentElement.closest(`${ROW}, [data-block]`);
  return [...room.querySelectorAll('button[value*="|add"]')].find((one) => isAfter(row.parentElement, one) && isSeen(one));
}

/** To what follows the list: within an outer row what comes next, else the next block or the page's main button. */
function leave(row) {
  const list = row.parentElement;
  const end = list.closest(ROW) ? list : row.closest("[data-block]");
  const next = [...form.querySelectorAll(STOP)].find((one) => isAfter(end, one) && isSeen(one));
  (next ?? document.querySelector(".steps .button--main"))?.focus();
}

function enter(event, target) {
  const block = dreamtree.blockOf(target);
  if (!block) return;
  event.preventDefault();
  const pressed = target.closest("[data-enter]")?.dataset.enter;
  if (pressed) dreamtree.press(block, pressed);
  else if (target.matches(ONE_LINE) && target.closest(ROW)) goOn(block, target);
  else dreamtree.save(block).then(() => block.isDirty || dreamtree.say("Saved"));
}

form?.addEventListener("keydown", (event) => {
  const isEnter = event.key === "Enter" && !event.isComposing && !event.defaultPrevented;
  if (isEnter && event.target.matches(`input, ${ONE_LINE}`)) enter(event, event.target);
});

/* Keyboards on glass may send the form without the key. */
form?.addEventListener("submit", (event) => {
  if (event.submitter?.value === "enter") enter(event, document.activeElement);
});
