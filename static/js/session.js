// Says that the session is about to end, while there is time to do something about it.
const WARNED = 5 * 60;
const part = document.querySelector("[data-session-seconds]");
let ends = Date.now() + Number(part?.dataset.sessionSeconds ?? 0) * 1000;
let dialog = null;

// Asks the service and takes no answer for one after 10 s. The token is that of the last
// sign-in, in whichever tab it was.
export function send(address, fields, token, atLast = false) {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  if (cookie && token) token.value = cookie[1];
  const body = new URLSearchParams(fields);
  if (cookie) body.set("csrfmiddlewaretoken", cookie[1]);
  const signal = atLast ? undefined : AbortSignal.timeout(10000);
  return fetch(address, {
    method: "POST",
    body,
    signal,
    keepalive: atLast,
    redirect: "error",
    headers: { Accept: "application/json" },
  });
}

export function lasts(seconds) {
  ends = Date.now() + seconds * 1000;
  if (seconds > WARNED) dialog?.close();
}

async function look() {
  const left = (ends - Date.now()) / 1000;
  if (left > WARNED || dialog?.open) {
    words(left);
    return;
  }
  // Another tab may have made it last longer.
  const answer = await fetch("/session", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) lasts((await answer.json()).seconds);
  if ((ends - Date.now()) / 1000 <= WARNED) show();
}

function show() {
  dialog ??= made();
  words((ends - Date.now()) / 1000);
  if (!dialog.open) dialog.showModal();
}

function words(left) {
  if (!dialog?.open) return;
  const minutes = Math.ceil(left / 60);
  const text =
    left > 0
      ? `You will be signed out in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`
      : "You have been signed out. What is on this page stays here: send it, sign in, and it comes back.";
  const line = dialog.querySelector("p");
  if (line.textContent !== text) line.textContent = text;
  dialog.querySelector("[data-stay]").hidden = left <= 0;
}

function made() {
  const box = document.createElement("dialog");
  box.className = "app-dialog";
  box.setAttribute("aria-labelledby", "session-title");
  box.innerHTML = `
    <h2 class="govuk-heading-m" id="session-title">Do you want to stay signed in?</h2>
    <p class="govuk-body" role="status"></p>
    <div class="govuk-button-group">
      <button type="button" class="govuk-button" data-stay>Stay signed in</button>
      <button type="button" class="govuk-button govuk-button--secondary" data-close>Close</button>
    </div>`;
  box.querySelector("[data-stay]").addEventListener("click", stay);
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  document.body.append(box);
  return box;
}

async function stay() {
  const answer = await send("/session", []).catch(() => null);
  if (answer?.ok) lasts((await answer.json()).seconds);
  else words(0);
}

if (part) setInterval(look, 1000);
