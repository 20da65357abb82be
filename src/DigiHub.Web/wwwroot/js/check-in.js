// Check-in without reloading: a scan is answered in place and the field is ready for the next; a name is found while it is typed; where
// the browser itself reads QR codes, its camera is a scanner. Without this module every step is a plain form.
const scan = document.querySelector("[data-scan]")?.form;
const field = document.querySelector("[data-scan]");
const search = document.querySelector("form[data-search]");

const show = html => {
  const fresh = new DOMParser().parseFromString(html, "text/html");
  for (const part of document.querySelectorAll("[data-refresh]")) {
    const next = fresh.querySelector(`[data-refresh=${part.dataset.refresh}]`);
    // The verdict is a live region: its content changes, the region itself must stay.
    if (next) part.innerHTML = next.innerHTML;
  }
};

const send = async (form) => {
  const answer = await fetch(form.action || location.href, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  // Signed out meanwhile, or something broke: the plain way shows what it is.
  if (!answer.ok || new URL(answer.url).pathname === "/sign-in") { form.submit(); return; }
  show(await answer.text());
  document.querySelector(".verdict")?.scrollIntoView({ block: "nearest" });
};

if (scan) {
  scan.addEventListener("submit", async event => {
    event.preventDefault();
    if (!field.value.trim()) return;
    const sending = send(scan);
    field.value = "";
    field.focus();
    await sending;
  });
}

if (search) {
  const input = search.elements.q;
  let latest = 0;
  input.addEventListener("input", async () => {
    const typed = input.value.trim();
    if (typed.length > 0 && typed.length < 3) return;
    const mine = ++latest;
    const url = `${location.pathname}?${new URLSearchParams(new FormData(search))}`;
    const answer = await fetch(url);
    if (!answer.ok || mine !== latest) return;
    const list = document.querySelector("[data-refresh=list]");
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh=list]");
    if (fresh) list.innerHTML = fresh.innerHTML;
    history.replaceState(null, "", url);
  });
}

const button = document.querySelector("[data-camera]");
const view = document.querySelector("[data-camera-view]");
if (scan && button && "BarcodeDetector" in window && navigator.mediaDevices) {
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  button.hidden = !formats.includes("qr_code");
  button.addEventListener("click", async () => {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    try {
      view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      return; // refused, or no camera: the field is still there
    }
    view.hidden = false;
    button.hidden = true;
    await view.play();

    let last = "";
    const look = async () => {
      const [code] = await detector.detect(view).catch(() => []);
      if (code && code.rawValue !== last) {
        last = code.rawValue;
        field.value = code.rawValue;
        scan.querySelector("button:not([type=button])").click();
      }
      setTimeout(look, 250);
    };
    look();
  });
}
