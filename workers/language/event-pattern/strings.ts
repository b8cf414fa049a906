/** String operators of event patterns (facts eventbridge §5.5). */

/** A place of an ignore-case pattern: the lower-case and the upper-case form of one UTF-16 unit. */
export type FoldedUnit = readonly [string, string];

export const folded = (pattern: string): readonly FoldedUnit[] =>
  pattern.split("").map((unit) => [unit.toLowerCase(), unit.toUpperCase()] as const);

/** Offsets behind which the pattern may have been read, starting at 0. */
function ends(text: string, units: readonly FoldedUnit[]): Set<number> {
  let reached = new Set([0]);
  for (const forms of units) {
    const next = new Set<number>();
    for (const at of reached) for (const form of forms) if (text.startsWith(form, at)) next.add(at + form.length);
    if (next.size === 0) return next;
    reached = next;
  }
  return reached;
}

/** Whether every place has one unit in both forms: then the pattern is read in one way only. */
const plain = new WeakMap<readonly FoldedUnit[], boolean>();

export function isOneToOne(units: readonly FoldedUnit[]): boolean {
  let known = plain.get(units);
  if (known === undefined) {
    known = units.every(([lower, upper]) => lower.length === 1 && upper.length === 1);
    plain.set(units, known);
  }
  return known;
}

function standsAt(text: string, at: number, units: readonly FoldedUnit[]): boolean {
  for (let i = 0; i < units.length; i++) {
    const [lower, upper] = units[i] as FoldedUnit;
    const unit = text.charCodeAt(at + i);
    if (unit !== lower.charCodeAt(0) && unit !== upper.charCodeAt(0)) return false;
  }
  return true;
}

export function equalsFolded(text: string, units: readonly FoldedUnit[]): boolean {
  return isOneToOne(units) ? text.length === units.length && standsAt(text, 0, units) : ends(text, units).has(text.length);
}

export function startsFolded(text: string, units: readonly FoldedUnit[]): boolean {
  return isOneToOne(units) ? standsAt(text, 0, units) : ends(text, units).size > 0;
}

export function endsFolded(text: string, units: readonly FoldedUnit[]): boolean {
  if (isOneToOne(units)) return text.length >= units.length && standsAt(text, text.length - units.length, units);
  let reached = new Set([text.length]);
  for (let i = units.length - 1; i >= 0; i--) {
    const next = new Set<number>();
    for (const at of reached) for (const form of units[i] as FoldedUnit) if (text.endsWith(form, at)) next.add(at - form.length);
    if (next.size === 0) return false;
    reached = next;
  }
  return true;
}

/** Pieces between the stars; `["a", ""]` is `a*`. */
export type Wildcard = readonly string[];

export type WildcardFault = { readonly fault: "Consecutive wildcard characters" | "Invalid escape character"; readonly at: number };

/** Reads `\*` and `\\` as themselves. A fault tells the plain index in UTF-16 units. */
export function parseWildcard(pattern: string): Wildcard | WildcardFault {
  const pieces: string[] = [];
  let piece = "";
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string;
    if (character === "\\") {
      const next = pattern[at + 1];
      if (next !== "*" && next !== "\\") return { fault: "Invalid escape character", at };
      piece += next;
      at++;
    } else if (character === "*") {
      if (pattern[at + 1] === "*") return { fault: "Consecutive wildcard characters", at };
      pieces.push(piece);
      piece = "";
    } else piece += character;
  }
  return [...pieces, piece];
}

/** The whole text must fit; pieces are taken as early as they come, which is enough where only stars lie between. */
export function matchesWildcard(text: string, pieces: Wildcard): boolean {
  const [first = "", last = ""] = [pieces[0], pieces.at(-1)];
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = text.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
