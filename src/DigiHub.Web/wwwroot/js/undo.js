// The undo notice: says itself politely, and steps aside after ten seconds unless somebody is at it.
// Without this module it simply stays on the page.
const STAYS_MS = 10_000;

for (const toast of document.querySelectorAll("[data-undo]")) {
  let busy = toast.matches(":hover");
  toast.addEventListener("pointerenter", () => busy = true);
  toast.addEventListener("pointerleave", () => busy = false);

  const leave = () => {
    // Somebody reading or about to press gets all the time they want (WCAG 2.2.1).
    if (busy || toast.contains(document.activeElement)) return setTimeout(leave, 2_000);
    toast.classList.add("gone");
    setTimeout(() => toast.remove(), 500);
  };
  setTimeout(leave, STAYS_MS);
}
