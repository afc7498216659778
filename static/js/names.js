// A text with one name on each line becomes rows with suggestions. The text stays in the
// form and is what is sent and saved, so that nothing else has to know of the rows.
import { combobox } from "./combobox.js";

const MAX_ROWS = 200;

for (const text of document.querySelectorAll("textarea[data-names]")) enhance(text);

function enhance(text) {
  const { names: address, namesNoun: noun } = text.dataset;
  const group = text.closest(".govuk-form-group");
  const label = group.querySelector("label");
  const id = text.id;
  const rows = document.createElement("div");
  const status = hidden("div");
  const add = button(`Add another ${noun}`);
  const suggest = (query) => fetchSuggestions(address, query);
  // The label and the error summary lead to the first row.
  text.id = `${id}-text`;
  text.hidden = true;
  label.id ||= `${id}-label`;
  status.setAttribute("role", "status");
  group.setAttribute("role", "group");
  group.setAttribute("aria-labelledby", label.id);
  const described = text.getAttribute("aria-describedby");
  if (described) group.setAttribute("aria-describedby", described);
  text.after(rows, status, add);

  const inputs = () => [...rows.querySelectorAll("input")];
  const values = () => inputs().map((input) => input.value);
  let lastText = null;

  function draw(names) {
    rows.replaceChildren();
    names.forEach((name, place) => rows.append(row(name, place, names.length)));
    add.hidden = names.length >= MAX_ROWS;
  }

  function row(name, place, count) {
    const item = document.createElement("div");
    item.className = "app-name";
    const input = document.createElement("input");
    input.type = "text";
    input.className = "govuk-input";
    input.id = place ? `${id}-${place + 1}` : id;
    input.value = name;
    input.spellcheck = false;
    const caption = hidden("label", `${capital(noun)} ${place + 1}`);
    caption.htmlFor = input.id;
    const box = document.createElement("div");
    box.className = "app-name__box autocomplete__wrapper";
    box.append(caption, input);
    item.append(box);
    combobox(input, { suggest, status });
    if (count > 1 || name) item.append(remover(place, name));
    return item;
  }

  function remover(place, name) {
    const remove = button("Remove");
    remove.append(hidden("span", ` ${name || `${noun} ${place + 1}`}`));
    remove.addEventListener("click", () => {
      const names = values();
      const [removed] = names.splice(place, 1);
      draw(names.length ? names : [""]);
      write();
      inputs()[Math.min(place, inputs().length - 1)].focus();
      status.textContent = removed ? `${removed} is removed` : "The empty row is removed";
    });
    return remove;
  }

  function write() {
    lastText = values().filter((name) => name.trim()).join("\n");
    if (text.value === lastText) return;
    text.value = lastText;
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function read() {
    if (text.value === lastText) return;
    lastText = text.value;
    const names = text.value.split(/\r?\n/).filter((name) => name.trim());
    draw(names.length ? names : [""]);
  }

  add.addEventListener("click", () => {
    draw([...values(), ""]);
    inputs().at(-1).focus();
  });
  rows.addEventListener("input", write);
  rows.addEventListener("change", write);
  rows.addEventListener("paste", paste);
  // Several lines pasted into one row are several names.
  function paste(event) {
    const lines = event.clipboardData.getData("text").split(/\r?\n/).filter((line) => line.trim());
    const place = inputs().indexOf(event.target);
    if (lines.length < 2 || place < 0) return;
    event.preventDefault();
    const names = values();
    names.splice(place, names[place].trim() ? 0 : 1, ...lines.map((line) => line.trim()));
    draw(names.slice(0, MAX_ROWS));
    write();
    inputs()[Math.min(place + lines.length, inputs().length) - 1].focus();
  }
  // The draft brings back what was typed here before.
  text.addEventListener("change", read);
  read();
}

async function fetchSuggestions(address, text) {
  const query = new URLSearchParams({ text });
  const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).names : [];
}

function hidden(kind, words = "") {
  const element = document.createElement(kind);
  element.className = "govuk-visually-hidden";
  element.textContent = words;
  return element;
}

function button(words) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "govuk-button govuk-button--secondary";
  element.textContent = words;
  return element;
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}
