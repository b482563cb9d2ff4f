/* After a move by hand: says where the item stands now, and keeps the focus on it when its button is gone. */
customElements.define("ranking-grid", class extends HTMLElement {
  connectedCallback() {
    this.moved = "";
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[name=do]");
      this.moved = button?.closest(".rank li")?.dataset.row ?? "";
    });
    this.watch = new MutationObserver(() => this.moved && requestAnimationFrame(() => this.say()));
    this.watch.observe(this, { childList: true, subtree: true, attributes: true, attributeFilter: ["value", "data-row"] });
  }

  disconnectedCallback() {
    this.watch.disconnect();
  }

  say() {
    const rows = [...this.querySelectorAll(".rank > li")];
    const row = rows.find((one) => one.dataset.row === this.moved);
    if (!row) return;
    this.moved = "";
    const words = row.querySelector("span").textContent;
    const region = document.getElementById("said");
    if (region) region.textContent = `${words}, now ${rows.indexOf(row) + 1} of ${rows.length}`;
    if (!row.contains(document.activeElement)) row.querySelector("button")?.focus();
  }
});
