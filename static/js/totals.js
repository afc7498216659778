// What the amounts of a question come to, while they are typed: in whole pence, and in
// the words in which `bids/forms/totals.py` says it when the page is drawn.
const PAUSE = 600; // so that a screen reader is not told every figure on the way
const WRITTEN = /^(?:£|gbp)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(k|m|bn|million|billion|thousand)?$/i;
const PLACES = { k: 3, thousand: 3, m: 6, million: 6, bn: 9, billion: 9 };
const MOST = 10n ** 15n;

const lines = [...document.querySelectorAll("[data-total]")];
let timer = null;

for (const form of new Set(lines.map((line) => line.closest("form")))) {
  for (const event of ["input", "change"]) form.addEventListener(event, soon);
}

soon(); // a browser may have brought back what was typed before

function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => lines.forEach(tell), PAUSE);
}

function tell(line) {
  const { total, totalAsked, totalAskedIn } = line.dataset;
  const { elements } = line.closest("form");
  const amounts = [...elements].filter(({ name }) => name?.startsWith(total)).map(({ value }) => value.trim());
  const read = amounts.filter(Boolean).map(pence);
  const sum = read.reduce((one, other) => one + (other ?? 0n), 0n);
  const leftOut = read.includes(null) ? ", without amounts that are not valid" : "";
  const asked = totalAskedIn ? pence(elements[totalAskedIn].value.trim()) : totalAsked ? BigInt(totalAsked) : null;
  const words = `Total: ${pounds(sum)}${leftOut}.${compared(sum, asked)}`;
  if (line.textContent !== words) line.textContent = words;
}

function compared(sum, asked) {
  if (asked === null) return "";
  if (sum === asked) return ` That is the ${pounds(asked)} asked for.`;
  const [much, word] = sum > asked ? [sum - asked, "too much"] : [asked - sum, "missing"];
  return ` It must equal the ${pounds(asked)} asked for: ${pounds(much)} is ${word}.`;
}

// As `Money.parse` reads what people write; null for anything else.
function pence(text) {
  const found = WRITTEN.exec(text);
  if (!found) return null;
  const [, whole, part = "", word = ""] = found;
  const places = 2 + (PLACES[word.toLowerCase()] ?? 0);
  const digits = part.replace(/0+$/, "");
  if (digits.length > places) return null;
  const amount = BigInt(whole.replaceAll(",", "") + digits.padEnd(places, "0"));
  return amount < MOST ? amount : null;
}

function pounds(amount) {
  const digits = String(amount).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = digits.slice(-2);
  return `£${whole}${part === "00" ? "" : `.${part}`}`;
}
