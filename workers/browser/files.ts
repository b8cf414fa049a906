/** Files that a person drops: inspect, attach as history or replay, supply what a link lacks. */
import type { Account } from "../account/account.ts";
import { REGION } from "../account/commands.ts";
import type { AttachRequest, FileInspection, FileMapping } from "../api.ts";
import { InputError } from "../model/errors.ts";
import { createSha256 } from "../model/sha256.ts";
import { checkAttach } from "../world/attach-command.ts";
import { inspectFile } from "../world/files/inspect.ts";
import type { Pace } from "./pace.ts";
import type { Session } from "./session.ts";

/** Largest file taken in. */
export const FILE_LIMIT = 256 * 1024 * 1024;

async function bytesOf(file: Blob, name: string): Promise<Uint8Array> {
  if (file.size > FILE_LIMIT) {
    throw new InputError(`${name} is larger than 256 MB. Split it, or drop the part that matters.`, {
      path: "file",
      found: `${file.size} bytes`,
      allowed: `at most ${FILE_LIMIT} bytes`,
    });
  }
  return new Uint8Array(await file.arrayBuffer());
}

/** What the file holds; nothing is stored. `now` is the clock, for formats without a year. */
export async function inspectBlob(
  now: number,
  pace: Pace,
  file: Blob,
  name: string,
  mapping?: Partial<FileMapping>,
): Promise<FileInspection> {
  return await inspectBytes(now, pace, await bytesOf(file, name), name, mapping);
}

const inspectBytes = (now: number, pace: Pace, bytes: Uint8Array, name: string, mapping?: Partial<FileMapping>): Promise<FileInspection> =>
  inspectFile(bytes, name, mapping, {
    reference: now,
    breathe: pace.breathe,
    onProgress: (done, total) => pace.onWork(`Reading ${name}`, done, total),
    cancelled: () => pace.cancelled,
  });

/**
 * Stores the file, then journals the command that takes it in. History opens a fresh account just after the last event.
 * A file or mapping that cannot be taken in is refused before anything is opened, stored or journaled.
 */
export async function attachFile(session: Session, pace: Pace, request: AttachRequest, region: string): Promise<void> {
  const bytes = await bytesOf(request.file, request.name);
  const { now } = session.account;
  const inspection = await inspectBytes(now, pace, bytes, request.name, request.mapping);
  if (request.trail === true) return await attachTrailFile(session, bytes, inspection, region);
  const { sha256, last = now } = inspection;
  const reference = request.mode === "history" ? Math.floor(last / 1000) * 1000 + 1000 : now;
  const command = {
    kind: "attach",
    sha256,
    name: request.name,
    bytes: bytes.length,
    mapping: { ...request.mapping },
    mode: request.mode,
    reference,
    ...(request.squeezeMinutes === undefined ? {} : { squeezeMinutes: request.squeezeMinutes }),
  };
  checkAttach(command);
  if (request.mode === "history") await session.fresh({ title: request.name, start: reference, region });
  const { account } = session;
  await account.storage.putAttachment({ sha256, name: request.name, bytes: bytes.length }, bytes);
  await account.stage(command, region);
  // Reading a large file again at every opening would cost more than a checkpoint.
  await account.checkpoint();
}

/** A CloudTrail log file: a fresh account just after its last record, in the Region that most of them are of. */
async function attachTrailFile(session: Session, bytes: Uint8Array, inspection: FileInspection, region: string): Promise<void> {
  const { name, sha256, trail } = inspection;
  if (trail?.last === undefined) {
    throw new InputError(`${name} holds no CloudTrail records.`, { path: "file", allowed: '{"Records": [...]}, or one record a line' });
  }
  const home = trail.regions.find(({ name: each }) => REGION.test(each))?.name ?? region;
  await session.fresh({ title: name, start: trail.last + 1000, region: home });
  const { account } = session;
  await account.storage.putAttachment({ sha256, name, bytes: bytes.length }, bytes);
  await account.stage({ kind: "attach-trail", sha256, name, bytes: bytes.length }, home);
  await account.checkpoint();
}

/** Takes bytes of a file that the journal names; anything else is refused with what is lacking. */
export async function supplyFile(session: Session, file: Blob, name: string): Promise<void> {
  const { account } = session;
  const bytes = await bytesOf(file, name);
  const hash = createSha256();
  hash.update(bytes);
  const sha256 = hash.hex();
  const wanted = account.missingFiles.find((m) => m.sha256 === sha256);
  if (wanted === undefined) {
    const lacking = account.missingFiles.map((m) => `${m.name} (${m.bytes} bytes)`).join(", ");
    throw new InputError(`${name} is not the file this account lacks: its content differs. Lacking: ${lacking || "nothing"}.`, {
      path: "file",
      found: sha256,
      allowed: lacking,
    });
  }
  await account.storage.putAttachment({ sha256, name: wanted.name, bytes: bytes.length }, bytes);
  await account.rebuild();
  session.compareWithSender();
  await account.checkpoint();
}

/** Replays an attached file once more from now on: metric filters only look forward. */
export async function replayAgain(account: Account, region: string, sha256: string, squeezeMinutes?: number): Promise<void> {
  const attached = (await account.look({ service: "world", view: "attached", region })) as readonly {
    sha256: string;
    name: string;
    bytes: number;
    mapping: FileMapping;
    reference: number;
  }[];
  const found = attached.find((a) => a.sha256 === sha256);
  if (found === undefined)
    throw new InputError("No such file is attached to this account.", {
      path: "sha256",
      found: sha256,
      allowed: attached.map((a) => a.name).join(", "),
    });
  await account.stage(
    {
      kind: "attach",
      sha256,
      name: found.name,
      bytes: found.bytes,
      mapping: { ...found.mapping },
      mode: "replay",
      reference: found.reference,
      ...(squeezeMinutes === undefined ? {} : { squeezeMinutes }),
    },
    region,
  );
}
