/** What set something off, for the screens: from the cause that services keep (`Context.cause`) to the command or the agenda item. */
import type { JournalRecord } from "../store/contract.ts";
import { type Command, fromPlain } from "./commands.ts";

export type CauseView =
  | {
      readonly kind: "command";
      /** Journal record, and when it ran. */
      readonly record: number;
      readonly at: number;
      /** Who, and by which door. */
      readonly principal: string;
      readonly via: string;
      readonly request: {
        readonly service: string;
        readonly operation: string;
        readonly input: Readonly<Record<string, unknown>>;
        readonly region: string;
      };
    }
  | { readonly kind: "stage"; readonly record: number; readonly at: number; readonly what: string }
  /** The account's own agenda: what a service does by itself when its time has come. */
  | { readonly kind: "agenda"; readonly service: string; readonly what: string; readonly key: string; readonly at: number };

/** Undefined when its command is not in the journal (any more). */
export function causeOf(records: readonly JournalRecord[], cause: string): CauseView | undefined {
  const agenda = /^agenda\/[^/]+\/[^/]+\/([^/]+)\/([^/]+)\/(.*)@(\d+)#\d+$/s.exec(cause);
  if (agenda !== null) {
    const [, service = "", what = "", key = "", at = ""] = agenda;
    return { kind: "agenda", service, what, key, at: Number(at) };
  }
  const id = Number(/^journal\/(\d+)$/.exec(cause)?.[1] ?? Number.NaN);
  const found = records.find((record) => record.id === id);
  if (found === undefined) return undefined;
  const command = found.command as unknown as Command;
  if (command.type === "stage") return { kind: "stage", record: id, at: found.at, what: command.command.kind };
  const { service, operation, region, principal, via } = command;
  const input = fromPlain(command.input) as Readonly<Record<string, unknown>>;
  return { kind: "command", record: id, at: found.at, principal, via, request: { service, operation, input, region } };
}
