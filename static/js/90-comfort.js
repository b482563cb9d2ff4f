/* Small comforts: sliders beside their numbers, fields that grow, menus that close. */

customElements.define(
  "slider-field",
  class extends HTMLElement {
    connectedCallback() {
      this.addEventListener("input", ({ target }) => this.keepInStep(target));
      this.addEventListener("click", ({ target }) => target === this.range && this.take());
      this.addEventListener("keydown", ({ key, target }) => target === this.range && [" ", "Enter"].includes(key) && this.take());
      this.show();
    }

    /** The number is the field; the slider only helps. */
    keepInStep(target) {
      const { range, number } = this;
      if (target === range) number.value = range.value;
      if (target === range || target === number) this.follow();
    }

    /** An empty number is no answer: then the slider has no handle. */
    follow() {
      const { range, number } = this;
      const isUnset = this.toggleAttribute("data-unset", number.value.trim() === "");
      if (isUnset) range.setAttribute("aria-valuetext", "not answered yet");
      else range.removeAttribute("aria-valuetext");
      if (/^\d+$/.test(number.value)) range.value = number.value;
    }

    show() {
      const { range, number } = this;
      if (!range || !number) return;
      range.hidden = false;
      this.follow();
    }

    /** Where it stands, pressed without being moved, is an answer too; before that it shows none. */
    take() {
      if (this.number.value !== "") return;
      this.number.value = this.range.value;
      this.number.dispatchEvent(new Event("input", { bubbles: true }));
    }

    get range() {
      return this.querySelector('input[type="range"]');
    }

    get number() {
      return this.querySelector("input[name]");
    }
  },
);

document.addEventListener("block:shown", ({ target }) => {
  for (const one of target.querySelectorAll("slider-field")) one.show();
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
