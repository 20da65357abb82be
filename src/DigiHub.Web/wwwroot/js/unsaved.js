// A form that was changed is not lost by a slip: leaving the page asks first, and switching language or theme takes what was typed along.
// Without this module both still work, and a form that was sent too late is kept by the hub (KeptForms).
const key = `unsaved:${location.pathname}`;
const typed = "input:not([type=hidden], [type=password], [type=submit]), textarea, select";
const forms = [...document.querySelectorAll("main form[method=post]")].filter(form => form.querySelector(typed));

const fieldsOf = form => [...form.elements].filter(field => field.name && field.matches(typed));
const valueOf = field => field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
const valuesOf = form => fieldsOf(form).map(field => [field.name, valueOf(field)]);

const before = new Map(forms.map(form => [form, JSON.stringify(valuesOf(form))]));
// What was refused, or came back in another language, is not saved either, though the page brought it.
const isChanged = form => form.dataset.unsaved !== undefined || form.querySelector("[aria-invalid=true]") !== null
  || JSON.stringify(valuesOf(form)) !== before.get(form);

// Another module saves a form by itself (event-editor.js): what is typed while that is on its way counts as changed.
for (const form of forms) {
  let sent;
  form.addEventListener("saving", () => sent = JSON.stringify(valuesOf(form)));
  form.addEventListener("saved", () => {
    before.set(form, sent);
    delete form.dataset.unsaved;
  });
}

const restore = kept => {
  for (const [index, values] of kept) {
    const form = forms[index];
    const fields = form ? fieldsOf(form) : [];
    // Only into the very form it came from: another state of the page may ask for other things.
    if (fields.length !== values.length || fields.some((field, i) => field.name !== values[i][0])) continue;
    fields.forEach((field, i) => {
      if (field.type === "checkbox" || field.type === "radio") field.checked = values[i][1];
      else field.value = values[i][1];
    });
  }
};

const waiting = sessionStorage.getItem(key);
sessionStorage.removeItem(key);
if (waiting) restore(JSON.parse(waiting));

let leaving = false;
document.addEventListener("submit", event => {
  if (event.defaultPrevented) return;
  leaving = true;
  const action = event.target.getAttribute("action");
  if (action === "/language" || action === "/theme") {
    const changed = forms.map((form, index) => [index, form]).filter(([, form]) => isChanged(form));
    if (changed.length > 0) sessionStorage.setItem(key, JSON.stringify(changed.map(([index, form]) => [index, valuesOf(form)])));
  }
});

// Back from the cache of the browser the page is as it was left, and asks again.
addEventListener("pageshow", () => leaving = false);
addEventListener("beforeunload", event => {
  if (!leaving && forms.some(isChanged)) event.preventDefault();
});
