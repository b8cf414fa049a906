/** The stage command `attach-trail`: a CloudTrail log file that the account's storage holds comes into the event history. */
import { MOMENT_MAX, type StageCommand } from "../account/contract.ts";
import { type StageDefinition, shown } from "../account/stage.ts";
import { InputError } from "../model/errors.ts";

export interface AttachTrailCommand {
  readonly kind: "attach-trail";
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

function check(command: StageCommand): void {
  const { sha256, name, bytes } = command as Partial<AttachTrailCommand>;
  const refuse = (path: string, rule: string, found: unknown): never => {
    throw new InputError(`This file cannot be attached: ${path} ${rule}.`, { path, found: shown(found), allowed: rule });
  };
  if (typeof sha256 !== "string" || !/^[0-9a-f]{64}$/.test(sha256)) refuse("sha256", "must be 64 hexadecimal digits", sha256);
  if (typeof name !== "string" || name.length === 0 || name.length > 255)
    refuse("name", "must be a file name of 1 to 255 characters", name);
  if (!Number.isSafeInteger(bytes) || (bytes as number) <= 0 || (bytes as number) > MOMENT_MAX)
    refuse("bytes", "must be the file's size", bytes);
}

export const attachTrail: StageDefinition = {
  // The records are CloudTrail's, and so is what is remembered of the file.
  service: "cloudtrail",
  check,
  async run(tools, command) {
    const { sha256, name, bytes } = command as StageCommand & AttachTrailCommand;
    const found = await tools.attachment(sha256);
    if (found === undefined) {
      tools.missing({ sha256, name, bytes });
      return { missing: true };
    }
    // What reads files is loaded when the first file comes.
    const [{ decodeText }, { readRecords }, { importedDocs, importRecord }] = await Promise.all([
      import("./files/decode.ts"),
      import("./files/trail-records.ts"),
      import("../services/cloudtrail/imported.ts"),
    ]);
    const { ctx } = tools;
    const hooks = {
      reference: ctx.now,
      breathe: () => tools.breathe(),
      onProgress: (done: number, total: number) => tools.progress("Importing records", done, total),
    };
    const text = await decodeText(found.bytes, name, hooks);
    const places = { history: 0, other: 0, "too-old": 0 };
    const strange = new Map<string, number>();
    const read = await readRecords(text.bytes, hooks, (record) => {
      const taken = importRecord(ctx, record);
      if ("trouble" in taken) return taken.trouble;
      places[taken.place]++;
      if (taken.strangeRegion !== undefined) strange.set(taken.strangeRegion, (strange.get(taken.strangeRegion) ?? 0) + 1);
      return undefined;
    });
    const imported = {
      sha256,
      name,
      bytes,
      taken: places.history,
      otherEvents: places.other,
      tooOld: places["too-old"],
      skipped: read.skipped,
      warnings: [...text.warnings, ...read.warnings, ...strangeRegions(strange, ctx.region)],
      at: ctx.now,
    };
    importedDocs(ctx).put(sha256, imported);
    return imported;
  },
};

const strangeRegions = (strange: ReadonlyMap<string, number>, home: string): readonly string[] =>
  [...strange].map(
    ([region, records]) =>
      `${records} of its records ${records === 1 ? "names" : "name"} the Region ${region}, which AWS does not have: they stand in the event history of ${home}.`,
  );
