// “Add another” without loading the page again: an empty copy of the last row with the next
// number. The server reads as many rows as it is sent. Without scripts the button asks it
// for one more.
const MAX_ROWS = 60;

const buttons = [...document.querySelectorAll("button[data-another-row]")];

for (const button of buttons) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    add(button).querySelector("input, select, textarea").focus();
  });
}

// Adds the rows that fields with these names need.
export function ensureRows(names) {
  for (const button of buttons) {
    const [code, next] = button.value.split(":");
    const place = new RegExp(`^${code}__[a-z_]+?_([0-9]+)(_|$)`);
    const lastRow = Math.max(0, ...names.map((name) => Number(place.exec(name)?.[1] ?? 0)));
    for (let row = Number(next); row <= Math.min(lastRow, MAX_ROWS); row += 1) add(button);
  }
}

function add(button) {
  const [code, next] = button.value.split(":");
  const number = Number(next);
  const rows = button.closest("fieldset").querySelectorAll(".app-row");
  const row = rows[rows.length - 1].cloneNode(true);
  renumber(row, code, number);
  clear(row);
  rows[rows.length - 1].after(row);
  button.value = `${code}:${number + 1}`;
  button.hidden = number >= MAX_ROWS;
  return row;
}

// Changes names, ids and the labels that name the row.
function renumber(row, code, number) {
  const place = new RegExp(`(${code}__[a-z_]+_)${number - 1}(?![0-9])`, "g");
  for (const element of row.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      attribute.value = attribute.value.replace(place, `$1${number}`);
    }
  }
  for (const label of row.querySelectorAll("label, legend")) {
    label.textContent = label.textContent.trim().replace(` ${number - 1}: `, ` ${number}: `);
  }
}

function clear(row) {
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
}
