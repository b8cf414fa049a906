/** Small rules of the account: what counts as history, which commands change something, which moments there are. */
import { InputError, ServiceError } from "../model/errors.ts";
import { TornChunk } from "../store/chunk.ts";
import type { JournalRecord } from "../store/contract.ts";
import { StorageFull, StorageUnavailable } from "../store/failure.ts";
import type { Command } from "./commands.ts";
import { MOMENT_MAX, type StageCommand } from "./contract.ts";
import type { House } from "./house.ts";
import type { StageDefinition } from "./stage.ts";

/** Refusals were answered when they happened; a bug, or storage that fails now, must not be passed over in a replay. */
export function isHistory(thrown: unknown): boolean {
  if (thrown instanceof StorageFull || thrown instanceof StorageUnavailable || thrown instanceof TornChunk) return false;
  return thrown instanceof ServiceError || thrown instanceof InputError;
}

/** Throws InputError for a kind that there is not, `constructor` and the like included. */
export function stageOf(stages: Readonly<Record<string, StageDefinition>>, command: StageCommand): StageDefinition {
  const stage = Object.hasOwn(stages, command.kind) ? stages[command.kind] : undefined;
  if (stage !== undefined) return stage;
  throw new InputError(`There is no stage command "${command.kind}".`, {
    path: "kind",
    found: String(command.kind),
    allowed: Object.keys(stages).join(", "),
  });
}

/** Moments are whole milliseconds up to the end of the year 9999; anything else would stop the clock for good. */
export function checkedMoment(moment: number): number {
  if (Number.isInteger(moment) && moment >= 0 && moment <= MOMENT_MAX) return moment;
  throw new InputError("The clock can be set to whole milliseconds between 1970 and the year 9999 only.", {
    path: "moment",
    found: String(moment),
    allowed: `0 to ${MOMENT_MAX}`,
  });
}

/** The AWS service a record calls, if it calls one. */
export function servicesOf(record: JournalRecord): readonly string[] {
  const command = record.command as unknown as Command;
  return command.type === "call" ? [command.service] : [];
}

/** By its operation, whatever came of it. */
export function changesState(house: House, record: JournalRecord): boolean {
  const command = record.command as unknown as Command;
  if (command.type === "stage") return true;
  return house.services.get(command.service)?.operations[command.operation]?.effect === "state";
}
