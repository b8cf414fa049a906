/** Patterns of policies: `*` any run, `?` one character, and variables (facts iam §3). */

export type ContextValue = string | number | boolean | readonly (string | number | boolean)[];
export type RequestContext = Readonly<Record<string, ContextValue | undefined>>;

/** Looks a key up without regard to case. */
export function contextValue(context: RequestContext, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() !== wanted || value === undefined) continue;
    return (Array.isArray(value) ? value : [value]).map(String);
  }
  return undefined;
}

const ANY = Symbol("*");
const ONE = Symbol("?");
export type Glob = readonly (string | typeof ANY | typeof ONE)[];

/**
 * A pattern as characters and wildcards; what a variable brings is never a wildcard. Undefined where a variable has no value:
 * such an element matches nothing. Without `context` nothing is a variable (policies before 2012-10-17).
 */
export function compileGlob(pattern: string, context?: RequestContext): Glob | undefined {
  const glob: (string | typeof ANY | typeof ONE)[] = [];
  for (let at = 0; at < pattern.length; ) {
    const variable = context === undefined ? null : /^\$\{([^}]*)\}/.exec(pattern.slice(at));
    if (variable !== null) {
      const value = variableValue((variable[1] as string).trim(), context as RequestContext);
      if (value === undefined) return undefined;
      glob.push(...value);
      at += variable[0].length;
      continue;
    }
    const character = pattern[at] as string;
    glob.push(character === "*" ? ANY : character === "?" ? ONE : character);
    at++;
  }
  return glob;
}

function variableValue(inner: string, context: RequestContext): string | undefined {
  if (inner === "*" || inner === "?" || inner === "$") return inner;
  const [, key = "", fallback] = /^([^,]+?)\s*(?:,\s*'([^']*)')?$/.exec(inner) ?? [];
  const found = contextValue(context, key);
  return found?.length === 1 ? found[0] : fallback;
}

/** Whether the whole text fits. */
export function globMatches(text: string, glob: Glob): boolean {
  // The last star seen, and where in the text it may begin to take more.
  let [star, taken] = [-1, 0];
  let [at, g] = [0, 0];
  while (at < text.length) {
    const want = glob[g];
    if (want === ANY) {
      star = g++;
      taken = at;
    } else if (g < glob.length && (want === ONE || want === text[at])) {
      at++;
      g++;
    } else if (star >= 0) {
      g = star + 1;
      at = ++taken;
    } else return false;
  }
  while (glob[g] === ANY) g++;
  return g === glob.length;
}

export function fitsPattern(text: string, pattern: string, context?: RequestContext): boolean {
  const glob = compileGlob(pattern, context);
  return glob !== undefined && globMatches(text, glob);
}

/** Actions have no case. */
export const fitsAction = (action: string, pattern: string): boolean => fitsPattern(action.toLowerCase(), pattern.toLowerCase());

/** The six parts of an ARN one by one; the sixth may hold colons. */
export function fitsArn(text: string, pattern: string, context?: RequestContext): boolean {
  const parts = (arn: string): readonly string[] => {
    const all = arn.split(":");
    return [...all.slice(0, 5), all.slice(5).join(":")];
  };
  const [found, wanted] = [parts(text), parts(pattern)];
  return text.split(":").length >= 6 && wanted.every((part, i) => fitsPattern(found[i] as string, part, context));
}
