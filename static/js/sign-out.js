// Nothing of a draft stays in a browser whose user has signed out.
import { forgetAll } from "./draft-kept.js";

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
