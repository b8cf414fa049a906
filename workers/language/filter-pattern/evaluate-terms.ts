/** Terms against one line. Needles for the kernel, which looks for many lines at once, come from the same tree. */
import type { Because } from "../because.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Term, TermsPattern } from "./tree.ts";

/** The needles of a kernel's term program, in UTF-8. */
export interface Needles {
  readonly all: readonly Uint8Array[];
  readonly any: readonly Uint8Array[];
  readonly none: readonly Uint8Array[];
}

const encoder = new TextEncoder();

/**
 * Which terms count: as soon as there is a required or an excluded one, the optional ones are ignored
 * (user guide: `?ERROR ?ARGUMENTS REQUEST` is just `REQUEST`).
 */
export function countingTerms(pattern: TermsPattern): readonly Term[] {
  const firm = pattern.terms.filter(({ role }) => role !== "optional");
  return firm.length > 0 ? firm : pattern.terms;
}

const isEverywhere = (term: Term): boolean => term.text !== undefined && term.text.trim() === "";

/**
 * The needles that decide the pattern, and the regular expressions left to check on the lines they find. `none` is undefined when
 * an excluded term is in every line, so that nothing can match.
 */
export function termNeedles(pattern: TermsPattern): { readonly needles: Needles | undefined; readonly regexes: readonly Term[] } {
  const terms = countingTerms(pattern);
  const regexes = terms.filter(({ regex }) => regex !== undefined);
  const texts = (role: Term["role"]): readonly Term[] => terms.filter((term) => term.role === role && term.text !== undefined);
  if (texts("excluded").some(isEverywhere)) return { needles: undefined, regexes };
  const bytesOf = (role: Term["role"]): Uint8Array[] =>
    texts(role)
      .filter((term) => !isEverywhere(term))
      .map(({ text }) => encoder.encode(text));
  // One optional term that is in every line, or a regular expression among them, and the others decide nothing alone.
  const isOpen = terms.some((term) => term.role === "optional" && (isEverywhere(term) || term.regex !== undefined));
  return { needles: { all: bytesOf("required"), any: isOpen ? [] : bytesOf("optional"), none: bytesOf("excluded") }, regexes };
}

/** Whether a term is in a line, before its role is applied. */
export function hasTerm(term: Term, message: string): boolean {
  if (term.regex !== undefined) {
    const bytes = encoder.encode(message);
    return term.regex.matches(bytes, 0, bytes.length);
  }
  return isEverywhere(term) || message.includes(term.text!);
}

export function evaluateTerms(pattern: TermsPattern, message: string, explain: boolean): Evaluation {
  const counting = countingTerms(pattern);
  const isAnyOf = counting.every(({ role }) => role === "optional");
  const holds = (term: Term): boolean => hasTerm(term, message) !== (term.role === "excluded");
  const matched = isAnyOf ? counting.some(holds) : counting.every(holds);
  if (!explain) return { matched };
  const parts = pattern.terms.map((term): Because => {
    const { from, to } = term;
    const text = pattern.source.slice(from, to);
    if (!counting.includes(term)) {
      return {
        text,
        from,
        to,
        verdict: hasTerm(term, message),
        reason: "Ignored: optional terms do not count beside required or excluded ones.",
      };
    }
    const isThere = hasTerm(term, message);
    const otherCase = !isThere && term.text !== undefined ? inOtherCase(term.text, message) : undefined;
    return {
      text,
      from,
      to,
      verdict: isThere !== (term.role === "excluded"),
      ...(otherCase === undefined ? {} : { found: otherCase }),
      reason: reasonOf(term, isThere, otherCase),
    };
  });
  const reason = isAnyOf
    ? matched
      ? "At least one of the optional terms is there."
      : "None of the optional terms is there."
    : matched
      ? "Every required term is there and no excluded one."
      : "A required term is missing or an excluded one is there.";
  return { matched, because: { text: pattern.source, from: pattern.from, to: pattern.to, verdict: matched, reason, parts } };
}

function reasonOf(term: Term, isThere: boolean, otherCase: string | undefined): string {
  if (term.role === "excluded") return isThere ? "This is in the line but must not be." : "This is not in the line, as wanted.";
  if (isThere) return term.regex ? "The regular expression matches some part of the line." : "This is in the line.";
  if (otherCase !== undefined) return `Not in the line as written; "${otherCase}" is, but matching is case-sensitive.`;
  return term.regex ? "The regular expression matches no part of the line." : "This is not in the line.";
}

/** The same letters in other case, as they stand in the line. ASCII only. */
function inOtherCase(text: string, message: string): string | undefined {
  const lower = (value: string): string => value.replace(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
  const at = lower(message).indexOf(lower(text));
  return at < 0 ? undefined : message.slice(at, at + text.length);
}
