// The words of a text in one form, as the server's `innovation.core.folding` has them for
// the names of councils and organisations.
export function fold(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f\u200b-\u200f\ufeff'`\u00b4\u2018\u2019\u02bc]/g, "")
    .toLowerCase()
    .replaceAll("&", " and ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

// Whether each word of the text begins a word of the name.
export function hasWords(name, text) {
  const folded = ` ${fold(name)}`;
  return fold(text).split(" ").every((word) => folded.includes(` ${word}`));
}
