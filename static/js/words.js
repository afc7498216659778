// Counts as the server does, in `innovation.core.lines`: a bullet or a dash that stands
// alone is no word, nor is the letter o that Word has for a bullet, and an emoji is one
// character.
export function wordCount(text) {
  const plain = text.replaceAll("\ufeff", "").replace(/(?:^|\n)[ \t]*o\t/g, "\n");
  const words = plain.split(/[\s\x1c-\x1f\x85]+/u);
  return words.filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

export function characterCount(text) {
  return [...text].length;
}
