// An input with suggestions: the editable combobox of the ARIA Authoring Practices Guide.
// The cursor stays in the input, the arrow keys move among the suggestions, Enter takes
// one, Escape closes them. What is typed is never replaced by anything not chosen.
const WAIT = 200;

// `suggest` promises a list of `{ name, label }` for a text; `status` is announced.
export function combobox(input, { suggest, status }) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "autocomplete__menu autocomplete__menu--overlay";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  Object.entries({
    role: "combobox",
    autocomplete: "off",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }).forEach(([name, value]) => input.setAttribute(name, value));
  input.after(list);

  let suggestions = [];
  let active = -1;
  let requests = 0;
  let timer = null;

  const isOpen = () => !list.hidden;

  function close() {
    clearTimeout(timer);
    requests += 1; // an answer that is on its way comes too late
    list.hidden = true;
    list.replaceChildren();
    suggestions = [];
    mark(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function open(names) {
    suggestions = names;
    list.replaceChildren(...names.map(option));
    list.hidden = !names.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
    status.textContent = announcement(names.length);
  }

  function option({ label }, place) {
    const item = document.createElement("li");
    item.id = `${list.id}-${place}`;
    item.className = "autocomplete__option";
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.textContent = label;
    item.addEventListener("click", () => choose(place));
    return item;
  }

  function mark(place) {
    active = place;
    [...list.children].forEach((item, index) => {
      const isActive = index === place;
      item.setAttribute("aria-selected", String(isActive));
      item.classList.toggle("autocomplete__option--focused", isActive);
      if (isActive) item.scrollIntoView({ block: "nearest" });
    });
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", list.children[place].id);
  }

  function choose(place) {
    input.value = suggestions[place].name;
    close();
    status.textContent = `${input.value} is selected`;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async function ask() {
    clearTimeout(timer);
    const number = (requests += 1);
    const text = input.value.trim();
    const names = text ? await suggest(text).catch(() => []) : [];
    if (number === requests && document.activeElement === input) open(names);
  }

  function move(step) {
    if (!isOpen()) {
      ask();
      return;
    }
    // Between the last and the first there is the input itself.
    const places = suggestions.length + 1;
    mark(((active + 1 + step + places) % places) - 1);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => (active < 0 ? close() : choose(active)),
    Escape: close,
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const act = keys[event.key];
    const isForList = isOpen() || event.key.startsWith("Arrow");
    if (!act || !isForList) return;
    event.preventDefault();
    act();
  });
  input.addEventListener("blur", close);
  // A press on a suggestion must not take the cursor out of the input.
  list.addEventListener("mousedown", (event) => event.preventDefault());
}

function announcement(count) {
  if (!count) return "No suggestions";
  const number = count === 1 ? "1 suggestion" : `${count} suggestions`;
  return `${number}. Use the up and down arrows to review and Enter to select`;
}
