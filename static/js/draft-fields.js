// What stands in the fields of a form, without what the page itself put there.
import { makeRoom } from "./rows.js";

const OURS = new Set(["csrfmiddlewaretoken", "submission", "writer", "seen"]);

// As a browser would send it; files go with the button only.
export function fields(form) {
  const all = [...new FormData(form)];
  return all.filter(([, value]) => typeof value === "string");
}

export function written(form) {
  return JSON.stringify(fields(form).filter(([name]) => !OURS.has(name)));
}

// The page becomes the one on which this was typed, with what that one had seen.
export function fill(form, { text, seen, submission }) {
  const typed = new Map();
  for (const [name, value] of JSON.parse(text)) {
    typed.set(name, [...(typed.get(name) ?? []), value]);
  }
  makeRoom([...typed.keys()]);
  for (const field of form.elements) {
    if (!field.name || OURS.has(field.name)) continue;
    if (field.type === "file" || field.type === "submit") continue;
    const values = typed.get(field.name) ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else {
      field.value = values.shift() ?? "";
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
  for (const name of typed.keys()) {
    if (!form.elements.namedItem(name)) append(form, name, typed.get(name));
  }
  form.seen.value = seen;
  form.submission.value = submission;
}

// Typed where the page has no field now, such as a question that is asked no longer.
function append(form, name, values) {
  for (const value of values) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    form.append(field);
  }
}
