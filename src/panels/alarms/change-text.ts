import { valueText } from "../../ui/numbers.ts";
import type { AlarmInput } from "./answers.ts";
import { MEMBER_WORDS, ALARMS_TEXT as T } from "./strings.ts";

/** `datapoints to alarm 3 → 2`; the number of fields where more than one changed; an invitation where none did. */
export function changeText(saved: AlarmInput, draft: AlarmInput, changed: readonly string[]): string {
  const [member] = changed;
  if (member === undefined) return T.noChange;
  if (changed.length > 1) return T.fieldsChanged(changed.length);
  const name = MEMBER_WORDS[member] ?? member;
  const [before, after] = [short(saved[member]), short(draft[member])];
  return before === undefined || after === undefined ? name : `${name} ${before} → ${after}`;
}

function short(value: unknown): string | undefined {
  if (typeof value === "number") return valueText(value);
  return typeof value === "string" && value.length <= 16 ? value : undefined;
}
