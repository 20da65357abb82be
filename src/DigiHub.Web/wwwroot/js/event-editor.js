// A draft saves itself once nothing has been typed for a moment. As soon as a time is typed, the rooms say whether they are free then, and the end keeps its distance from the start. Without this
// module buttons save and ask for the rooms, and the end is typed.
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
    // Typing goes on while the hub answers; only the last answer counts. On any failure the list stays as it was.
    if (!answer.ok || answer.redirected || mine !== latest) return;
    const chosen = rooms.value;
    rooms.innerHTML = await answer.text();
    rooms.value = chosen;
    said.textContent = decodeURIComponent(answer.headers.get("X-Rooms-Said") ?? "");
  };

  for (const name of asks) form.elements[name].addEventListener("change", offer);
}

const quietMilliseconds = 3000;

if (form?.dataset.draftSaved) {
  const dock = form.querySelector("[data-said]");
  let timer, onItsWay;

  const save = async () => {
    const fields = new FormData(form);
    fields.set("act", "save");
    form.dispatchEvent(new Event("saving"));
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(fields) });
    // A draft that cannot be saved yet stays as it is until its author saves it, and is told why. A session that has ended says so then.
    const page = new URL(answer.url);
    if (!answer.ok || !answer.redirected || !page.pathname.startsWith("/organise/")) return;
    const saved = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-event-editor]");
    if (!saved) return;
    for (const name of ["revision", "opened"]) form.elements[name].value = saved.elements[name].value;
    form.action = page.pathname;
    form.dataset.event = saved.dataset.event;
    form.dispatchEvent(new Event("saved"));
    history.replaceState(null, "", page.pathname);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    dock.textContent = `${form.dataset.draftSaved} ${time}`;
  };

  const saveInTurn = () => {
    clearTimeout(timer);
    onItsWay ??= save().catch(() => { }).finally(() => onItsWay = undefined);
    return onItsWay;
  };

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      await onItsWay;
      saveInTurn();
    }, quietMilliseconds);
  });

  // What its author sends waits for what is on its way, or it would meet a newer revision of their own.
  form.addEventListener("submit", async event => {
    clearTimeout(timer);
    if (!onItsWay) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await onItsWay;
    event.submitter.click();
  });
}
