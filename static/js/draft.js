// Saves a section of a draft while it is written, at most 5 s after a change. Text stays
// in this browser, and is sent again, until the server has confirmed that it is saved.
import { forget, recall, remember } from "./draft-storage.js";
import { fields, fill, formText } from "./draft-fields.js";
import { extendSession, send } from "./session.js";

const TICK = 400;
const SAVE_PAUSE = 1500; // between two savings
const RETRY_PAUSE = 2500; // after one that failed
const IDLE_PAUSE = 20000;
const OPENING_PERIOD = 10000;

const form = document.querySelector("form[data-draft]");
const statusLine = document.querySelector("[data-draft-status]");
const alarm = document.querySelector("[data-draft-alarm]");
const editorsLine = document.querySelector("[data-draft-here]");
const editorNames = document.querySelector("[data-draft-names]");
const address = location.pathname + location.search;
const key = `draft:${form.dataset.draft}:${location.pathname}`;

// What the server is known to have. A page that shows a form sent after the session had
// ended begins with text that is not saved.
let savedText = "draftUnsaved" in form.dataset ? null : formText(form);
let localText = savedText; // what this browser has stored
let heldText = null; // what the server asks a question about before it saves it
let signedOut = false;
const openedAt = Date.now();
const initialText = savedText; // as the page showed it first
let sending = null;
let lastSaveAt = Date.now();
let nextSaveAt = 0;
let isClosed = false; // the draft was sent; later text is kept as a version beside the answer
let isStopped = false;
let isLeaving = false;

function note() {
  const now = formText(form);
  if (now === localText) return;
  localText = now;
  if (now === savedText) forget(key);
  else remember(key, form, now);
}

function tick() {
  if (isLeaving) return; // with all that is saved, and the button that was pressed
  note();
  const time = Date.now();
  const isIdle = time - lastSaveAt > IDLE_PAUSE && !document.hidden && !signedOut && !isClosed;
  const isDue = localText !== savedText && localText !== heldText || isIdle;
  if (isDue && !isStopped && !sending && time >= nextSaveAt) save();
}

// One request at a time: changes made meanwhile go with the next.
function save() {
  sending ??= sendFields().finally(() => {
    sending = null;
  });
  return sending;
}

// Saves the form as it is now: a request that is under way may have older text.
export async function saveAll() {
  if (sending) await sending;
  return save();
}

async function sendFields() {
  note();
  const sentText = localText;
  const all = fields(form);
  if (sentText === savedText) all.push(["idle", "1"]);
  lastSaveAt = Date.now();
  try {
    const answer = await send(address, all, form.csrfmiddlewaretoken);
    const data = await answer.json().catch(() => null);
    nextSaveAt = Date.now() + SAVE_PAUSE;
    return handleAnswer(answer.status, data, sentText);
  } catch {
    nextSaveAt = Date.now() + RETRY_PAUSE;
    showWarning("We cannot reach the service. What you type is kept in this browser, and we will keep trying to save it.");
    return "lost";
  }
}

function handleAnswer(status, data, sentText) {
  if (status === 401 && data) return handleSignedOut(data, sentText);
  if (status === 403 && data && "kept" in data) return "refused"; // the next try takes the new token
  if (status === 409 && data?.problem) {
    markSaved(sentText);
    isClosed = true;
    showWarning(data.problem);
    showStatus("We have kept what you typed, but not saved it as your answer");
    return "closed";
  }
  if (status === 413 && data?.problem) {
    showHeld(data.problem, sentText);
    return "too much";
  }
  if (status === 429 && data?.problem) {
    nextSaveAt = Date.now() + data.retry_after * 1000;
    showWarning(data.problem);
    return "put off";
  }
  if (status === 403 || status === 404 || status === 409 && !data) {
    return stopSaving("You can no longer change this page. What you typed stays in this browser.");
  }
  if (status === 503 && data?.problem) return showBusy(data.problem, data.retry_after);
  if (status !== 200 && status !== 409) throw new Error(`${status}`);
  signedOut = false;
  form.seen.value = data.seen;
  if (data.held) return showHeld(data.held, sentText);
  const hasNews = sentText !== savedText || !alarm.hidden;
  markSaved(sentText);
  extendSession(data.seconds);
  showOtherEditors(data.here);
  if (hasNews) showStatus(`Saved at ${data.saved_at}`);
  if (data.overtaken) {
    showWarning("Somebody else changed an answer while you were writing. Both texts are kept.", data.overtaken, "Compare the two texts");
    return "overtaken";
  }
  if (data.behind && localText === initialText && Date.now() - openedAt < OPENING_PERIOD) {
    // The page was made while another one was still saving, and nothing was changed here.
    location.reload();
    return "saved";
  }
  if (data.behind) showWarning("Somebody else has changed an answer on this page. Nothing of yours is lost.", address, "Show the newest answer");
  else hideWarning();
  return "saved";
}

