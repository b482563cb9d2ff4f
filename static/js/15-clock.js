/* The time zone, said once: it goes along with the next form that is sent, where the page asks for it. */

const timeZone = dreamtree.attempt(() => Intl.DateTimeFormat().resolvedOptions().timeZone);

for (const field of document.querySelectorAll('input[type="hidden"][name="time_zone"]')) field.value = timeZone ?? "";
