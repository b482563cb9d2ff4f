/* While cards are sorted: the count follows each choice, on a phone the next card comes by itself, and a new step is told. */
customElements.define("value-cards", class extends HTMLElement {
  connectedCallback() {
    this.opened = this.dataset.open;
    this.shown = ({ target }) => target.contains(this) && this.arrive();
    this.addEventListener("change", () => this.count());
    this.addEventListener("click", (event) => this.turn(event));
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

  /** A choice made by hand on the one card that is shown; the keys of a keyboard only move among the choices. */
  turn({ target, detail }) {
    const card = target.closest("[data-now] > [data-current]");
    if (!card || detail === 0 || !target.matches("input[type=radio]")) return;
    const next = card.parentElement.nextElementSibling?.querySelector("button:nth-of-type(2)");
    setTimeout(() => card.hasAttribute("data-current") && next?.click(), 250);
  }
});
