// Updates the progress bar while a report is built, then reloads the page.
const part = document.querySelector("[data-progress]");
const bar = part?.querySelector("progress");
const words = part?.querySelector("[data-progress-words]");
const count = new Intl.NumberFormat("en-GB");

async function poll() {
  const answer = await fetch(part.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { finished, done, total } = await answer.json();
  if (finished) {
    location.reload();
    return;
  }
  bar.max = total || 1;
  bar.value = done;
  words.textContent = `${count.format(done)} of ${count.format(total)} cases`;
  setTimeout(poll, 1000);
}

if (bar && words) setTimeout(poll, 500);
