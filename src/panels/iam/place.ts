/** Which of these pages an address means. */
import { decodedParam } from "../../app/paths.ts";

export type Place =
  | { readonly view: "principals" | "policies" | "simulator" | "unknown" }
  | { readonly view: "user" | "role" | "policy"; readonly name: string };

const ONE = { users: "user", roles: "role", policies: "policy" } as const;

export function placeOf(path: string): Place {
  const [, , view = "", name, ...more] = path.split("/");
  if (more.length > 0) return { view: "unknown" };
  if (view === "" && name === undefined) return { view: "principals" };
  if (name === undefined) return { view: view === "policies" || view === "simulator" ? view : "unknown" };
  const one = Object.hasOwn(ONE, view) ? ONE[view as keyof typeof ONE] : undefined;
  return one === undefined ? { view: "unknown" } : { view: one, name: decodedParam(name) ?? name };
}
