/** The stage command `attach`: take in a file that the account's storage holds. */

import { MOMENT_MAX, type StageCommand } from "../account/contract.ts";
import { shown } from "../account/stage.ts";
import { InputError } from "../model/errors.ts";

export interface AttachMapping {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly timeFormat: string;
  readonly multiline: "timestamp" | "indent" | "off";
  readonly spacingSeconds?: number;
}

export interface AttachCommand {
  readonly kind: "attach";
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  readonly mapping: AttachMapping;
  readonly mode: "history" | "replay";
  /** Replay: squeezed into that many minutes; absent = the file's own spacing. */
  readonly squeezeMinutes?: number;
  /** Formats without a year are read as the newest year in which the last event is not after this moment (epoch ms). */
  readonly reference: number;
}

const refuse = (path: string, rule: string, found: unknown): never => {
  throw new InputError(`This file cannot be attached: ${path} ${rule}.`, { path, found: shown(found), allowed: rule });
};

/** Throws InputError naming the member and the rule. */
export function checkAttach(command: StageCommand): void {
  const { sha256, name, bytes, mapping, mode, squeezeMinutes, reference } = command as Partial<AttachCommand>;
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) refuse("sha256", "must be 64 hexadecimal digits", sha256);
  if (typeof name !== "string" || name.length === 0 || name.length > 255)
    refuse("name", "must be a file name of 1 to 255 characters", name);
  if (!Number.isInteger(bytes) || (bytes as number) <= 0) refuse("bytes", "must be the file's size", bytes);
  if (mode !== "history" && mode !== "replay") refuse("mode", "must be history or replay", mode);
  if (!(Number.isInteger(reference) && (reference as number) >= 0 && (reference as number) <= MOMENT_MAX))
    refuse("reference", "must be a moment in epoch milliseconds", reference);
  if (squeezeMinutes !== undefined && !(squeezeMinutes > 0 && squeezeMinutes <= 10_080))
    refuse("squeezeMinutes", "must be more than 0 and at most a week (10080)", squeezeMinutes);
  if (typeof mapping !== "object" || mapping === null) refuse("mapping", "must be an object", mapping);
  const map = mapping as Partial<AttachMapping>;
  if (typeof map.logGroupName !== "string" || !/^[.\-_/#A-Za-z0-9]{1,512}$/.test(map.logGroupName)) {
    refuse("mapping.logGroupName", "may hold letters, digits and . - _ / #, 1 to 512 characters", map.logGroupName);
  }
  if (typeof map.logStreamName !== "string" || !/^[^:*]{1,512}$/.test(map.logStreamName))
    refuse("mapping.logStreamName", "may not hold : or *, 1 to 512 characters", map.logStreamName);
  if (typeof map.timeFormat !== "string") refuse("mapping.timeFormat", "must name a time format or none", map.timeFormat);
  if (map.multiline !== "timestamp" && map.multiline !== "indent" && map.multiline !== "off")
    refuse("mapping.multiline", "must be timestamp, indent or off", map.multiline);
  if (map.spacingSeconds !== undefined && !(map.spacingSeconds >= 0.001 && map.spacingSeconds <= 86_400))
    refuse("mapping.spacingSeconds", "must be between 0.001 and 86400", map.spacingSeconds);
}
