/**
 * The simulated surroundings of the account. Until the living shop stands that is one kind of agent: the one that reads
 * an attached file and ships its lines to CloudWatch Logs, as history or from now on.
 *
 * A replay keeps its place in a document (`replay`), so that it is part of the state; the file's columns are a cache,
 * read again from the attachment when needed (the clock stands meanwhile: agenda work over raw files is a barrier).
 */

import type { StageCommand } from "../account/contract.ts";
import type { StageDefinition, StageTools } from "../account/stage.ts";
import { InputError, ServiceError } from "../model/errors.ts";
import type { Context, ServiceDefinition } from "../services/contract.ts";
import type { Attachment } from "../store/contract.ts";
import { type AttachCommand, checkAttach } from "./attach-command.ts";
import { batchRows, takeRows } from "./files/batches.ts";
import type { EventColumns } from "./files/events.ts";
import { dueRows, planReplay, type ReplayPlan, shiftedStamps } from "./replay-agent.ts";

/** How often the agent on the host ships what it has read (the CloudWatch agent's default is 5 s). */
export const FLUSH_INTERVAL = 5_000;

/** Where one replay stands. */
export interface ReplayDoc {
  readonly sha256: string;
  readonly name: string;
  readonly mapping: AttachCommand["mapping"];
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly plan: ReplayPlan;
  /** Rows already shipped. */
  readonly shipped: number;
  readonly rows: number;
}

export interface FileSource {
  attachment(sha256: string): Promise<{ info: Attachment; bytes: Uint8Array } | undefined>;
}

export interface World {
  readonly service: ServiceDefinition;
  readonly attach: StageDefinition;
}

export function createWorld(files: FileSource): World {
  const cache = new Map<string, EventColumns>();

  /** Columns of an attached file under a mapping; undefined when the bytes are not here. */
  const columnsOf = async (sha256: string, mapping: AttachCommand["mapping"], reference: number): Promise<EventColumns | undefined> => {
    const key = JSON.stringify([sha256, mapping, reference]);
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    const found = await files.attachment(sha256);
    if (found === undefined) return undefined;
    // The readers of files are loaded when the first file comes.
    const { readEvents } = await import("./files/events.ts");
    const columns = await readEvents(found.bytes, mapping, { reference });
    if (cache.size >= 3) cache.delete(cache.keys().next().value as string);
    cache.set(key, columns);
    return columns;
  };

  const flush = async (ctx: Context, key: string): Promise<void> => {
    const replays = ctx.docs<ReplayDoc>("replay");
    const doc = replays.get(key);
    if (doc === undefined) return;
    const columns = await columnsOf(doc.sha256, doc.mapping, doc.plan.reference);
    if (columns === undefined) return; // the file is not in this browser; the account says which one it lacks
    const due = dueRows(doc.plan, columns.timestamps, doc.shipped, ctx.now);
    for (const [from, to] of batchRows(columns, doc.shipped, due)) {
      const rows = takeRows(columns, from, to);
      ctx.emit({
        service: "logs",
        operation: "PutLogEvents",
        columns: {
          logGroupName: doc.logGroupName,
          logStreamName: doc.logStreamName,
          ...rows,
          timestamps: shiftedStamps(doc.plan, rows.timestamps),
        },
      });
    }
    replays.put(key, { ...doc, shipped: due });
    if (due < columns.timestamps.length) ctx.schedule({ at: ctx.now + FLUSH_INTERVAL, kind: "flush", key });
  };

  const attach: StageDefinition = {
    service: "world",
    check: checkAttach,
    async run(tools, command) {
      const wanted = command as StageCommand & AttachCommand;
      const file = { sha256: wanted.sha256, name: wanted.name, bytes: wanted.bytes };
      const columns = await columnsOf(wanted.sha256, wanted.mapping, wanted.reference);
      if (columns === undefined) {
        tools.missing(file);
        return { missing: true };
      }
      await makeStream(tools, wanted.mapping);
      return wanted.mode === "history" ? await shipHistory(tools, wanted, columns) : startReplay(tools, wanted, columns);
    },
  };

  const service: ServiceDefinition = {
    name: "world",
    principal: "agent",
    callerKind: "simulated",
    eventSource: "",
    operations: {},
    agenda: { flush: (ctx, item) => flush(ctx, item.key) },
    looks: {
      /** Files the account has taken in, with how far each replay is. */
      replays: (ctx) =>
        ctx
          .docs<ReplayDoc>("replay")
          .entries()
          .map(([id, doc]) => ({ id, ...doc })),
      attached: (ctx) => ctx.docs<AttachedDoc>("attached").values(),
    },
  };
  return { service, attach };
}

