/** JSON that hides as text inside JSON, as in an SNS envelope: members whose text is an object or a list, by name. */
export function embeddedJson(value: unknown): readonly { readonly name: string; readonly value: unknown }[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, text]) => {
    const found = typeof text === "string" ? jsonIn(text) : undefined;
    return found === undefined ? [] : [{ name, value: found }];
  });
}

/** The object or list that a text is, blanks around it allowed; undefined when it is anything else. */
export function jsonIn(text: string): unknown {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed)) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined; // a text that begins with a brace
  }
}
