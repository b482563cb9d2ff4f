/* The time zone, said once: it goes along with the next form that is sent, where the page asks for it. Asking the browser takes a while, so it is asked only then. */

document.addEventListener("formdata", ({ target, formData }) => {
  if (target.elements.time_zone?.type !== "hidden") return;
  formData.set("time_zone", dreamtree.attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone) ?? "");
});
