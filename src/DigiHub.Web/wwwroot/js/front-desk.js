// At the front desk without a mouse: "/" leads to the search, 1 to 4 to the columns.
addEventListener("keydown", event => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  const to = event.key === "/" ? document.getElementById("fd-q") : document.querySelectorAll(".fd-scroll")[Number(event.key) - 1];
  if (!to) return;
  event.preventDefault();
  to.focus();
});
