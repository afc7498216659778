import { CharacterCount, initAll } from "../vendor/govuk-frontend.min.js";
import { hasWords } from "./fold.js";
import { characterCount, wordCount } from "./words.js";

CharacterCount.prototype.updateCount = function () {
  const count = this.config.maxwords ? wordCount : characterCount;
  this.count = count(this.$textarea.value);
};
initAll();

const selects = document.querySelectorAll("select[data-autocomplete]");
if (selects.length) {
  await import("../vendor/accessible-autocomplete.min.js");
  for (const select of selects) {
    completed(select);
  }
}

// The select stays in the form and is what is sent, so it follows the text at last: the
// library would go on sending an answer that has been rubbed out.
function completed(select) {
  const id = select.id;
  const options = [...select.options].filter((option) => option.value).map((option) => option.text);
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    source: (text, show) => show(options.filter((option) => hasWords(option, text))),
    defaultValue: "",
    showAllValues: true,
    confirmOnBlur: false,
  });
  const written = (text) => text.trim().toLowerCase();
  select.form.addEventListener("submit", () => {
    const text = written(document.getElementById(id).value);
    const match = [...select.options].find((option) => written(option.text) === text);
    select.value = match ? match.value : "";
  });
}

if (document.querySelector("textarea[data-names]")) await import("./names.js");
if (document.querySelector("[data-another-row]")) await import("./rows.js");
if (document.querySelector("[data-total]")) await import("./totals.js");
const out = document.querySelector('form[action="/accounts/logout/"]');
if (document.querySelector("form[data-draft]")) await import("./draft.js");
if (document.querySelector("[data-session-seconds]")) await import("./session.js");
if (out) (await import("./sign-out.js")).watch(out);
