/** Which keys of a request a statement looks at. */
import type { Statement } from "./tree.ts";

const VARIABLE = /\$\{([^}]*)\}/g;

function variables(text: string): readonly string[] {
  return [...text.matchAll(VARIABLE)]
    .map((found) => (found[1] as string).split(",")[0]?.trim() ?? "")
    .filter((key) => key !== "" && key !== "*" && key !== "?" && key !== "$");
}

/** `hasVariables`: the policy is of version 2012-10-17. */
export function statementKeys({ resources, conditions }: Statement, hasVariables: boolean): readonly string[] {
  const keys = conditions.map(({ key }) => key);
  if (!hasVariables) return keys;
  const texts = [...(resources?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  return [...keys, ...texts.flatMap(variables)];
}
