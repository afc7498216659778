// Puts cells copied in a spreadsheet in a table of costs: where they are pasted in the
// table, or in the box below it. `bids/forms/question_types/pasted_costs.py` reads them in
// the same way. What is no amount is put there as it is, for its writer to correct.
import { MAX_ROWS, add, announce, rowsOf } from "./rows.js";
import { pence } from "./totals.js";

const NOTHING = new Set(["", "-", "–", "—", "−"]);
const YEAR = /\b(20\d\d)(?:\s*(?:[-–—/]|to)\s*(?:[a-z]+\s*)?(?:20)?\d\d)?\b/;
const TOTAL = /^(?:grand |sub-?)?totals?\b/i;
const HEADINGS = { category: "category", type: "category", "type of cost": "category", organisation: "partner", partner: "partner" };

for (const button of document.querySelectorAll("[data-read-pasted]")) watch(button);

function watch(button) {
  const fieldset = button.closest("fieldset");
  const box = button.closest("details").querySelector("textarea");
  const addButton = fieldset.querySelector("[data-another-row]");
  fieldset.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const field = event.target;
    const isAmount = field.inputMode === "decimal";
    if (!text.includes("\t") && !(isAmount && /[\r\n]./.test(text))) return; // words or one amount
    const table = cells(text);
    if (!table.length) return;
    event.preventDefault();
    if (isAmount ? putAmounts(addButton, field, table) : putRows(addButton, table)) return;
    box.value = text;
    box.closest("details").open = true;
    button.focus();
    announce(addButton, "We could not put these cells in the table. Use this button to see what to change.");
  });
  button.addEventListener("click", (event) => {
    const table = cells(box.value);
    if (table.length && putRows(addButton, table)) {
      event.preventDefault();
      box.value = "";
    }
  });
}

// Cells below each other and beside each other, from the field in which they are pasted.
function putAmounts(addButton, field, table) {
  const rows = rowsOf(addButton);
  const first = rows.indexOf(field.closest("[data-row]"));
  const place = amountFields(rows[first]).indexOf(field);
  const width = Math.max(...table.map((row) => row.length));
  if (place < 0 || place + width > amountFields(rows[first]).length) return false;
  const fields = table.map((row, index) => amountFields(rowAt(addButton, first + index)).slice(place, place + row.length));
  if (fields.some((line) => !line.length)) return false;
  table.forEach((row, index) => row.forEach((cell, column) => fill(fields[index][column], plainAmount(cell))));
  finish(addButton, fields.flat(), 0);
  return true;
}

// Whole costs, after the last row in which there is anything. The server says what is
// wrong with what this cannot read.
function putRows(addButton, table) {
  const years = amountFields(rowsOf(addButton)[0]).map(yearOfField);
  const headed = headedColumns(table[0]);
  if (headed?.some((column) => typeof column === "number" && !years.includes(column))) return false;
  let rows = table.filter((row) => !TOTAL.test(row.find(Boolean) ?? ""));
  if (headed || rows.length && !rows[0].some(amountOf)) rows = rows.slice(1);
  const columns = headed ?? guessedColumns(rows.filter((row) => row.some(amountOf)), years, addButton);
  if (!columns) return false;
  const costs = rows.map((row) => costOf(row, columns, addButton)).filter(({ amounts }) => [...amounts.values()].some(Boolean));
  const first = lastUsedRow(addButton) + 1;
  if (!costs.length || first + costs.length > MAX_ROWS) return false;
  const filled = [];
  costs.forEach((cost, index) => {
    const row = rowAt(addButton, first + index);
    fill(row.querySelector('[name*="__description_"]'), cost.description);
    for (const name of ["category", "partner"]) fill(row.querySelector(`[name*="__${name}_"]`), cost[name]);
    for (const field of amountFields(row)) {
      fill(field, cost.amounts.get(yearOfField(field)) ?? "");
      filled.push(field);
    }
  });
  finish(addButton, filled, table.length - costs.length);
  return true;
}

function finish(addButton, fields, leftOut) {
  const wrong = fields.filter(({ value }) => value && pence(value) === null);
  const rows = new Set(fields.map((field) => field.closest("[data-row]"))).size;
  const words = [`We filled in ${rows === 1 ? "1 row" : `${rows} rows`}. Check them.`];
  if (leftOut) words.push(`We left out ${leftOut}: headings, totals and rows without an amount.`);
  if (wrong.length) words.push(`These are not amounts: ${wrong.map((field) => labelOf(field)).join("; ")}.`);
  announce(addButton, words.join(" "));
  (wrong[0] ?? fields[0]).focus();
  addButton.form.dispatchEvent(new Event("change", { bubbles: true }));
}

function labelOf(field) {
  return field.labels[0].textContent.trim().replace(": ", ", ");
}

function fill(field, value) {
  if (field) field.value = value;
}

