// The words of a text in one form, as the server's `innovation.core.folding` has them for
// the names of councils and organisations.
const APOSTROPHES = /['`\u00b4\u02b9\u02bb\u02bc\u02bd\u02c8\u0384\u2018\u2019\u201b\u2032\u2035\uff07]/g;
// Accents, after they are parted from their letters, and what cannot be seen.
const UNSEEN = new RegExp(
  "[\\u0300-\\u036f\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f" +
    "\\u202a-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb]",
  "g",
);
const LETTERS = {
  "&": " and ", ß: "ss", æ: "ae", œ: "oe", þ: "th",
  ς: "σ", ı: "i", ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ŧ: "t",
};

export function fold(text) {
  return text
    .replace(APOSTROPHES, "")
    .normalize("NFKD")
    .replace(APOSTROPHES, "")
    .toLowerCase()
    .replace(UNSEEN, "")
    .replace(/[&ßæœþςıøłđðħŧ]/g, (letter) => LETTERS[letter])
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

// Whether each word of the text begins a word of the name.
export function hasWords(name, text) {
  const folded = ` ${fold(name)}`;
  return fold(text).split(" ").every((word) => folded.includes(` ${word}`));
}
