// Own bookings on the grid of a day: dragged whole or by an end, with a pointer, or by Alt and the arrows (with Shift they lengthen and
// shorten) and Enter. The hub decides once it is dropped. Without this module a press on the booking leads to the same fields.
const form = document.getElementById("move-own");
const said = document.querySelector("#book-room [data-said]");
const COLUMN = 30, GRIP = 14; // minutes, pixels

if (form) for (const grid of document.querySelectorAll("table[role=grid]")) carry(grid);

function carry(grid) {
  const columns = grid.tHead.rows[0].cells.length - 1;
  let held = null; // what is held, and where it would be: { td, row, from, until, way, grip, to: { row, from, until } }
  let dragged = false;

  function startOf(td) {
    let column = 0;
    for (const one of td.parentElement.querySelectorAll("td")) {
      if (one === td) return column;
      column += one.colSpan;
    }
  }

  function columnAt(row, x) {
    let column = 0;
    for (const td of row.querySelectorAll("td")) {
      const { left, right } = td.getBoundingClientRect();
      if (x < right) return column + Math.min(td.colSpan - 1, Math.max(0, Math.floor((x - left) / ((right - left) / td.colSpan))));
      column += td.colSpan;
    }
    return columns - 1;
  }

  function take(td, way, grip) {
    const from = startOf(td);
    held = { td, row: td.parentElement, from, until: from + td.colSpan, way, grip };
    held.to = { row: held.row, from, until: held.until };
  }

  const cellsOf = ({ row, from, until }) => {
    const found = [];
    let column = 0;
    for (const td of row.querySelectorAll("td")) {
      if (column < until && column + td.colSpan > from) found.push(td);
      column += td.colSpan;
    }
    return found;
  };
  const isFree = to => cellsOf(to).every(td => td === held.td || !/^[bmexps]$/.test(td.className.split(" ")[0]));

  function show(to) {
    if (to.from < 0 || to.until > columns || to.from >= to.until) return;
    held.to = to;
    const free = isFree(to);
    clear();
    for (const td of cellsOf(to)) td.classList.add(free ? "to" : "bad");
    if (said) said.textContent = free ? `${nameOf(to.row)}, ${clock(startAt())}–${clock(endAt())}` : form.dataset.taken;
  }

  const nameOf = row => row.cells[0].firstChild.textContent;
  const minutes = text => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const clock = at => `${String(Math.floor(at / 60) % 24).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  const startAt = () => minutes(held.td.dataset.s) + COLUMN * (held.to.from - held.from);
  const endAt = () => minutes(held.td.dataset.e) + COLUMN * (held.to.until - held.until);
  const clear = () => {
    for (const td of grid.querySelectorAll(".to, .bad")) td.classList.remove("to", "bad");
  };

  function letGo() {
    clear();
    held = null;
  }

  function drop() {
    const { td, row, from, until, to } = held;
    const moved = to.row !== row || to.from !== from || to.until !== until;
    if (!moved || !isFree(to) || startAt() >= endAt()) return letGo();
    form.action = td.querySelector("a").href;
    // A full row is its own.
    const [space, day] = (to.row.querySelector("button")?.value ?? "").split("-")[0].split(".");
    form.elements.space.value = space;
    if (td.dataset.d) form.elements.day.value = day ? `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}` : td.dataset.d;
    form.elements.start.value = clock(startAt());
    form.elements.end.value = clock(endAt());
    clear();
    td.classList.add("sent");
    held = null;
    form.submit();
  }

  grid.addEventListener("pointerdown", event => {
    const td = event.target.closest("td[data-b]");
    if (!td || event.button !== 0 || event.pointerType === "touch") return;
    const { left, right } = td.getBoundingClientRect();
    const way = event.clientX - left < GRIP ? "start" : right - event.clientX < GRIP ? "end" : "all";
    take(td, way, columnAt(td.parentElement, event.clientX));
    dragged = false;
  }, true);

  addEventListener("pointermove", event => {
    if (!held || held.way === "keys") return;
    const row = held.way === "all"
      ? document.elementFromPoint(event.clientX, event.clientY)?.closest("tr") ?? held.row
      : held.row;
    if (row.closest("table") !== grid || !row.cells[0]?.matches("tbody th")) return;
    const by = columnAt(row, event.clientX) - held.grip;
    if (!dragged && by === 0 && row === held.row) return;
    dragged = true;
    show({
      row,
      from: held.from + (held.way === "end" ? 0 : by),
      until: held.until + (held.way === "start" ? 0 : by),
    });
  });
  addEventListener("pointerup", () => held && held.way !== "keys" && drop());
  grid.addEventListener("click", event => {
    if (dragged && event.target.closest("td[data-b]")) event.preventDefault(); // it was a drag, not a press on the link
    dragged = false;
  }, true);

  grid.addEventListener("keydown", event => {
    const td = event.target.closest("td[data-b]");
    const [along, across] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [];
    if (td && event.altKey && along !== undefined) {
      if (held?.td !== td) take(td, "keys", 0);
      const rows = [...grid.tBodies[0].rows];
      const row = event.shiftKey ? held.to.row : rows[rows.indexOf(held.to.row) + across] ?? held.to.row;
      show({ row, from: held.to.from + (event.shiftKey ? 0 : along), until: held.to.until + along });
    } else if (held?.way === "keys" && event.key === "Enter") drop();
    else if (held?.way === "keys" && event.key === "Escape") letGo();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  grid.addEventListener("dragstart", event => event.preventDefault(), true);
  grid.addEventListener("live", letGo);
}
