// “Add another” and “Remove” without loading the page again. A new row is an empty copy of
// the last row with the next number; after a removal the rows below move up. The server
// reads as many rows as it is sent. Without scripts the buttons ask it to do the same.
export const MAX_ROWS = 60;

const buttons = [...document.querySelectorAll("button[data-another-row]")];

for (const button of buttons) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    add(button).querySelector("input, select, textarea").focus();
  });
  const fieldset = button.closest("fieldset");
  fieldset.addEventListener("click", (event) => {
    const pressed = event.target.closest("button[data-remove-row]");
    if (!pressed) return;
    event.preventDefault();
    remove(button, pressed.closest("[data-row]"));
  });
}

// Adds the rows that fields with these names need.
export function ensureRows(names) {
  for (const button of buttons) {
    const [code, next] = button.value.split(":");
    const place = new RegExp(`^${code}__[a-z0-9_]+?_([0-9]+)(?:_(?:day|month|year))?$`);
    const lastRow = Math.max(0, ...names.map((name) => Number(place.exec(name)?.[1] ?? 0)));
    for (let row = Number(next); row <= Math.min(lastRow, MAX_ROWS); row += 1) add(button);
  }
}

export function rowsOf(button) {
  return [...button.closest("fieldset").querySelectorAll("[data-row]")];
}

export function add(button) {
  const [code, next] = button.value.split(":");
  const number = Number(next);
  const last = rowsOf(button).at(-1);
  const row = last.cloneNode(true);
  renumber(row, code, number - 1, number);
  clear(row);
  last.after(row);
  count(button, number);
  return row;
}

// The last row that is left is emptied instead.
function remove(button, row) {
  const [code] = button.value.split(":");
  const rows = rowsOf(button);
  const place = rows.indexOf(row);
  if (rows.length === 1) {
    clear(row);
  } else {
    row.remove();
    rows.slice(place + 1).forEach((later, index) => renumber(later, code, place + index + 2, place + index + 1));
    count(button, rows.length - 1);
  }
  const left = rowsOf(button);
  left[Math.min(place, left.length - 1)].querySelector("input, select, textarea").focus();
  announce(button, `Row ${place + 1} was removed`);
  button.form.dispatchEvent(new Event("change", { bubbles: true }));
}

export function announce(button, words) {
  button.closest("fieldset").querySelector("[data-rows-status]").textContent = words;
}

function count(button, rows) {
  const [code] = button.value.split(":");
  button.value = `${code}:${rows + 1}`;
  button.hidden = rows >= MAX_ROWS;
}

// Changes names, ids and the words that name the row.
function renumber(row, code, from, to) {
  const place = new RegExp(`(${code}__[a-z0-9_]+_)${from}(?![0-9_]*[0-9])`, "g");
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(place, `$1${to}`);
    }
  }
  for (const label of row.querySelectorAll("label, legend")) {
    label.textContent = label.textContent.trim().replace(` ${from}: `, ` ${to}: `);
  }
  for (const message of row.querySelectorAll(".govuk-error-message")) {
    for (const node of message.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) node.data = node.data.replace(` ${from}`, ` ${to}`);
    }
  }
  for (const total of row.querySelectorAll("[data-sum-row]")) total.dataset.sumRow = to;
  for (const button of row.querySelectorAll("[data-remove-row]")) {
    button.value = `${code}:${to}`;
    const words = button.querySelector(".govuk-visually-hidden");
    words.textContent = words.textContent.replace(/\d+$/, to);
  }
}

function clear(row) {
  row.querySelector(".app-grid__errors")?.remove();
  for (const message of row.querySelectorAll(".govuk-error-message")) {
    for (const field of row.querySelectorAll(`[aria-describedby~="${message.id}"]`)) {
      const others = field.getAttribute("aria-describedby").split(" ").filter((id) => id !== message.id);
      field.setAttribute("aria-describedby", others.join(" "));
    }
    message.remove();
  }
  for (const part of row.querySelectorAll("*")) {
    for (const name of [...part.classList]) {
      if (name.endsWith("--error")) part.classList.remove(name);
    }
  }
  for (const field of row.querySelectorAll("input, select, textarea")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else field.value = "";
  }
  for (const total of row.querySelectorAll("[data-sum]")) total.textContent = "£0";
}
