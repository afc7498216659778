// Unsaved text in this browser: until the server has it, or its writer signs out.
const LIFE = 2 * 24 * 60 * 60 * 1000;

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
    // No room, or not allowed: the server is all there is.
  }
}

export function recall(key) {
  try {
    const found = JSON.parse(localStorage.getItem(key));
    return found && Date.now() - found.at < LIFE ? found : null;
  } catch {
    return null;
  }
}

export function forget(key) {
  try {
    localStorage.removeItem(key);
  } catch {
    // Nothing could be kept either.
  }
}

export function forgetAll() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("draft:")) forget(key);
  }
}