export interface AttachedDoc extends Attachment {
  readonly mapping: AttachCommand["mapping"];
  readonly mode: "history" | "replay";
  readonly events: number;
  /** From the first event to the last in the file, ms. */
  readonly span: number;
  readonly reference: number;
  readonly at: number;
}

/** The agent makes group and stream when they are not there, as the real one does. */
async function makeStream(tools: StageTools, mapping: AttachCommand["mapping"]): Promise<void> {
  const make = async (operation: string, input: Readonly<Record<string, unknown>>): Promise<void> => {
    try {
      await tools.call({ service: "logs", operation, input });
    } catch (thrown) {
      if (!(thrown instanceof ServiceError && thrown.code === "ResourceAlreadyExistsException")) throw thrown;
    }
  };
  const { logGroupName, logStreamName } = mapping;
  await make("CreateLogGroup", { logGroupName });
  await make("CreateLogStream", { logGroupName, logStreamName });
}

function remember(tools: StageTools, command: AttachCommand, { timestamps }: EventColumns): void {
  const { sha256, name, bytes, mapping, mode, reference } = command;
  tools.ctx.docs<AttachedDoc>("attached").put(`${sha256}/${mapping.logGroupName}/${mapping.logStreamName}`, {
    sha256,
    name,
    bytes,
    mapping,
    mode,
    events: timestamps.length,
    span: (timestamps[timestamps.length - 1] ?? 0) - (timestamps[0] ?? 0),
    reference,
    at: tools.ctx.now,
  });
}

/** All lines at once, as if an agent had shipped them when they happened. */
async function shipHistory(tools: StageTools, command: AttachCommand, columns: EventColumns): Promise<unknown> {
  const { logGroupName, logStreamName } = command.mapping;
  const total = columns.timestamps.length;
  for (const [from, to] of batchRows(columns, 0, total)) {
    await tools.call({
      service: "logs",
      operation: "PutLogEvents",
      columns: { logGroupName, logStreamName, ...takeRows(columns, from, to), history: true },
    });
    const pause = tools.breathe();
    if (pause !== undefined) {
      tools.progress("Importing log events", to, total);
      await pause;
    }
  }
  remember(tools, command, columns);
  return { events: total };
}

function startReplay(tools: StageTools, command: AttachCommand, columns: EventColumns): unknown {
  const { ctx } = tools;
  const rows = columns.timestamps.length;
  if (rows === 0) throw new InputError("The file holds no events to replay.", { path: "file" });
  const plan = planReplay(columns.timestamps, {
    start: ctx.now,
    reference: command.reference,
    ...(command.squeezeMinutes === undefined ? {} : { squeezeMinutes: command.squeezeMinutes }),
  });
  const key = ctx.id("replay");
  const { sha256, name, mapping } = command;
  ctx
    .docs<ReplayDoc>("replay")
    .put(key, { sha256, name, mapping, logGroupName: mapping.logGroupName, logStreamName: mapping.logStreamName, plan, shipped: 0, rows });
  ctx.schedule({ at: ctx.now + FLUSH_INTERVAL, kind: "flush", key });
  remember(tools, command, columns);
  return { replay: key, events: rows, ends: plan.end };
}
