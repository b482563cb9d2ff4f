/* Finds while one types, by pressing Find after a short rest; Enter in the field finds too. A choice leads back to it. */
const REST = 200;

customElements.define("skill-tagger", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => !event.isComposing && this.typed(event.target));
    this.addEventListener("compositionstart", () => clearTimeout(this.resting));
    this.addEventListener("compositionend", (event) => this.typed(event.target));
    this.addEventListener("change", (event) => this.chose(event.target));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || !event.target.matches(".find input")) return;
      event.preventDefault();
      this.find(event.target);
    });
  }

  disconnectedCallback() {
    clearTimeout(this.resting);
  }

  typed(field) {
    if (!field.matches(".find input")) return;
    clearTimeout(this.resting);
    if (window.htmx && field.value.trim().length > 1) this.resting = setTimeout(() => this.find(field), REST);
  }

  chose(box) {
    if (box.checked && box.closest("[data-found]")) box.closest("[data-found]").parentElement.querySelector(".find input").focus();
  }

  find(field) {
    clearTimeout(this.resting);
    if (field.isConnected) field.closest(".find").querySelector("button").click();
  }
});
