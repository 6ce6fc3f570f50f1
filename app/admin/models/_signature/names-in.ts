/**
 * The names in the first line of a table, however it is separated, or one on each line. What cannot be a name
 * becomes one: "Sepal length (cm)" is "sepal_length_cm", and a second "age" is "age_2".
 */
export function namesIn(text: string): string[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const [first = ""] = lines;
  const separator = ["\t", ";", ","].find((mark) => first.includes(mark));
  const found = separator ? first.split(separator) : lines;
  const names: string[] = [];
  for (const word of found) {
    const stem = asName(word);
    if (stem === "") continue;
    let name = stem;
    for (let number = 2; names.includes(name); number += 1) name = `${stem.slice(0, 58)}_${number}`;
    names.push(name);
  }
  return names;
}

function asName(word: string): string {
  const plain = word
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return (/^[0-9]/.test(plain) ? `_${plain}` : plain).slice(0, 63);
}
