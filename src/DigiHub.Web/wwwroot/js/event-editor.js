// As soon as a time is typed, the rooms say whether they are free then, and the end keeps its distance from the start. Without this
// module a button asks for the rooms, and the end is typed.
const form = document.querySelector("[data-event-editor]");
const rooms = form?.querySelector("[data-rooms]");
const said = form?.querySelector("[data-rooms-said]");

if (rooms) {
  const { start, end } = form.elements;
  for (const button of form.querySelectorAll("[data-without-script]")) button.hidden = true;

  // valueAsNumber reads both as if they were UTC: the distance on the clock, which is what an organiser means.
  let before = start.valueAsNumber;
  start.addEventListener("change", () => {
    const now = start.valueAsNumber;
    if (end.value && !Number.isNaN(now) && !Number.isNaN(before)) end.valueAsNumber += now - before;
    if (!Number.isNaN(now)) before = now;
  });

  const asks = ["start", "end", "setUpMinutes", "tearDownMinutes"];
  let latest = 0;

  const offer = async () => {
    if (!start.value) return;
    const query = new URLSearchParams({ space: rooms.value });
    if (form.dataset.event) query.set("eventId", form.dataset.event);
    for (const name of asks) query.set(name, form.elements[name].value);

    const mine = ++latest;
    const answer = await fetch(`/organise/rooms?${query}`, { headers: { Accept: "text/html" } });
    // Typing goes on while the house answers; only the last answer counts. On any failure the list stays as it was.
    if (!answer.ok || answer.redirected || mine !== latest) return;
    const chosen = rooms.value;
    rooms.innerHTML = await answer.text();
    rooms.value = chosen;
    said.textContent = decodeURIComponent(answer.headers.get("X-Rooms-Said") ?? "");
  };

  for (const name of asks) form.elements[name].addEventListener("change", offer);
}
