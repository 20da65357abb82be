// A floor's plan on a canvas: drag, keys, two clicks. All of it changes the table's fields, which are the plan; the form saves itself.
const part = name => document.querySelector(`[data-${name}]`);
const [form, canvas, tray, said, shapes, stale, status] = ["plan", "canvas", "tray", "say", "shapes", "stale", "status"].map(part);
const words = form.dataset, axes = [["x", "w", "columns"], ["y", "h", "rows"]];
const things = [], history = [];
const side = name => Math.min(120, +form.elements[name].value || 1);
let chosen, drag, timer, isSaving;

// A row, its button.
class Thing {
  constructor(row) {
    this.row = row;
    this.fields = {};
    for (const input of row.querySelectorAll("[data-f]")) {
      this.fields[input.dataset.f] = input;
      const get = () => input.value.trim() === "" ? undefined : isNaN(input.value) ? input.value : +input.value;
      Object.defineProperty(this, input.dataset.f, { get });
    }
    this.isShape = "k" in this;
    this.kind = row.dataset.thing;
    this.units = row.dataset.units?.split(" ");
    this.button = document.createElement("button");
    this.button.type = "button";
    things.push(this);
  }

  get isDrawn() { return this.x && this.y && (!this.isShape || this.k); }

  get name() { return this.row.dataset.name ?? [this.fields.k.selectedOptions[0].text, this.n ?? this.e].join(" ").trim(); }

  get overlaps() {
    return things.filter(other => other !== this && this.units && other.units && this.isDrawn && other.isDrawn
      && !this.units.some(unit => other.units.includes(unit))
      && axes.every(([at, size]) => this[at] < other[at] + other[size] && other[at] < this[at] + this[size]));
  }

  tell(more = "") {
    const over = this.overlaps.map(other => other.name).join(", ");
    const at = `${words.column} ${this.x}, ${words.row} ${this.y}, ${this.w} × ${this.h}`;
    said.textContent = `${this.name}, ${this.isDrawn ? at : words.off}${over && `, ${words.overlaps} ${over}`}${more}`;
  }

  draw() {
    const { button, isDrawn } = this, hadFocus = document.activeElement === button, home = isDrawn ? canvas : tray;
    if (!isDrawn && this.isShape) button.remove();
    else if (button.parentElement !== home) home.append(button);
    if (hadFocus) (button.isConnected ? button : canvas.parentElement).focus();
    button.textContent = this.name;
    const form = this.f ?? (this.w && this.h ? "" : "line");
    button.className = `thing ${this.k ?? this.kind} r${this.r} ${form} ${this.overlaps[0] ? "over" : ""}`;
    button.setAttribute("aria-pressed", this === chosen);
    const [left, width, top, height] = axes.flatMap(([at, size, cells]) =>
      [this[at] - 1, this[size]].map(value => isDrawn ? `${value * 100 / side(cells)}%` : ""));
    Object.assign(button.style, { left, width, top, height });
  }

  // One step of history, or part of the last.
  set(values, goesOn) {
    if (!goesOn) history.push([]);
    if (values.x != null) for (const [at, size, cells] of axes) {
      const least = ["Wall", "Window"].includes(values.k ?? this.k) ? 0 : 1;
      const long = values[size] = Math.min(side(cells), Math.max(least, values[size] ?? this[size]));
      values[at] = Math.min(side(cells) - long + 1, Math.max(1, values[at] ?? this[at]));
    }
    if (values.w === 0 && values.h === 0) values.w = 1;
    for (const [key, value] of Object.entries(values)) {
      history.at(-1).push([this.fields[key], this.fields[key].value]);
      this.fields[key].value = value ?? "";
    }
    changed();
    this.tell();
  }

  choose() {
    chosen = this;
    drawAll();
    this.tell(`, ${words.chosen}`);
    this.button.focus();
  }
}

const drawAll = () => {
  canvas.style.aspectRatio = `${side("columns")} / ${side("rows")}`;
  canvas.style.backgroundSize = `${100 / side("columns")}% ${100 / side("rows")}%`;
  for (const thing of things) thing.draw();
};

const changed = () => {
  drawAll();
  clearTimeout(timer);
  timer = setTimeout(save, 700);
};

