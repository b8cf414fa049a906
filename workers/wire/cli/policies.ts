/** Policies in IAM's answers are percent-encoded JSON texts; the CLI prints them as JSON. */

const NAMES = new Set(["PolicyDocument", "AssumeRolePolicyDocument", "Document"]);

export function withPlainPolicies(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainPolicies);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      NAMES.has(name) && typeof inner === "string" ? plain(inner) : withPlainPolicies(inner),
    ]),
  );
}

const plain = (encoded: string): unknown => JSON.parse(decodeURIComponent(encoded));
