// Saves a section of a draft while it is written, never more than 5 s behind the typing.
// What the server has not said it keeps stays in this browser, and is sent again.
import { forget, recall, remember } from "./draft-kept.js";
import { fields, fill, written } from "./draft-fields.js";
import { lasts, send } from "./session.js";

const TICK = 400;
const REST = 1500; // between two savings
const AGAIN = 2500; // after one that failed
const STILL_HERE = 20000;
const JUST_OPENED = 10000;

const form = document.querySelector("form[data-draft]");
const line = document.querySelector("[data-draft-status]");
const alarm = document.querySelector("[data-draft-alarm]");
const here = document.querySelector("[data-draft-here]");
const names = document.querySelector("[data-draft-names]");
const address = location.pathname + location.search;
const key = `draft:${form.dataset.draft}:${location.pathname}`;

// What the server is known to have. A page that brings back what arrived after the
// session had ended shows what is not saved yet.
let safe = "draftUnsaved" in form.dataset ? null : written(form);
let noted = safe; // what this browser has noted
let held = null; // what the server asks about before it keeps it
let signedOut = false;
const opened = Date.now();
const shown = safe; // as it was drawn
let sending = null;
let last = Date.now();
let next = 0;
let closed = false; // for changes: what is typed all the same is sent and kept beside
let stopped = false;
let leaving = false;

function note() {
  const now = written(form);
  if (now === noted) return;
  noted = now;
  if (now === safe) forget(key);
  else remember(key, form, now);
}

function tick() {
  if (leaving) return; // with all that is saved, and the button that was pressed
  note();
  const time = Date.now();
  const idle = time - last > STILL_HERE && !document.hidden && !signedOut && !closed;
  const due = noted !== safe && noted !== held || idle;
  if (due && !stopped && !sending && time >= next) save();
}

// One at a time: what is typed meanwhile goes with the next.
function save() {
  sending ??= attempt().finally(() => {
    sending = null;
  });
  return sending;
}

// Everything there is at this moment: what is on its way may be older.
export async function saveAll() {
  if (sending) await sending;
  return save();
}

async function attempt() {
  note();
  const sent = noted;
  const all = fields(form);
  if (sent === safe) all.push(["idle", "1"]);
  last = Date.now();
  try {
    const answer = await send(address, all, form.csrfmiddlewaretoken);
    const told = await answer.json().catch(() => null);
    next = Date.now() + REST;
    return heard(answer.status, told, sent);
  } catch {
    next = Date.now() + AGAIN;
    warn("We cannot reach the service. What you type is kept in this browser, and we will keep trying to save it.");
    return "lost";
  }
}

function heard(status, told, sent) {
  if (status === 401 && told) return ended(told, sent);
  if (status === 403 && told && "kept" in told) return "refused"; // the next try takes the new token
  if (status === 409 && told?.problem) {
    kept(sent);
    closed = true;
    warn(told.problem);
    say("Kept, but not saved in the answer");
    return "closed";
  }
  if (status === 413 && told?.problem) {
    hold(told.problem, sent);
    return "too much";
  }
  if (status === 429 && told?.problem) {
    next = Date.now() + told.retry_after * 1000;
    warn(told.problem);
    return "put off";
  }
  if (status === 403 || status === 404 || status === 409 && !told) {
    return halt("You can no longer change this page. What you typed stays in this browser.");
  }
  if (status === 503 && told?.problem) return busy(told.problem, told.retry_after);
  if (status !== 200 && status !== 409) throw new Error(`${status}`);
  signedOut = false;
  form.seen.value = told.seen;
  if (told.held) return hold(told.held, sent);
  const news = sent !== safe || !alarm.hidden;
  kept(sent);
  lasts(told.seconds);
  company(told.here);
  if (news) say(`Saved at ${told.saved_at}`);
  if (told.overtaken) {
    warn("Somebody else changed an answer while you were writing. Both texts are kept.", told.overtaken, "Compare the two texts");
    return "overtaken";
  }
  if (told.behind && noted === shown && Date.now() - opened < JUST_OPENED) {
    // Drawn while another page was still saving, and nothing typed here yet.
    location.reload();
    return "saved";
  }
  if (told.behind) warn("Somebody else has changed an answer on this page. Nothing of yours is lost.", address, "Show the newest");
  else calm();
  return "saved";
}

// Somebody holds what is to be saved, or a part of the service is away.
function busy(words, again) {
  next = Date.now() + 1000 * again;
  warn(`${words} What you type is kept in this browser, and we will keep trying to save it.`);
  return "lost";
}

function ended(told, sent) {
  if (told.kept) kept(sent);
  signedOut = true;
  const words = told.kept ? "What you typed is kept." : "What you typed is kept in this browser alone.";
  warn(`You have been signed out. ${words}`, told.sign_in, "Sign in to continue");
  return "signed out";
}

// Not saved before its writer has answered: until then it stays in this browser.
function hold(words, sent) {
  held = sent;
  warn(words);
  return "held";
}

function halt(words) {
  stopped = true;
  warn(words);
  return "halted";
}

function kept(sent) {
  safe = sent;
  if (written(form) === safe) forget(key);
  else remember(key, form, written(form));
}

function say(words) {
  if (line.textContent !== words) line.textContent = words;
}

function warn(words, href, link) {
  say("Not everything is saved yet");
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

function calm() {
  alarm.hidden = true;
  alarm.dataset.words = "";
}

function company(people) {
  here.hidden = !people.length;
  names.textContent = people.join(", ");
}

function recalled() {
  const found = recall(key);
  if (!found) return;
  if (found.text === safe) {
    forget(key);
    return;
  }
  fill(form, found);
  noted = found.text;
  say("We brought back what you had typed here and was not saved");
}

// The button first makes sure that everything is kept: where nothing answers, the page
// stays, with all that is on it.
async function leave(event) {
  if (event.defaultPrevented || leaving) return;
  event.preventDefault();
  const end = await saveAll();
  if (["lost", "refused", "closed", "halted", "put off", "too much"].includes(end)) return;
  if (end === "signed out" && alarm.querySelector("a")) {
    location.assign(alarm.querySelector("a").href);
    return;
  }
  leaving = true;
  carry(event.submitter);
  HTMLFormElement.prototype.submit.call(form);
}

// A form that a script sends leaves out the button that was pressed.
function carry(button) {
  form.querySelector("[data-draft-pressed]")?.remove();
  if (!button?.name) return;
  const pressed = document.createElement("input");
  pressed.type = "hidden";
  pressed.name = button.name;
  pressed.value = button.value;
  pressed.dataset.draftPressed = "";
  form.append(pressed);
}

recalled();
form.addEventListener("input", note);
form.addEventListener("change", note);
form.addEventListener("submit", leave);
addEventListener("online", () => {
  next = 0;
});
addEventListener("pagehide", () => {
  if (leaving) return;
  note();
  if (noted !== safe) send(address, fields(form), form.csrfmiddlewaretoken, true).catch(() => {});
});
addEventListener("pageshow", (event) => {
  leaving = false;
  carry(null);
  if (event.persisted) last = 0;
});
setInterval(tick, TICK);
tick();
if (!document.hidden) last = 0;
form.dataset.draftReady = "";