const save = async () => {
  if (isSaving) return changed();
  isSaving = true;
  status.textContent = words.saving;
  form.dispatchEvent(new Event("saving"));
  const answer = await fetch(words.plan, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  const told = await answer?.json().catch(() => null);
  isSaving = false;
  stale.hidden = answer?.status !== 412;
  status.textContent = told?.revision ? told.said : `${words.failed}. ${told?.said ?? ""}`;
  if (!told?.revision) return;
  form.elements.revision.value = told.revision;
  part("publish").textContent = told.publish;
  form.dispatchEvent(new Event("saved"));
};

const blank = () => {
  const free = things.find(thing => thing.isShape && !thing.k);
  if (free) return free;
  const row = shapes.rows[0].cloneNode(true);
  for (const input of row.querySelectorAll("[name]")) input.name = input.name.replace(/\d+$/, shapes.rows.length);
  shapes.append(row);
  return new Thing(row);
};

const acts = {
  undo() {
    for (const [input, value] of (history.pop() ?? []).reverse()) input.value = value;
    changed();
  },
  turn: ({ x, w, h, r }) => chosen.set({ x, w: h, h: w, r: (r + 90) % 360 }),
  off: ({ isShape }) => chosen.set({ x: null, y: null, ...isShape && { k: null } }),
  repeat({ x, y, w, h, r, f, k, n, e, isShape, isDrawn, kind }) {
    const next = isShape ? blank() : things.find(other => other.kind === kind && !other.isDrawn);
    if (!next || !isDrawn) return said.textContent = words.full;
    next.set({ x: x + (w || 1), y, w, h, r, ...isShape ? { k, n, e } : { f } });
    next.choose();
  },
  draw() {
    const kind = part("new").selectedOptions[0], [w, h] = kind.dataset.size.split(" ").map(Number), thing = blank();
    thing.set({ k: kind.value, x: 2, y: 2, w, h, r: 0, n: "", e: "" });
    thing.choose();
  },
};

const thingOf = event => things.find(thing => thing.button === event.target.closest(".thing"));
const cellOf = event => {
  const box = canvas.getBoundingClientRect(), cell = (from, all, cells) => Math.floor(from / all * side(cells)) + 1;
  return { x: cell(event.clientX - box.left, box.width, "columns"), y: cell(event.clientY - box.top, box.height, "rows") };
};

const keyed = event => {
  const thing = thingOf(event), by = event.shiftKey ? 5 : 1, isCtrl = event.ctrlKey || event.metaKey;
  const step = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
  const act = { r: "turn", d: "repeat", delete: "off" }[event.key.toLowerCase()];
  if (isCtrl && event.key === "z") acts.undo();
  else if (!thing || isCtrl) return;
  else if (step) {
    const { x = 1, y = 1, w, h } = thing, [right, down] = step;
    thing.set(event.altKey ? { x, y, w: w + right, h: h + down } : { x: x + right, y: y + down });
  } else if (event.key === "Enter") thing.fields.x.focus();
  else if (act) acts[act](chosen = thing);
  else return;
  event.preventDefault();
};

for (const area of [canvas, tray]) {
  area.onkeydown = keyed;
  area.onclick = event => {
    const thing = thingOf(event), wasDragged = drag?.isMoved;
    drag = null;
    if (wasDragged) return;
    if (thing && thing === chosen) drawAll(chosen = null);
    else if (thing && !(thing.isShape && chosen && !chosen.isShape)) thing.choose();
    else if (area === canvas) chosen?.set(cellOf(event));
  };
}
canvas.onpointerdown = event => {
  const thing = thingOf(event);
  if (!thing || event.button) return;
  drag = { thing, from: cellOf(event), x: thing.x, y: thing.y };
  thing.button.setPointerCapture(event.pointerId);
};
canvas.onpointermove = event => {
  if (!drag) return;
  const to = cellOf(event), x = drag.x + to.x - drag.from.x, y = drag.y + to.y - drag.from.y;
  if (x === drag.thing.x && y === drag.thing.y) return;
  chosen = drag.thing;
  chosen.set({ x, y }, drag.isMoved);
  drag.isMoved = true;
};
form.oninput = changed;
part("tools").onclick = event => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (chosen || act === "undo" || act === "draw") acts[act]?.(chosen);
};
for (const row of form.querySelectorAll("tr[data-thing]")) new Thing(row);
canvas.hidden = part("tools").hidden = false;
part("preview").hidden = true;
drawAll();
