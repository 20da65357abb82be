// Keeps the parts of a page that say what is taken up to date: the hub says "changed" (server-sent events), the page is fetched again, and
// what differs in its parts with data-live is exchanged, element by element, so that focus, choice and scroll position stay.
// One stream for each page in sight: a browser has only six connections to a hub that speaks HTTP/1.1.
const from = document.querySelector("[data-live-from]")?.dataset.liveFrom;
const EACH = 60_000, SPREAD = 300, PATIENCE = 15_000;
let source = null, waiting = 0, fetching = false, again = false, seen = Date.now();

if (from) {
  document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
  addEventListener("pagehide", close);
  addEventListener("pageshow", event => event.persisted && open());
  setInterval(() => {
    if (document.hidden) return;
    open();
    if (source?.readyState !== EventSource.OPEN) soon();
  }, EACH);
  open();
}

function open() {
  if (document.hidden || (source && source.readyState !== EventSource.CLOSED)) return;
  const missed = Date.now() - seen > 1_000; // it was hidden, or the network away
  source = new EventSource(from);
  source.addEventListener("changed", soon);
  source.addEventListener("open", () => document.documentElement.toggleAttribute("data-live-on", true));
  source.addEventListener("error", () => document.documentElement.removeAttribute("data-live-on"));
  if (missed) soon();
}

function close() {
  source?.close();
  source = null;
  seen = Date.now();
}

// Pages that hear the same do not all ask in the same moment.
function soon() {
  waiting ||= setTimeout(look, Math.random() * SPREAD);
}

async function look() {
  waiting = 0;
  if (fetching) { again = true; return; }
  fetching = true;
  const giveUp = new AbortController();
  const late = setTimeout(() => giveUp.abort(), PATIENCE);
  try {
    const answer = await fetch(location.href.split("#")[0], { headers: { Accept: "text/html" }, signal: giveUp.signal });
    if (answer.redirected && new URL(answer.url).pathname !== location.pathname) close(); // the session is over
    else if (answer.ok) exchange(new DOMParser().parseFromString(await answer.text(), "text/html"));
    seen = Date.now();
  } catch {
    // No network: the page stays as it is, and looks again with the next news or minute.
  } finally {
    clearTimeout(late);
    fetching = false;
    if (again) { again = false; soon(); }
  }
}

function exchange(page) {
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const fresh = page.getElementById(part.id);
    if (!fresh || part.isEqualNode(fresh)) continue;
    const focused = part.contains(document.activeElement);
    adoptChildren(part, fresh); // its own attributes are its script's, too
    part.dispatchEvent(new CustomEvent("live", { bubbles: true, detail: { focused: focused && !part.contains(document.activeElement) } }));
  }
}

// What people and scripts set stays: what is open, chosen or typed is no attribute of the hub's.
function adopt(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  const isOpen = old.matches("details, dialog");
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !(isOpen && name === "open")) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  adoptChildren(old, fresh);
}

function adoptChildren(old, fresh) {
  const kept = new Map([...old.children].filter(one => one.id).map(one => [one.id, one]));
  const wanted = new Set([...fresh.children].map(one => one.id).filter(Boolean));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    // Rows with an id are themselves wherever they stand: the focus stays on the same person's button.
    while (at?.id && !wanted.has(at.id)) at = drop(at);
    const known = next.id && kept.get(next.id);
    if (known && known !== at) {
      old.insertBefore(known, at);
      adopt(known, next);
    } else if (at && at.nodeType === next.nodeType && at.nodeName === next.nodeName && (at.id || "") === (next.id || "")) {
      const here = at;
      at = at.nextSibling;
      if (here.nodeType === Node.ELEMENT_NODE) adopt(here, next);
      else if (here.data !== next.data) here.data = next.data;
    } else {
      old.insertBefore(document.importNode(next, true), at);
    }
  }
  while (at) at = drop(at);
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}
