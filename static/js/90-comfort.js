/* Small comforts: sliders beside their numbers, fields that grow, menus that close. */

/** The slider that `target` stands in: its number is the field, and the range only helps. */
function sliderOf(target) {
  const field = target.closest?.("slider-field");
  return field && { field, range: field.querySelector("[type=range]"), number: field.querySelector("[name]") };
}

/** An empty number is no answer: then the slider has no handle. */
function follow({ field, range, number }) {
  const isUnset = field.toggleAttribute("data-unset", number.value.trim() === "");
  range.ariaValueText = isUnset ? "not answered yet" : null;
  if (/^\d+$/.test(number.value)) range.value = number.value;
}

function showSliders({ target }) {
  for (const one of target.querySelectorAll("slider-field")) {
    const slider = sliderOf(one);
    slider.range.hidden = false;
    follow(slider);
  }
}

function answer({ number }, value) {
  number.value = value;
  number.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Where it stands, pressed without being moved, is an answer too; before that it shows none. */
function take({ key = " ", target }) {
  const slider = sliderOf(target);
  if (target === slider?.range && slider.number.value === "" && [" ", "Enter"].includes(key)) answer(slider, target.value);
}

let touched = "";

/** A finger that came down on a slider to move the page leaves the answer as it was. */
document.addEventListener("pointerdown", ({ target }) => (touched = sliderOf(target)?.number.value));
document.addEventListener("pointercancel", ({ target }) => {
  const slider = sliderOf(target);
  if (target === slider?.range && slider.number.value !== touched) answer(slider, touched);
});

document.addEventListener("input", ({ target }) => {
  const slider = sliderOf(target);
  if (target === slider?.range) slider.number.value = target.value;
  if (slider) follow(slider);
}, true);
document.addEventListener("click", take);
document.addEventListener("keydown", take);
document.addEventListener("block:shown", showSliders);
showSliders({ target: document });

/** What is called by the words of a field is called so as they are typed. */
dreamtree.form?.addEventListener("input", ({ target }) => {
  const words = target.value.trim();
  if (!words || !target.id) return;
  for (const one of document.querySelectorAll(`[data-names="${target.id}"]`)) one[one.ariaLabel ? "ariaLabel" : "textContent"] = words;
});

function grow(field) {
  field.style.blockSize = "auto";
  field.style.blockSize = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
}

if (!CSS.supports("field-sizing", "content")) {
  document.addEventListener("input", ({ target }) => target.matches?.("textarea") && grow(target));
  for (const one of document.querySelectorAll("textarea")) grow(one);
}

function closeMenus(isOutside) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!isOutside(menu)) continue;
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
}

/** What is there to be copied is chosen whole. */
document.addEventListener("focusin", ({ target }) => target.matches?.("textarea[readonly]") && target.select());
document.addEventListener("keydown", ({ key }) => key === "Escape" && closeMenus(() => true));
document.addEventListener("click", ({ target }) => closeMenus((menu) => !menu.contains(target)));
