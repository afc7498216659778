// Removes drafts from the browser when their user signs out.
import { forgetAll } from "./draft-storage.js";

export function watch(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (document.querySelector("form[data-draft]")) {
      const { saveAll } = await import("./draft.js");
      await saveAll();
    }
    forgetAll();
    HTMLFormElement.prototype.submit.call(form);
  });
}
