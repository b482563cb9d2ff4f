/* While cards are sorted, the count follows each choice. */

/** The words around the number are the server's; those that a choice makes untrue are left out until it says them anew. */
function count({ target }) {
  const cards = target.closest("value-cards") ?? target.querySelector("value-cards");
  const place = cards?.querySelector("[data-count]");
  if (!place) return;
  const now = String(cards.querySelectorAll("[data-counted] input:checked").length + Number(place.dataset.elsewhere ?? 0));
  if (now === place.textContent) return;
  place.textContent = now;
  cards.querySelector(".cards__piles")?.remove();
}

for (const event of ["change", "block:shown"]) dreamtree.form?.addEventListener(event, count);
