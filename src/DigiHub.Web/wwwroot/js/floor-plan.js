// Keeps the words in the dock at the choice on the plan, and enlarges the plan. The choosing itself is the browser's.
const ZOOM_MIN = -1, ZOOM_MAX = 2;

for (const box of document.querySelectorAll(".plan-box")) {
  const plan = box.querySelector(".plan");
  const said = box.closest("form")?.querySelector("[data-said]");

  plan.addEventListener("change", event => {
    if (!said) return;
    const [name, rest] = event.target.closest("label").querySelectorAll("span");
    said.textContent = `${name.textContent}${rest.textContent}. ${said.dataset.when ?? ""}`.trim();
  });

  // Chosen, and then somebody else booked it.
  plan.addEventListener("live", () => {
    const gone = plan.querySelector("input:checked:disabled");
    if (!gone) return;
    gone.checked = false;
    if (said) said.textContent = said.dataset.taken.replace("{0}", gone.closest("label").querySelector("span").textContent);
  });

  // A chosen desk beyond the edge of the plan comes into sight; the page itself stays where it is.
  const chosen = plan.querySelector("input:checked")?.closest("label");
  if (chosen) plan.parentElement.scrollLeft = chosen.offsetLeft - plan.parentElement.clientWidth / 2;

  const zoom = box.querySelector(".plan-zoom");
  zoom.hidden = false;
  zoom.addEventListener("click", event => {
    const step = Number(event.target.closest("button")?.dataset.zoom ?? 0);
    plan.dataset.zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, Number(plan.dataset.zoom) + step));
  });
}
