/** Which of these pages an address means. */
import { decodedParam } from "../../app/paths.ts";

export type Place =
  | { readonly view: "trails" | "new" | "buckets" | "unknown" }
  | { readonly view: "trail" | "bucket"; readonly name: string };

export function placeOf(path: string): Place {
  const [, , view = "", name, ...more] = path.split("/");
  if (more.length > 0) return { view: "unknown" };
  if (name === undefined) return { view: view === "" ? "trails" : view === "new" || view === "buckets" ? view : "unknown" };
  const one = view === "trail" ? "trail" : view === "buckets" ? "bucket" : undefined;
  return one === undefined ? { view: "unknown" } : { view: one, name: decodedParam(name) ?? name };
}
