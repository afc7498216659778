// The text in the fields of a form, without the fields that belong to the page.
import { ensureRows } from "./rows.js";

const PAGE_FIELDS = new Set(["csrfmiddlewaretoken", "submission", "writer", "seen"]);

// As a browser would send it; files go with the button only.
export function fields(form) {
  const all = [...new FormData(form)];
  return all.filter(([, value]) => typeof value === "string");
}

export function formText(form) {
  return JSON.stringify(fields(form).filter(([name]) => !PAGE_FIELDS.has(name)));
}

// Restores stored text, with the version numbers that its page had shown.
export function fill(form, { text, seen, submission }) {
  const valuesByName = new Map();
  for (const [name, value] of JSON.parse(text)) {
    valuesByName.set(name, [...(valuesByName.get(name) ?? []), value]);
  }
  ensureRows([...valuesByName.keys()]);
  for (const field of form.elements) {
    if (!field.name || PAGE_FIELDS.has(field.name)) continue;
    if (field.type === "file" || field.type === "submit") continue;
    const values = valuesByName.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else {
      field.value = values.shift() ?? "";
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const name of valuesByName.keys()) {
    if (!form.elements.namedItem(name)) append(form, name, valuesByName.get(name));
  }
  form.seen.value = seen;
  form.submission.value = submission;
}

// Text for a field that the page no longer has, such as that of a removed question.
function append(form, name, values) {
  for (const value of values) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
}
