/* Finds while one types, by pressing Find after a short rest; Enter in the field finds too. A choice leads back to it,
   and the next word takes the place of the last. Whoever has gone on from the field by then stays where they are. */
const REST = 200;
const isFind = (one) => one.matches(".find input");
let resting;

function find(field) {
  clearTimeout(resting);
  if (field.isConnected) dreamtree.press(dreamtree.blockOf(field), field.closest(".find").querySelector("button").value, field);
}

function typed({ target, isComposing }) {
  if (isComposing || !isFind(target)) return;
  clearTimeout(resting);
  if (target.value.trim().length > 1) resting = setTimeout(find, REST, target);
}

const heard = {
  input: typed,
  compositionend: typed,
  compositionstart: () => clearTimeout(resting),
  change({ target }) {
    const found = target.checked && target.closest("[data-found]");
    if (found) found.parentElement.querySelector(".find input").select();
  },
  keydown(event) {
    if (event.key !== "Enter" || event.isComposing || !isFind(event.target)) return;
    event.preventDefault();
    find(event.target);
  },
};
for (const [event, work] of Object.entries(heard)) dreamtree.form?.addEventListener(event, work, true);
