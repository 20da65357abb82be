// Ctrl+K, or the button in the bar, opens "Find or book" as a dialog over any page. What stands in it is the part of the page /palette, asked
// for again as somebody types; the keys are those of a combobox with a list (APG). Without this module the button is a link to that page.
const seek = document.querySelector("[data-palette]");
const waitMilliseconds = 120;
let dialog, input, at = 0, asked = 0, shown = 0, timer;

const options = () => [...dialog.querySelectorAll(".pal")];

async function ask(text) {
  const mine = ++asked;
  const url = new URL(seek.href);
  url.searchParams.set("q", text);
  url.searchParams.set("from", location.pathname + location.search);
  const answer = await fetch(url, { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) throw new Error(answer.status);
  const part = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("palette");
  if (mine !== asked) return null; // something else was typed meanwhile
  shown = mine;
  return part;
}

// Focus stays in the field; the rows are its options.
function arrange() {
  const list = dialog.querySelector(".pal-list");
  list.id = "pal-list";
  list.setAttribute("role", "listbox");
  for (const item of list.querySelectorAll("li, form")) item.setAttribute("role", "presentation");
  options().forEach((option, i) => {
    option.id = `pal-${i}`;
    option.tabIndex = -1;
    option.setAttribute("role", "option");
  });
  choose(0);
}

function choose(next) {
  const all = options();
  at = Math.min(Math.max(0, next), all.length - 1);
  all.forEach((option, i) => option.setAttribute("aria-selected", i === at));
  if (all[at]) {
    input.setAttribute("aria-activedescendant", all[at].id);
    all[at].scrollIntoView({ block: "nearest" });
  } else input.removeAttribute("aria-activedescendant");
}

async function renew() {
  timer = clearTimeout(timer);
  const part = await ask(input.value).catch(() => null);
  if (!part) return;
  dialog.querySelector("#pal-rows").replaceWith(part.querySelector("#pal-rows"));
  dialog.querySelector("#pal-said").textContent = part.querySelector("#pal-said").textContent;
  arrange();
}

function press(event) {
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    choose(to);
  } else if (event.key === "Enter" && !event.isComposing) {
    event.preventDefault();
    // Rows of what was typed before are not what is meant: they are renewed first, and seen.
    if (asked !== shown || timer) renew();
    else options()[at]?.click();
  }
}

async function open() {
  if (dialog?.open) return;
  const part = await ask("").catch(() => null);
  if (!part) return location.assign(seek.href);
  dialog?.remove();
  dialog = document.createElement("dialog");
  dialog.className = "palette";
  dialog.setAttribute("aria-label", part.getAttribute("aria-label"));
  dialog.append(part);
  document.body.append(dialog);
  input = dialog.querySelector("input[name=q]");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "true", "aria-controls": "pal-list", "aria-autocomplete": "list" }))
    input.setAttribute(name, value);
  input.addEventListener("keydown", press);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(renew, waitMilliseconds);
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", event => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => seek.focus());
  arrange();
  dialog.showModal();
  input.focus();
}

if (seek && window.HTMLDialogElement) {
  // On its own page the field is there already.
  const own = document.querySelector("#palette input[name=q]");
  const start = event => {
    event.preventDefault();
    if (own) own.focus();
    else open();
  };
  seek.addEventListener("click", event => { if (!event.ctrlKey && !event.metaKey && !event.shiftKey) start(event); });
  document.addEventListener("keydown", event => {
    if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) start(event);
  });
}