// Another request has locked the draft, or a part of the service is unavailable.
function showBusy(words, seconds) {
  nextSaveAt = Date.now() + 1000 * seconds;
  showWarning(`${words} What you type is kept in this browser, and we will keep trying to save it.`);
  return "lost";
}

function handleSignedOut(data, sentText) {
  if (data.kept) markSaved(sentText);
  signedOut = true;
  const words = data.kept ? "What you typed is kept." : "What you typed is kept in this browser only.";
  showWarning(`You have been signed out. ${words}`, data.sign_in, "Sign in to continue");
  return "signed out";
}

// The server saves this after its writer has answered a question about it.
function showHeld(words, sentText) {
  heldText = sentText;
  showWarning(words);
  return "held";
}

function stopSaving(words) {
  isStopped = true;
  showWarning(words);
  return "halted";
}

function markSaved(sentText) {
  savedText = sentText;
  if (formText(form) === savedText) forget(key);
  else remember(key, form, formText(form));
}

function showStatus(words) {
  if (statusLine.textContent !== words) statusLine.textContent = words;
}

function showWarning(words, href, link) {
  showStatus("Not everything is saved yet");
  if (alarm.dataset.words === words) return;
  alarm.dataset.words = words;
  alarm.replaceChildren(document.createTextNode(`${words} `));
  if (href) {
    const anchor = document.createElement("a");
    anchor.className = "govuk-link";
    anchor.href = href;
    anchor.textContent = link;
    alarm.append(anchor);
  }
  alarm.hidden = false;
}

function hideWarning() {
  alarm.hidden = true;
  alarm.dataset.words = "";
}

function showOtherEditors(people) {
  editorsLine.hidden = !people.length;
  editorNames.textContent = people.join(", ");
}

function restoreUnsent() {
  const stored = recall(key);
  if (!stored) return;
  if (stored.text === savedText) {
    forget(key);
    return;
  }
  fill(form, stored);
  localText = stored.text;
  showStatus("We restored what you typed here because it had not been saved");
}

// The button first saves everything. If the server does not answer, the page stays.
async function submitWhenSaved(event) {
  if (event.defaultPrevented || isLeaving) return;
  event.preventDefault();
  const outcome = await saveAll();
  if (["lost", "refused", "closed", "halted", "put off", "too much"].includes(outcome)) return;
  if (outcome === "signed out" && alarm.querySelector("a")) {
    location.assign(alarm.querySelector("a").href);
    return;
  }
  isLeaving = true;
  copyButton(event.submitter);
  HTMLFormElement.prototype.submit.call(form);
}

// A form that a script submits does not name the button that was pressed.
function copyButton(button) {
  form.querySelector("[data-draft-pressed]")?.remove();
  if (!button?.name) return;
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = button.name;
  pressed.value = button.value;
  pressed.dataset.draftPressed = "";
  form.append(pressed);
}

restoreUnsent();
form.addEventListener("input", note);
form.addEventListener("change", note);
form.addEventListener("submit", submitWhenSaved);
addEventListener("online", () => {
  nextSaveAt = 0;
});
addEventListener("pagehide", () => {
  if (isLeaving) return;
  note();
  if (localText !== savedText) send(address, fields(form), form.csrfmiddlewaretoken, true).catch(() => {});
});
addEventListener("pageshow", (event) => {
  isLeaving = false;
  copyButton(null);
  if (event.persisted) lastSaveAt = 0;
});
setInterval(tick, TICK);
tick();
if (!document.hidden) lastSaveAt = 0;
form.dataset.draftReady = "";
