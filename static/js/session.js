// Warns that the session is about to end.
const WARNING_PERIOD = 5 * 60;
const part = document.querySelector("[data-session-seconds]");
let endsAt = Date.now() + Number(part?.dataset.sessionSeconds ?? 0) * 1000;
let dialog = null;

// Sends a request and gives up after 10 s. The token is that of the last sign-in in any tab.
export function send(address, fields, token, isLast = false) {
  const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/);
  if (cookie && token) token.value = cookie[1];
  const body = new URLSearchParams(fields);
  if (cookie) body.set("csrfmiddlewaretoken", cookie[1]);
  const signal = isLast ? undefined : AbortSignal.timeout(10000);
  return fetch(address, {
    method: "POST",
    body,
    signal,
    keepalive: isLast,
    redirect: "error",
    headers: { Accept: "application/json" },
  });
}

export function extendSession(seconds) {
  endsAt = Date.now() + seconds * 1000;
  if (seconds > WARNING_PERIOD) dialog?.close();
}

async function checkSession() {
  const secondsLeft = (endsAt - Date.now()) / 1000;
  if (secondsLeft > WARNING_PERIOD || dialog?.open) {
    updateText(secondsLeft);
    return;
  }
  // Another tab may have extended it.
  const answer = await fetch("/session", { headers: { Accept: "application/json" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) extendSession((await answer.json()).seconds);
  if ((endsAt - Date.now()) / 1000 <= WARNING_PERIOD) show();
}

function show() {
  dialog ??= createDialog();
  updateText((endsAt - Date.now()) / 1000);
  if (!dialog.open) dialog.showModal();
}

function updateText(secondsLeft) {
  if (!dialog?.open) return;
  const minutes = Math.ceil(secondsLeft / 60);
  const text =
    secondsLeft > 0
      ? `You will be signed out in ${minutes} ${minutes === 1 ? "minute" : "minutes"}.`
      : "You have been signed out. What is on this page stays here: send it, sign in, and it comes back.";
  const line = dialog.querySelector("p");
  if (line.textContent !== text) line.textContent = text;
  dialog.querySelector("[data-stay]").hidden = secondsLeft <= 0;
}

function createDialog() {
  const box = document.createElement("dialog");
  box.className = "app-dialog";
  box.setAttribute("role", "alertdialog");
  box.setAttribute("aria-labelledby", "session-title");
  box.setAttribute("aria-describedby", "session-words");
  box.innerHTML = `
    <h2 class="govuk-heading-m" id="session-title">Do you want to stay signed in?</h2>
    <p class="govuk-body" id="session-words" role="status"></p>
    <div class="govuk-button-group">
      <button type="button" class="govuk-button" data-stay>Stay signed in</button>
      <button type="button" class="govuk-button govuk-button--secondary" data-close>Close</button>
    </div>`;
  box.querySelector("[data-stay]").addEventListener("click", staySignedIn);
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  document.body.append(box);
  return box;
}

async function staySignedIn() {
  const answer = await send("/session", []).catch(() => null);
  if (answer?.ok) extendSession((await answer.json()).seconds);
  else updateText(0);
}

if (part) setInterval(checkSession, 1000);
