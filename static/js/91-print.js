/* A button that prints is there only where a script can do it. On paper a field is the words in it, all of them. */

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.onclick = () => print();
}

addEventListener("beforeprint", () => {
  for (const field of document.querySelectorAll("main :is(textarea, input.input)")) {
    if (!field.value || field.type === "password" || field.type === "file") continue;
    field.after(dreamtree.make("p", { className: "on-paper typed", dir: "auto" }, field.value));
  }
});

addEventListener("afterprint", () => {
  for (const words of document.querySelectorAll(".typed")) words.remove();
});
