// Drag, keys, two clicks: all change the table's fields, which are the plan. The form saves itself.
const part = name => document.querySelector(`[data-${name}]`);
const [form, canvas, tray, said, shapes, stale, status] = ["plan", "canvas", "tray", "say", "shapes", "stale", "status"].map(part);
const words = form.dataset, axes = [["x", "w", "columns"], ["y", "h", "rows"]];
const things = [], history = [];
const side = name => Math.min(120, +form.elements[name].value || 1);
let chosen, drag, timer, isSaving;

class Thing {
  constructor(row) {
    this.row = row;
    this.fields = {};
    for (const input of row.querySelectorAll("[data-f]")) {
      const { f } = input.dataset;
      this.fields[f] = input;
      const get = () => isNaN(input.value) ? input.value : input.value.trim() ? +input.value : undefined;
      Object.defineProperty(this, f, { get });
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
    const { units, isDrawn } = this;
    return things.filter(other => other !== this && units && other.units && isDrawn && other.isDrawn
      && !units.some(unit => other.units.includes(unit))
      && axes.every(([at, size]) => this[at] < other[at] + other[size] && other[at] < this[at] + this[size]));
  }

  tell(more = "") {
    const { name, x, y, w, h } = this, over = this.overlaps.map(other => other.name).join(", ");
    const at = this.isDrawn ? `${words.column} ${x}, ${words.row} ${y}, ${w} × ${h}` : words.off;
    said.textContent = `${name}, ${at}${over && `, ${words.overlaps} ${over}`}${more}`;
  }

  draw() {
    const { button, isDrawn, r, k, kind } = this, hadFocus = document.activeElement === button, home = isDrawn ? canvas : tray;
    if (!isDrawn && this.isShape) button.remove();
    else if (button.parentElement !== home) home.append(button);
    if (hadFocus) (button.isConnected ? button : canvas.parentElement).focus();
    button.textContent = this.name;
    const form = this.f ?? (this.w && this.h ? "" : "line");
    button.className = `thing ${k ?? kind} r${r} ${form} ${this.overlaps[0] ? "over" : ""}`;
    button.setAttribute("aria-pressed", this === chosen);
    const [left, width, top, height] = axes.flatMap(([at, size, cells]) =>
      [this[at] - 1, this[size]].map(value => isDrawn ? `${value * 100 / side(cells)}%` : ""));
    Object.assign(button.style, { left, width, top, height });
  }

  // A step of history, or more of the last.
  set(values, goesOn) {
    if (!goesOn) history.push([]);
    if (values.x != null) for (const [at, size, cells] of axes) {
      const least = ["Wall", "Window"].includes(values.k ?? this.k) ? 0 : 1;
      const long = values[size] = Math.min(side(cells), Math.max(least, values[size] ?? this[size]));
      values[at] = Math.min(side(cells) - long + 1, Math.max(1, values[at] ?? this[at]));
    }
    if (values.w === 0 && values.h === 0) values.w = 1;
    for (const key in values) {
      const field = this.fields[key];
      history.at(-1).push([field, field.value]);
      field.value = values[key] ?? "";
    }
    changed();
    this.tell();
  }

  shift({ x = 1, y = 1, w, h }, right, down, isSize, goesOn) {
    this.set(isSize ? { x, y, w: w + right, h: h + down } : { x: x + right, y: y + down }, goesOn);
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

const tell = name => form.dispatchEvent(new Event(name));
const save = async () => {
  if (isSaving) return changed();
  isSaving = true;
  status.textContent = words.saving;
  tell("saving");
  const answer = await fetch(words.plan, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
  const { revision, said = "", publish } = await answer?.json().catch(() => null) ?? {};
  isSaving = false;
  stale.hidden = answer?.status !== 412;
  status.textContent = revision ? said : `${words.failed}. ${said}`;
  if (!revision) return;
  form.elements.revision.value = revision;
  part("publish").textContent = publish;
  tell("saved");
};

const blank = () => {
  for (const thing of things) if (thing.isShape && !thing.k) return thing;
  const { rows } = shapes, row = rows[0].cloneNode(true);
  for (const input of row.querySelectorAll("[name]")) input.name = input.name.replace(/\d+$/, rows.length);
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
const cellOf = ({ clientX, clientY }) => {
  const box = canvas.getBoundingClientRect(), cell = (at, all, cells) => Math.ceil(at / all * side(cells)) || 1;
  return { x: cell(clientX - box.left, box.width, "columns"), y: cell(clientY - box.top, box.height, "rows") };
};

const keyed = event => {
  const thing = thingOf(event), by = event.shiftKey ? 5 : 1, isCtrl = event.ctrlKey || event.metaKey;
  const { key } = event, act = { r: "turn", d: "repeat", delete: "off" }[key.toLowerCase()];
  const step = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[key];
  if (isCtrl && key === "z") acts.undo();
  else if (!thing || isCtrl) return;
  else if (step) thing.shift(thing, ...step, event.altKey);
  else if (key === "Enter") thing.fields.x.focus();
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
    else if (thing && (!thing.isShape || !chosen || chosen.isShape)) thing.choose();
    else if (area === canvas) chosen?.set(cellOf(event));
  };
}
canvas.onpointerdown = event => {
  const thing = thingOf(event), from = cellOf(event), { offsetX, offsetY } = event;
  if (!thing || event.button) return;
  const { x, y, w, h, button } = thing;
  // The corner of what is chosen makes it larger or smaller.
  const isSize = thing === chosen && offsetX > button.clientWidth - 20 && offsetY > button.clientHeight - 20;
  drag = { thing, from, last: from, x, y, w, h, isSize };
  button.setPointerCapture(event.pointerId);
};
canvas.onpointermove = event => {
  if (!drag) return;
  const { from, last, isSize, isMoved } = drag, to = cellOf(event);
  if (to.x === last.x && to.y === last.y) return;
  chosen = drag.thing;
  chosen.shift(drag, to.x - from.x, to.y - from.y, isSize, isMoved);
  Object.assign(drag, { last: to, isMoved: true });
};
form.oninput = changed;
part("tools").onclick = event => {
  const act = event.target.closest("[data-do]")?.dataset.do;
  if (chosen || act === "undo" || act === "draw") acts[act]?.(chosen);
};
for (const row of form.querySelectorAll("tr[data-thing]")) new Thing(row);
canvas.hidden = false;
part("preview").hidden = true;
drawAll();
