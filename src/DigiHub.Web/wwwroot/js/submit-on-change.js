// Filters and day ribbons act at once when a choice is made by pointer. Their own button is the way for everybody else:
// arrow keys move through radios without leaving the page at each step (WCAG 3.2.2).
for (const form of document.querySelectorAll("form[data-submit-on-change]")) {
  let byPointer = false;
  form.addEventListener("pointerdown", () => byPointer = true);
  form.addEventListener("keydown", () => byPointer = false);
  form.addEventListener("change", event => {
    const asksForMore = event.target.matches("input[type=text], input[type=search], input[type=number], textarea");
    if (byPointer && !asksForMore) form.querySelector("button:not([type=button])").click();
  });
}