function amountFields(row) {
  return row ? [...row.querySelectorAll('input[inputmode="decimal"]')] : [];
}

function yearOfField({ name }) {
  return Number(/_(\d{4})_\d+$/.exec(name)[1]);
}

function rowAt(addButton, place) {
  while (place >= rowsOf(addButton).length && !addButton.hidden) add(addButton);
  return rowsOf(addButton)[place];
}

function lastUsedRow(addButton) {
  return rowsOf(addButton).findLastIndex((row) => [...row.querySelectorAll("input, select")].some(({ value }) => value.trim()));
}

function headedColumns(row) {
  const columns = row.map((cell) => {
    if (TOTAL.test(cell)) return "total";
    return yearOf(cell) ?? HEADINGS[cell.toLowerCase()] ?? "description";
  });
  const named = columns.filter((column) => typeof column === "number");
  if (!named.length || new Set(named).size < named.length) return null;
  return row.some((cell) => !yearOf(cell) && amountOf(cell)) ? null : columns;
}

function yearOf(cell) {
  const match = cell.length < 40 && YEAR.exec(cell.toLowerCase());
  return match ? Number(match[1]) : null;
}

function guessedColumns(rows, years, addButton) {
  if (!rows.length) return null;
  const width = rows[0].length;
  const columns = [...Array(width).keys()].map((place) => rows.map((row) => row[place]));
  const amounts = [...columns.keys()].filter((place) => hasAmounts(columns[place]));
  const total = amounts.length === years.length + 1 && addsUp(rows, amounts) ? amounts.pop() : -1;
  if (amounts.length > years.length) return null;
  return columns.map((column, place) => {
    if (amounts.includes(place)) return years[amounts.indexOf(place)];
    return place === total ? "total" : kindOfText(column, addButton);
  });
}

function hasAmounts(column) {
  const filled = column.filter(Boolean);
  return 2 * filled.filter((cell) => amountOf(cell) !== null).length > filled.length;
}

function addsUp(rows, places) {
  return rows.every((row) => {
    const amounts = places.map((place) => amountOf(row[place]) ?? 0n);
    const total = amounts.pop();
    return amounts.reduce((one, other) => one + other, 0n) === total;
  });
}

function kindOfText(column, addButton) {
  const filled = column.filter(Boolean);
  return ["category", "partner"].find((name) => filled.length && filled.every((cell) => choice(addButton, name, cell) !== null)) ?? "description";
}

function costOf(row, columns, addButton) {
  const cost = { category: "", partner: "", amounts: new Map() };
  const words = [];
  row.forEach((cell, place) => {
    const column = columns[place];
    if (typeof column === "number") cost.amounts.set(column, plainAmount(cell));
    else if (column === "description" && cell) words.push(cell);
    else if (column === "category" || column === "partner") {
      const value = choice(addButton, column, cell);
      cost[column] = value ?? "";
      if (value === null && cell) words.push(cell);
    }
  });
  return { ...cost, description: words.join(", ") };
}

// The value of the option with this text; null if there is none.
function choice(addButton, name, text) {
  const select = rowsOf(addButton)[0].querySelector(`select[name*="__${name}_"]`);
  const option = [...(select?.options ?? [])].find((each) => each.text.trim() && each.text.trim().toLowerCase() === text.toLowerCase());
  return option ? option.value : null;
}

function plainAmount(text) {
  let plain = text.trim();
  if (NOTHING.has(plain)) return "";
  if (plain.startsWith("(") && plain.endsWith(")")) plain = `-${plain.slice(1, -1).trim()}`;
  const number = plain.replace(/^-/, "").replace(/^[\s£]+/, "").trimEnd();
  return plain.startsWith("-") ? `-${number}` : number || plain;
}

// In pence; 0 for an empty cell, null for what is no amount.
function amountOf(cell) {
  const plain = plainAmount(cell);
  if (!plain) return 0n;
  const amount = pence(plain.replace(/^-/, ""));
  return amount !== null && plain.startsWith("-") ? -amount : amount;
}

// Rows of cells, as spreadsheets copy them: a cell with a tab, a quote or a line break is
// in quotes, and a quote in it is doubled.
function cells(text) {
  const table = [[]];
  const next = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/y;
  while (next.lastIndex < text.length) {
    const match = next.exec(text);
    if (!match) break;
    table.at(-1).push((match[1]?.replaceAll('""', '"') ?? match[2]).split(/\s+/).filter(Boolean).join(" "));
    if (match[3] === "") break;
    if (match[3] !== "\t") table.push([]);
    else if (next.lastIndex === text.length) table.at(-1).push("");
  }
  const rows = table.filter((row) => row.some(Boolean));
  const width = Math.max(0, ...rows.map((row) => row.length));
  return rows.map((row) => [...row, ...Array(width - row.length).fill("")]);
}
