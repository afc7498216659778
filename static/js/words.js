// Counts as the server does, in `innovation.core.lines`: a bullet or a dash that stands
// alone is no word, and an emoji is one character.
export function wordCount(text) {
  const words = text.replaceAll("\ufeff", "").split(/[\s\x1c-\x1f\x85]+/u);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export function characterCount(text) {
  return [...text].length;
}
