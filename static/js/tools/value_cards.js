/* While cards are sorted: the count follows each choice, and a new step is told. */
customElements.define("value-cards", class extends HTMLElement {
  connectedCallback() {
    this.opened = this.dataset.open;
    this.shown = ({ target }) => target.contains(this) && this.arrive();
    this.addEventListener("change", () => this.count());
    document.addEventListener("block:shown", this.shown);
  }

  disconnectedCallback() {
    document.removeEventListener("block:shown", this.shown);
  }

  /** Another step or page of cards is there: its title takes the focus. */
  arrive() {
    this.count();
    if (this.opened === this.dataset.open) return;
    this.opened = this.dataset.open;
    const title = this.querySelector("[id$='-title']");
    title?.setAttribute("autofocus", "");
    requestAnimationFrame(() => title?.removeAttribute("autofocus"));
  }

  /** The words around the number are the server's; those that a choice makes untrue are left out until it says them anew. */
  count() {
    const place = this.querySelector("[data-count]");
    if (!place) return;
    const here = this.querySelectorAll("[data-counted] input:checked").length;
    const now = String(here + Number(place.dataset.elsewhere ?? 0));
    if (now === place.textContent) return;
    place.textContent = now;
    this.querySelector(".cards__piles")?.remove();
  }
});
