/* What is shown only once (recovery words, backup codes) answers one press: a second would throw the answer away. */

const PATIENCE = 10_000;
let sentAt;

addEventListener("pageshow", () => (sentAt = NaN));
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || !event.target.matches("[data-once]")) return;
  if (event.timeStamp - sentAt < PATIENCE) event.preventDefault();
  else sentAt = event.timeStamp;
});
