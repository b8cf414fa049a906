/** Which of these pages an address means. */
import { decodedParam } from "../../app/paths.ts";

export type Place =
  | { readonly view: "events" | "rules" | "new-rule" | "buses" | "deliveries" | "sandbox" | "unknown" }
  | { readonly view: "rule" | "edit-rule"; readonly bus: string; readonly rule: string };

const VIEWS = ["rules", "buses", "deliveries", "sandbox"] as const;

/** By the address as it is written: a bus or a rule may be named like a page. */
export function placeOf(path: string): Place {
  const [, , view, bus, rule, verb, ...more] = path.split("/");
  if (view === undefined || view === "") return { view: "events" };
  const known = VIEWS.find((one) => one === view);
  if (known === undefined || more.length > 0) return { view: "unknown" };
  if (bus === undefined) return { view: known };
  if (known !== "rules") return { view: "unknown" };
  if (rule === undefined) return { view: bus === "new" ? "new-rule" : "unknown" };
  const named = { bus: decodedParam(bus) ?? bus, rule: decodedParam(rule) ?? rule };
  if (verb === undefined) return { view: "rule", ...named };
  return verb === "edit" ? { view: "edit-rule", ...named } : { view: "unknown" };
}
