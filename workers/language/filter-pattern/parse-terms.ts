/** Terms: words, phrases and regular expressions, each required, optional (`?`) or excluded (`-`). */
import { invalidCharacters, invalidPattern } from "./pattern-error.ts";
import { readQuoted, readRegex, Scanner } from "./scanner.ts";
import type { Term, TermsPattern } from "./tree.ts";

const WORD = /[A-Za-z0-9_]/;
const IN_QUOTES = "Put a term with other than letters, digits and underscores in quotes.";

export function parseTerms(source: string, from: number, to: number): TermsPattern {
  const scan = new Scanner(source, from, to);
  const terms: Term[] = [];
  for (scan.skipBlanks(); scan.at < to; scan.skipBlanks()) {
    if (terms.length > 0 && !/\s/.test(source[scan.at - 1]!)) throw stray(scan, IN_QUOTES);
    terms.push(readTerm(scan));
  }
  return { kind: "terms", source, from, to, terms };
}

function readTerm(scan: Scanner): Term {
  const from = scan.at;
  const role = scan.take("?") ? "optional" : scan.take("-") ? "excluded" : "required";
  const next = scan.peek();
  if (next === '"') {
    const open = scan.at;
    const text = readQuoted(scan);
    if (text === "") throw invalidPattern(open, scan.at, 'A phrase needs something between its quotes; a blank (" ") is in every line.');
    return { role, text, from, to: scan.at };
  }
  if (next === "%") {
    const regex = readRegex(scan);
    return { role, regex, from, to: scan.at };
  }
  const text = scan.run(WORD);
  if (text === "") {
    if (next === "" || /\s/.test(next)) throw invalidCharacters(scan.source, from, scan.at, "A term must follow here, without a blank.");
    throw stray(scan, IN_QUOTES);
  }
  return { role, text, from, to: scan.at };
}

function stray(scan: Scanner, hint: string): Error {
  const width = scan.source.codePointAt(scan.at)! > 0xffff ? 2 : 1;
  return invalidCharacters(scan.source, scan.at, scan.at + width, hint);
}
