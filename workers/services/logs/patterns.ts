/** Compiled filter patterns, and the matcher that finds lines of a block by one: kernel first, then what only code can decide. */
import type { Kernels, LineBlock } from "../../kernels/contract.ts";
import { evaluate } from "../../language/filter-pattern/evaluate.ts";
import { termNeedles } from "../../language/filter-pattern/evaluate-terms.ts";
import { glanceAt } from "../../language/filter-pattern/glance.ts";
import { parseFilterPattern } from "../../language/filter-pattern/parse.ts";
import { prefilter } from "../../language/filter-pattern/prefilter.ts";
import type { FilterPattern, TermsPattern } from "../../language/filter-pattern/tree.ts";
import type { LineMatcher } from "../../store/logs/log-store.ts";

const compiled = new Map<string, FilterPattern>();
const REMEMBERED = 300;

/** Parses a pattern, once for the same text; throws as `parseFilterPattern` does. */
export function compiledPattern(source: string): FilterPattern {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const pattern = parseFilterPattern(source);
  compiled.set(source, pattern);
  if (compiled.size > REMEMBERED) compiled.delete(compiled.keys().next().value!);
  return pattern;
}

const NONE = new Uint32Array(0);
const every = (block: LineBlock): Uint32Array => Uint32Array.from({ length: Math.max(0, block.offsets.length - 1) }, (_, i) => i);

/** Finds the lines of a block that match. */
export function lineMatcher(pattern: FilterPattern, kernels: Kernels): LineMatcher {
  if (pattern.kind === "everything") return every;
  if (pattern.kind === "terms") return termsMatcher(pattern, kernels);
  const needed = prefilter(pattern);
  const literals = needed && { all: needed.all, any: needed.any, none: [] };
  return (block) => {
    const candidates = literals === undefined ? every(block) : kernels.matchTerms(literals, block);
    const escaped = pattern.kind === "json" ? kernels.matchTerms(ESCAPED, block) : NONE;
    const lines = needed?.mayEscape && escaped.length > 0 ? eitherOf(candidates, escaped) : candidates;
    if (lines.length === 0) return NONE;
    const text = lineTexts(block);
    if (pattern.kind !== "json") return lines.filter((line) => evaluate(pattern, text(line)).matched);
    const glance = glanceAt(pattern.test, text.all);
    const hidden = new Set(escaped);
    const { offsets } = block;
    return lines.filter(
      (line) => (hidden.has(line) || glance(offsets[line]!, offsets[line + 1]!)) && evaluate(pattern, text(line)).matched,
    );
  };
}

const ESCAPED = { all: [new TextEncoder().encode("\\u")], any: [], none: [] };

/** Ascending, each once. */
function eitherOf(a: Uint32Array, b: Uint32Array): Uint32Array {
  return Uint32Array.from(new Set([...a, ...b])).sort();
}

function termsMatcher(pattern: TermsPattern, kernels: Kernels): LineMatcher {
  const { needles, regexes } = termNeedles(pattern);
  if (needles === undefined) return () => NONE;
  if (regexes.length === 0) return (block) => kernels.matchTerms(needles, block);
  const isAnyOf = regexes.some(({ role }) => role === "optional");
  const others = isAnyOf ? pattern.terms.filter(({ text }) => text !== undefined) : [];
  return (block) => {
    const { bytes, offsets } = block;
    const holds = (line: number) => (term: (typeof regexes)[number]) =>
      term.regex!.matches(bytes, offsets[line]!, offsets[line + 1]!) !== (term.role === "excluded");
    if (!isAnyOf) return kernels.matchTerms(needles, block).filter((line) => regexes.every(holds(line)));
    const found = new Set(others.length === 0 ? [] : lineMatcher({ ...pattern, terms: others }, kernels)(block));
    return every(block).filter((line) => found.has(line) || regexes.some(holds(line)));
  };
}

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
const oneByteEach = new TextDecoder("latin1");

/** The text of a line, by its number; and of the block, a character per byte. */
export interface LineTexts {
  (line: number): string;
  readonly all: string;
}

/**
 * The text of each line. The block is decoded once, a character per byte, so that byte offsets serve as text offsets; only
 * lines with other than ASCII are decoded again, as UTF-8 (a decoder call per line costs over a microsecond in a browser).
 */
export function lineTexts(block: LineBlock): LineTexts {
  const { bytes, offsets } = block;
  // As UTF-8 when that gives a character for every byte: decoders are quickest at that, and nearly all logs are ASCII.
  const whole = utf8.decode(bytes);
  const all = whole.length === bytes.length ? whole : oneByteEach.decode(bytes);
  const text = (line: number): string => {
    const from = offsets[line]!;
    const to = offsets[line + 1]!;
    for (let at = from; at < to; at++) if (bytes[at]! > 127) return utf8.decode(bytes.subarray(from, to));
    return all.slice(from, to);
  };
  return Object.assign(text, { all });
}
