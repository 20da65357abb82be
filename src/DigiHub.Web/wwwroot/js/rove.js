// A row of links is one tab stop: arrows, Home and End move within it, Enter follows (APG toolbar). What is current is where Tab arrives.
// Without this module each link is a stop of its own.
for (const row of document.querySelectorAll("[data-rove]")) {
  const links = [...row.querySelectorAll("a")];
  if (links.length < 2) continue;
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", row.parentElement.getAttribute("aria-label") ?? "");
  const stand = link => {
    for (const other of links) other.tabIndex = other === link ? 0 : -1;
  };
  stand(links.find(link => link.hasAttribute("aria-current")) ?? links[0]);

  row.addEventListener("keydown", event => {
    const at = links.indexOf(event.target.closest("a"));
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const link = links[Math.min(links.length - 1, Math.max(0, to))];
    stand(link);
    link.focus();
  });
}
