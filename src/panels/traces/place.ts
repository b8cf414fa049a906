/** Which of these pages an address means. */
import { decodedParam } from "../../app/paths.ts";

export type Place = { readonly view: "traces"; readonly id?: string } | { readonly view: "sampling" | "groups" | "unknown" };

export function placeOf(path: string): Place {
  const [, , first, ...more] = path.split("/");
  if (first === undefined || first === "") return { view: "traces" };
  if (more.length > 0) return { view: "unknown" };
  if (first === "sampling" || first === "groups") return { view: first };
  return { view: "traces", id: decodedParam(first) ?? first };
}
