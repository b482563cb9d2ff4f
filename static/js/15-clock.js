/* The time zone, said once: it goes along with the next form that is sent, where the page asks for it. */

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

for (const field of document.querySelectorAll('input[type="hidden"][name="time_zone"]')) field.value = timeZone ?? "";
