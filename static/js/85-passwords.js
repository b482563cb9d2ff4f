/* A password that can be shown, and whether it is long enough; the server knows what is easy to guess. */

customElements.define("password-field", class extends HTMLElement {
  connectedCallback() {
    const [input, button, hint] = this.children;
    button.hidden = false;
    button.onclick = () => {
      input.type = input.type === "text" ? "password" : "text";
      button.ariaPressed = input.type === "text";
    };
    if (hint) input.oninput = () => {
      const all = [...input.value.normalize()];
      const rest = 12 - all.length;
      hint.textContent = rest > 0 ? `${rest} more` : new Set(all).size < 6 ? "Easy to guess" : "Long enough";
    };
  }
});
