// While somebody types or chooses a file: a polite word about what seems to identify a child. Nothing leaves the
// machine; the server asks by the same table of patterns when the form is sent, and without this script it does so alone.
const MOST = 200000; // letters of a text file that are looked through
const PAUSE = 700; // milliseconds without a key before anything is said

const digits = (number) => [...number].filter((each) => each >= "0" && each <= "9").map(Number);

const checks = (letters) => ({
  "": () => true,
  upn: (number) => {
    const values = [...number.slice(1)].map((each) => (letters.includes(each) ? letters.indexOf(each) : Number(each)));
    return letters[values.reduce((sum, value, place) => sum + value * (place + 2), 0) % 23] === number[0];
  },
  nhs: (number) => {
    const read = digits(number);
    const left = 11 - (read.slice(0, 9).reduce((sum, digit, place) => sum + digit * (10 - place), 0) % 11);
    return left !== 10 && left % 11 === read[9];
  },
});

const masked = (value) => value.replace(/[A-Za-z0-9à-öø-ÿ]+/g, (word) => word[0] + "•".repeat(word.length - 1));

/** What in a text seems to identify a child: pairs of its kind in words and the identity with most of it hidden. */
export function identitiesIn(text, table) {
  const holds = checks(table.letters);
  const flat = text.trim().split(/\s+/).join(" ");
  const found = new Map();
  for (const { kind, source, any_case: anyCase, check } of table.patterns) {
    for (const match of flat.matchAll(new RegExp(source, anyCase ? "gi" : "g"))) {
      const value = match[1];
      if (holds[check](value) && ![...found.keys()].some((longer) => longer.includes(value))) found.set(value, kind);
    }
  }
  return [...found].map(([value, kind]) => [kind, masked(value)]);
}

/** The cells of a table, each after the head of its column. */
function cells(text) {
  const rows = text.split(/\r?\n/).map((line) => line.split(/[,;\t|]/));
  return rows.slice(1, 1000).map((row) => row.map((cell, place) => `${rows[0][place] ?? ""}: ${cell};`).join(" ")).join(" ");
}

/** The words of what was chosen or typed: a file's name, and its text where it is plain text. */
async function wordsOf(input) {
  if (input.type !== "file") return input.value;
  const words = [...input.files].map(async (file) => {
    const name = file.name.replace(/[_+]/g, " ");
    if (!/\.(txt|csv|eml|text|md|log)$/i.test(file.name)) return name;
    const text = await file.slice(0, MOST).text();
    return `${name} \n ${/\.csv$/i.test(file.name) ? cells(text) : text}`;
  });
  return (await Promise.all(words)).join(" ");
}

function watch(input, table) {
  const told = document.createElement("div");
  told.className = "app-identity govuk-body";
  told.setAttribute("role", "status"); // said politely, when the screen reader has nothing else to say
  input.insertAdjacentElement("afterend", told);
  let timer = 0;
  const look = async () => {
    const found = identitiesIn(await wordsOf(input), table).slice(0, 3);
    const words = found.map(([kind, hidden]) => table.sentence.replace("{0}", kind).replace("{1}", hidden)).join("\n");
    if (told.textContent !== words) told.textContent = words;
  };
  input.addEventListener(input.type === "file" ? "change" : "input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, input.type === "file" ? 0 : PAUSE);
  });
}

for (const form of document.querySelectorAll("form[data-identities]")) {
  const table = JSON.parse(form.dataset.identities);
  form.querySelectorAll("textarea, input[type=text]:not([inputmode]), input[type=url], input[type=file]")
    .forEach((input) => { if (!input.closest(".govuk-date-input")) watch(input, table); });
}
