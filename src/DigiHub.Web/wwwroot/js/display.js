// A screen at a door or in a lobby: asks for its page again each minute, and lets pages turn. What came last stays when the network does
// not answer; after five minutes it says that it is not current. Without this module the page comes again as a whole.
const minute = 60_000, oldAfter = 5 * minute, patience = 10_000;
const hold = document.querySelector("[data-hold]");
let currentAt = Date.now(), isHeld = false, isAsking = false;

async function page(address) {
  const giveUp = new AbortController();
  const late = setTimeout(() => giveUp.abort(), patience);
  try {
    const answer = await fetch(address, { headers: { accept: "text/html" }, cache: "no-store", signal: giveUp.signal });
    // Revoked, or paired as something else: that page is another one.
    if (answer.redirected) location.assign(answer.url);
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null; // no network
  } finally {
    clearTimeout(late);
  }
}

async function show(address) {
  if (isAsking) return;
  isAsking = true;
  const fresh = await page(address);
  isAsking = false;
  if (fresh) {
    const focused = document.activeElement?.id;
    for (const part of document.querySelectorAll("[data-live][id]")) {
      const next = fresh.getElementById(part.id);
      if (next) part.replaceWith(document.adoptNode(next));
    }
    if (focused && focused !== document.activeElement?.id) document.getElementById(focused)?.focus();
    document.title = fresh.title;
    if (address !== location.pathname + location.search) history.replaceState(null, "", address);
    currentAt = Date.now();
  }
  sayIfOld();
}

function sayIfOld() {
  for (const note of document.querySelectorAll("[data-not-current]")) note.hidden = Date.now() - currentAt < oldAfter;
}

const here = () => location.pathname + location.search;
// The hub says when its site looks different; a browser asks for the stream again by itself.
const told = document.querySelector("[data-live-from]")?.dataset.liveFrom;
if (told) new EventSource(told).addEventListener("changed", () => show(here()));
setInterval(() => show(here()), minute);
setInterval(sayIfOld, minute / 4);

const turning = document.querySelector("[data-turn][data-next]");
if (hold && turning) {
  const set = held => {
    isHeld = held;
    hold.setAttribute("aria-pressed", String(held));
  };
  hold.hidden = false;
  hold.addEventListener("click", () => set(!isHeld));
  document.addEventListener("keydown", event => {
    if (event.key !== " " || event.target.closest("button, a, input")) return;
    event.preventDefault();
    set(!isHeld);
  });
  setInterval(() => {
    const next = document.querySelector("[data-turn]")?.dataset.next;
    if (next && !isHeld) show(next);
  }, Number(turning.dataset.turn) * 1000);
}
