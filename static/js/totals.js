// Shows the total of a question’s amounts while they are typed, in whole pence and in the
// words of `bids/forms/totals.py`.
const PAUSE = 600; // so that a screen reader is not told every figure on the way
const AMOUNT = /^(?:£|gbp)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(k|m|bn|million|billion|thousand)?$/i;
const PLACES = { k: 3, thousand: 3, m: 6, million: 6, bn: 9, billion: 9 };
const MAX_PENCE = 10n ** 15n;

const lines = [...document.querySelectorAll("[data-total]")];
let timer = null;

for (const form of new Set(lines.map((line) => line.closest("form")))) {
  for (const event of ["input", "change"]) form.addEventListener(event, scheduleUpdate);
}

scheduleUpdate(); // the browser may have restored what was typed before

function scheduleUpdate() {
  clearTimeout(timer);
  timer = setTimeout(() => {
    lines.forEach(updateTotal);
    document.querySelectorAll("[data-sum]").forEach(updateSum);
  }, PAUSE);
}

// The total of a column of a table, or of one of its rows.
function updateSum(cell) {
  const { sum, sumRow } = cell.dataset;
  const { elements } = cell.closest("form");
  const isPart = ({ name }) => name?.startsWith(sum) && (!sumRow || name.endsWith(`_${sumRow}`));
  const amounts = [...elements].filter(isPart).map(({ value }) => pence(value.trim()));
  const words = pounds(amounts.reduce((one, other) => one + (other ?? 0n), 0n));
  if (cell.textContent !== words) cell.textContent = words;
}

function updateTotal(line) {
  const { total, totalAsked, totalAskedIn } = line.dataset;
  const { elements } = line.closest("form");
  const amounts = [...elements].filter(({ name }) => name?.startsWith(total)).map(({ value }) => value.trim());
  const parsed = amounts.filter(Boolean).map(pence);
  const sum = parsed.reduce((one, other) => one + (other ?? 0n), 0n);
  const omission = parsed.includes(null) ? ", without amounts that are not valid" : "";
  const expected = totalAskedIn ? pence(elements[totalAskedIn].value.trim()) : totalAsked ? BigInt(totalAsked) : null;
  const words = `Total: ${pounds(sum)}${omission}.${comparison(sum, expected)}`;
  if (line.textContent !== words) line.textContent = words;
}

function comparison(sum, expected) {
  if (expected === null) return "";
  if (sum === expected) return ` That is the ${pounds(expected)} you need.`;
  const [much, word] = sum > expected ? [sum - expected, "too much"] : [expected - sum, "missing"];
  return ` It must equal the ${pounds(expected)} you need: ${pounds(much)} is ${word}.`;
}

// As `Money.parse` reads what people write; null for anything else.
export function pence(text) {
  const match = AMOUNT.exec(text);
  if (!match) return null;
  const [, whole, part = "", word = ""] = match;
  const places = 2 + (PLACES[word.toLowerCase()] ?? 0);
  const digits = part.replace(/0+$/, "");
  if (digits.length > places) return null;
  const amount = BigInt(whole.replaceAll(",", "") + digits.padEnd(places, "0"));
  return amount < MAX_PENCE ? amount : null;
}

function pounds(amount) {
  const digits = String(amount).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  const part = digits.slice(-2);
  return `£${whole}${part === "00" ? "" : `.${part}`}`;
}
