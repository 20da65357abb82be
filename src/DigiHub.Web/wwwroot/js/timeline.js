// The day timeline as a keyboard grid (APG grid pattern): arrows, Home/End, Ctrl+Home/End, Shift+arrow extends, Enter books,
// Escape clears; press and drag with a pointer. One tab stop. Without this module each free cell is a plain submit button.
for (const grid of document.querySelectorAll("table[role=grid][data-book], .tl table[role=grid]")) takeOver(grid);

function takeOver(grid) {
  let rows = [...grid.tBodies[0].rows];
  const times = [...grid.tHead.rows[0].cells].slice(1).map(th => th.textContent);
  const layouts = new Map(); // row -> its cells by column, laid out when first needed
  const form = document.getElementById(grid.dataset.book ?? "");
  const ends = times.length;
  let chosen = null; // { row, from, until }: columns, until not included
  let stop = null; // the cell that is the tab stop
  let drag = null;

  const cellsOf = row => {
    if (!layouts.has(row)) {
      const cells = [];
      for (const td of row.querySelectorAll("td")) for (let i = 0; i < td.colSpan; i++) cells.push(td);
      layouts.set(row, cells);
    }
    return layouts.get(row);
  };
  const columnOf = td => cellsOf(td.parentElement).indexOf(td);
  const isFree = td => td && !/^[bmexp]$/.test(td.className);
  const focusable = td => td.querySelector("button, a") ?? td;

  for (const one of grid.querySelectorAll("tbody :is(button, a)")) one.tabIndex = -1;
  settle(grid.querySelector("[aria-selected=true]") ?? grid.querySelector("tbody button")?.parentElement ?? grid.querySelector("td"));
  const served = [...grid.querySelectorAll("[aria-selected=true]")];
  if (served.length) {
    const row = served[0].parentElement;
    chosen = { row, from: columnOf(served[0]), until: columnOf(served.at(-1)) + 1 };
  }
  reveal();

  function settle(td) {
    if (!td) return;
    if (stop) focusable(stop).tabIndex = -1;
    stop = td;
    focusable(td).tabIndex = 0;
  }

  function go(td) {
    settle(td);
    focusable(td).focus();
  }

  // Opens at what is chosen, else at what is now, else at the morning.
  function reveal() {
    const wrap = grid.closest(".rooms-grid") ?? grid.parentElement;
    const at = grid.querySelector("[aria-selected=true]") ?? grid.querySelector("thead .now");
    if (!at) return;
    const head = grid.tHead.rows[0].cells[0].offsetWidth;
    wrap.scrollLeft = at.offsetLeft - head - at.offsetWidth; // one column before it
    if (at.tagName === "TD") wrap.scrollTop = at.offsetTop - wrap.clientHeight / 2;
  }

  // One choice at a time, however many grids a page has.
  document.addEventListener("chosen", event => {
    if (event.detail === grid || !chosen) return;
    for (const td of grid.querySelectorAll("[aria-selected]")) td.removeAttribute("aria-selected");
    chosen = null;
  });

  function choose(next) {
    if (next) document.dispatchEvent(new CustomEvent("chosen", { detail: grid }));
    for (const td of grid.querySelectorAll("[aria-selected]")) td.removeAttribute("aria-selected");
    chosen = next;
    if (chosen) for (const td of cellsOf(chosen.row).slice(chosen.from, chosen.until)) td.setAttribute("aria-selected", "true");
    tell();
  }

  // From the anchor towards a column, as far as the room stays free.
  function reach(row, anchor, column) {
    const cells = cellsOf(row);
    if (!isFree(cells[anchor])) return null;
    let from = anchor, until = anchor + 1;
    while (until <= column && isFree(cells[until])) until++;
    while (from > column && isFree(cells[from - 1])) from--;
    return { row, from, until };
  }

  const clock = label => label.replace(" B", "");
  const endOf = column => column < ends ? clock(times[column]) : after(clock(times[ends - 1]));
  function after(time) {
    const [h, m] = time.split(":").map(Number);
    const minutes = (h * 60 + m + 30) % 1440;
    return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  }

  function tell() {
    if (!form) return;
    const said = form.querySelector("[data-said]");
    form.hidden = false;
    if (!chosen) {
      if (said) said.textContent = said.dataset.none ?? "";
      return;
    }
    const [space, day] = (chosen.row.querySelector("button")?.value ?? "").split("-")[0].split(".");
    const fill = (pick, value) => {
      const input = form.querySelector(`[data-pick=${pick}]`);
      if (input) input.value = value;
    };
    fill("space", space);
    if (day) fill("day", `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
    fill("start", clock(times[chosen.from]));
    fill("end", endOf(chosen.until));
    const room = chosen.row.cells[0].firstChild.textContent;
    if (said) said.textContent = `${room}, ${clock(times[chosen.from])}–${endOf(chosen.until)}. ${said.dataset.when ?? ""}`.trim();
  }

  // The day has changed under the choice: what is still free of it stays chosen.
  grid.addEventListener("live", event => {
    rows = [...grid.tBodies[0].rows];
    layouts.clear();
    for (const one of grid.querySelectorAll("tbody :is(button, a)")) one.tabIndex = -1;
    if (chosen) {
      const { row, from, until } = chosen;
      const stays = rows.includes(row) && cellsOf(row).slice(from, until).every(isFree);
      const said = form?.querySelector("[data-said]");
      choose(stays ? chosen : null);
      if (!stays && said) said.textContent = said.dataset.taken ?? "";
    }
    settle(stop?.isConnected ? stop : grid.querySelector("tbody button")?.parentElement ?? grid.querySelector("td"));
    if (event.detail.focused) go(stop);
  });

  grid.addEventListener("keydown", event => {
    const td = event.target.closest("td");
    if (!td) return leaveHeader(event);
    const row = td.parentElement, r = rows.indexOf(row), cells = cellsOf(row), column = columnOf(td);
    const near = (cells2, c) => cells2?.[c];
    let to;
    switch (event.key) {
      case "ArrowRight": to = near(cells, column + td.colSpan); break;
      case "ArrowLeft":
        to = near(cells, column - 1);
        if (!to) row.querySelector("th a")?.focus();
        break;
      case "ArrowDown": to = near(rows[r + 1] && cellsOf(rows[r + 1]), column); break;
      case "ArrowUp": to = near(rows[r - 1] && cellsOf(rows[r - 1]), column); break;
      case "Home": to = event.ctrlKey ? cellsOf(rows[0])[0] : cells[0]; break;
      case "End": to = event.ctrlKey ? cellsOf(rows.at(-1)).at(-1) : cells.at(-1); break;
      case "Escape": if (!chosen) return; choose(null); event.preventDefault(); return;
      case "Enter":
        if (!isFree(td) || !form) return;
        event.preventDefault();
        if (chosen && chosen.row === row && column >= chosen.from && column < chosen.until) form.querySelector("button:not([type=button])").click();
        else choose(reach(row, column, column));
        return;
      case " ":
        if (!isFree(td) || !form) return;
        event.preventDefault();
        choose(reach(row, column, column));
        return;
      default: return;
    }
    event.preventDefault();
    if (!to) return;
    if (event.shiftKey && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      if (!isFree(to)) return;
      extend(row, column, columnOf(to));
    }
    go(to);
  });

  // The names of the rows are links, reached from their first cell.
  function leaveHeader(event) {
    const row = event.target.closest("tbody tr");
    if (!row) return;
    const other = { ArrowDown: rows[rows.indexOf(row) + 1], ArrowUp: rows[rows.indexOf(row) - 1] }[event.key];
    if (event.key === "ArrowRight") go(cellsOf(row)[0]);
    else if (other) other.querySelector("th a")?.focus();
    else return;
    event.preventDefault();
  }

  // Grows or shrinks the choice so that the moving end follows the focus.
  function extend(row, column, to) {
    if (!chosen || chosen.row !== row || column < chosen.from || column >= chosen.until) chosen = reach(row, column, column);
    if (!chosen) return;
    let { from, until } = chosen;
    if (to >= until) until = to + 1;
    else if (to < from) from = to;
    else if (to > column) from = to;
    else until = to + 1;
    choose({ row, from, until });
  }

  grid.addEventListener("click", event => {
    const button = event.target.closest("tbody button");
    if (!button || !form) return;
    event.preventDefault(); // chosen here, not by asking for the page again
    // The pointer has chosen already; what is left are presses without one (a screen reader's).
    if (event.detail === 0) {
      const td = button.parentElement;
      choose(reach(td.parentElement, columnOf(td), columnOf(td)));
    }
  });

  grid.addEventListener("pointerdown", event => {
    const td = event.target.closest("tbody td");
    if (!td || !form || event.button !== 0 || !isFree(td)) return;
    const row = td.parentElement, anchor = columnOf(td);
    settle(td);
    choose(reach(row, anchor, anchor));
    // A finger scrolls the grid; only mouse and pen drag a choice.
    if (event.pointerType !== "touch") drag = { row, anchor };
  });
  grid.addEventListener("pointermove", event => {
    if (!drag) return;
    const td = document.elementFromPoint(event.clientX, event.clientY)?.closest?.("tbody td");
    if (td?.parentElement !== drag.row) return;
    const next = reach(drag.row, drag.anchor, columnOf(td));
    if (next && (next.from !== chosen?.from || next.until !== chosen?.until)) choose(next);
  });
  addEventListener("pointerup", () => drag = null);
  grid.addEventListener("dragstart", event => event.preventDefault());
}
