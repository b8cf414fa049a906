/** What optional and excluded terms mean together, as a sentence: the rules surprise (an optional term may count for nothing). */
import { countingTerms } from "../../../workers/language/filter-pattern/evaluate-terms.ts";
import type { Term, TermsPattern } from "../../../workers/language/filter-pattern/tree.ts";

/** Undefined where the pattern has required terms alone: they say themselves what they ask for. */
export function termsSentence(pattern: TermsPattern): string | undefined {
  const of = (role: Term["role"]): readonly Term[] => pattern.terms.filter((term) => term.role === role);
  const [optional, excluded] = [of("optional"), of("excluded")];
  if (optional.length === 0 && excluded.length === 0) return undefined;
  const bare = (term: Term): string => pattern.source.slice(term.from, term.to).replace(/^[?-]/, "");
  const words = (terms: readonly Term[], joint: string): string => terms.map(bare).join(joint);
  if (countingTerms(pattern) === pattern.terms) return `Matches lines with ${words(optional, " or ")}.`;
  const required = of("required");
  const asked = required.length === 0 ? "every line" : `lines with ${words(required, " and ")}`;
  const unwanted = excluded.length === 0 ? "" : ` ${required.length === 0 ? "without" : "and without"} ${words(excluded, " and without ")}`;
  const ignored = optional.map((term) => pattern.source.slice(term.from, term.to)).join(" and ");
  const why = `${ignored} ${optional.length === 1 ? "is" : "are"} ignored: optional terms count only where all terms are optional.`;
  return `Matches ${asked}${unwanted}.${optional.length === 0 ? "" : ` ${why}`}`;
}
