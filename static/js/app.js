import { CharacterCount, initAll } from "../vendor/govuk-frontend.min.js";
import { fold, hasWords } from "./fold.js";
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
    enhanceSelect(select);
  }
}

// The form sends the select, so set it to the text before sending: the library would still
// send an option whose text has been deleted.
function enhanceSelect(select) {
  const id = select.id;
  const options = [...select.options].filter((option) => option.value).map((option) => option.text);
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    source: (text, show) => show(options.filter((option) => hasWords(option, text))),
    defaultValue: "",
    showAllValues: true,
    confirmOnBlur: false,
  });
  select.form.addEventListener("submit", () => {
    const text = document.getElementById(id).value.trim();
    const sameText = [...select.options].find((option) => option.text === text);
    const match = sameText ?? [...select.options].find((option) => fold(option.text) === fold(text));
    select.value = match ? match.value : "";
  });
}

// On paper all is open: browsers that have no style for that open it here.
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) {
    part.open = true;
    addEventListener("afterprint", () => (part.open = false), { once: true });
  }
});

if (document.querySelector("textarea[data-names]")) await import("./names.js");
if (document.querySelector("[data-another-row]")) await import("./rows.js");
if (document.querySelector("[data-read-pasted]")) await import("./grid.js");
if (document.querySelector("[data-total]")) await import("./totals.js");
const signOutForm = document.querySelector('form[action="/accounts/logout/"]');
if (document.querySelector("form[data-draft]")) await import("./draft.js");
if (document.querySelector("[data-session-seconds]")) await import("./session.js");
if (signOutForm) (await import("./sign-out.js")).watch(signOutForm);
