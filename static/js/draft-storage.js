// Stores unsaved text in this browser until the server has saved it or its writer signs out.
const MAX_AGE = 2 * 24 * 60 * 60 * 1000;

export function remember(key, form, text) {
  const entry = {
    text,
    seen: form.seen.value,
    submission: form.submission.value,
    at: Date.now(),
  };
  try {
    localStorage.setItem(key, JSON.stringify(entry));
  } catch {
    // The browser has no space or does not allow it: then only the server keeps the text.
  }
}

export function recall(key) {
  try {
    const stored = JSON.parse(localStorage.getItem(key));
    return stored && Date.now() - stored.at < MAX_AGE ? stored : null;
  } catch {
    return null;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Then nothing was stored either.
  }
}

export function forgetAll() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:")) forget(key);
  }
}
