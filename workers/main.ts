/**
 * The browser worker's entry: opens the account, drives its clock by the wall clock and answers the page through comlink.
 * Pulses go over a port of their own, several times a second while something happens and after every command.
 */
import * as Comlink from "comlink";
import type { Account } from "./account/account.ts";
import { type ApiReply, type ApiRequest, MOMENT_MAX, type Via } from "./account/contract.ts";
import type { AccountInfo, CommandWords, NewsStop, Pulse, TurnedBack, UiReply, UiRequest, WorkerApi } from "./api.ts";
import { commandLine } from "./browser/command-line.ts";
import { stageSentence, wordsOf } from "./browser/command-words.ts";
import { fidelityTable } from "./browser/fidelity.ts";
import { createNotices } from "./browser/notices.ts";
import { createPace } from "./browser/pace.ts";
import { createSession, type Session } from "./browser/session.ts";
import { createTicker } from "./browser/ticker.ts";
import { lateKernels } from "./kernels/load.ts";
import { coreModels } from "./model/core-models.ts";
import { InputError, type PlainFailure, ServiceError, toPlainFailure } from "./model/errors.ts";
import type { Models } from "./model/models.ts";
import type { JournalRecord } from "./store/contract.ts";

/** Counts what people say to the clock, so that opening an account does not start a clock that was just stopped. */
let clockOrders = 0;
const pace = createPace();
const notices = createNotices();
const ports = new Set<MessagePort>();
/** A day a second: beyond that, `advance` is the way. */
const FASTEST = 86_400;
let region = "us-east-1";
let lastCommand: Pulse["lastCommand"];
let alarms = { version: -1, region: "", identity: "", count: 0 };

interface Ready {
  readonly models: Models;
  readonly session: Session;
}
const models = coreModels();
const kernels = lateKernels();
/** An empty account needs no kernels: they are loaded once the page has its first answers. */
const KERNELS_AFTER = 1_000;
const ready: Ready = {
  models,
  session: createSession({
    models,
    kernels: kernels.kernels,
    pace,
    notices,
    onSwitch: () => {
      alarms = { version: -1, region: "", identity: "", count: 0 };
      void pulse();
    },
  }),
};

const account = () => {
  try {
    return ready.session.account;
  } catch {
    return undefined; // between two accounts
  }
};
let toldTick = "";
const ticker = createTicker(
  account,
  () => {
    // Told when another second shows or something changed: at 1x nine of ten ticks change nothing on the page.
    const here = account();
    const shows = [Math.floor((here?.now ?? 0) / 1000), ticker.kept, ...Object.values(here?.versions ?? {})].join();
    if (shows === toldTick) return;
    toldTick = shows;
    void pulse();
  },
  (thrown) => {
    notices.add("error", `The clock stopped: ${toPlainFailure(thrown).message}`);
    void pulse();
  },
);

/** Who may not read alarms sees none, nor who was deleted while chosen. */
function noneWhereRefused(thrown: unknown): number {
  if (thrown instanceof ServiceError || thrown instanceof InputError) return 0;
  throw thrown;
}

async function countAlarms(): Promise<number> {
  const here = account();
  if (here === undefined) return 0;
  const version = here.versions.cloudwatch ?? 0;
  const identity = here.identity();
  if (alarms.version !== version || alarms.region !== region || alarms.identity !== identity) {
    const request = {
      service: "cloudwatch",
      operation: "DescribeAlarms",
      input: { StateValue: "ALARM", MaxRecords: 100 },
      region,
      caller: { kind: "screen", principal: identity },
      via: "panel",
    } as const;
    const count = await here.call(request).then(({ output }) => (output.MetricAlarms as unknown[]).length, noneWhereRefused);
    alarms = { version, region, identity, count };
  }
  return alarms.count;
}

function pastOf(here: Account): Pulse["past"] {
  const { undo, redo, aside } = here.past();
  return { setAside: aside.length, canUndo: undo !== undefined, canRedo: redo !== undefined };
}

/** After a change of the past the last command is the journal's last, whatever was shown before. */
async function showLastCommand({ session }: Ready): Promise<void> {
  const record = session.account.journal().at(-1);
  const words = record === undefined ? undefined : wordsOf(await commandLine(), record);
  lastCommand =
    record === undefined || words === undefined
      ? undefined
      : { line: words.text, failed: session.account.wasRefused(record), via: words.via };
}

async function pulse(): Promise<void> {
  const here = account();
  if (here === undefined || ports.size === 0) return;
  const alarmsInAlarm = await countAlarms();
  const { kept } = ticker;
  const message: Pulse = {
    account: here.storage.id,
    clock: here.now,
    start: here.scenario.start,
    playing: ticker.playing,
    speed: ticker.speed,
    ...(kept === undefined ? {} : { kept }),
    versions: { ...here.versions },
    inUse: here.inUse,
    identity: here.identity(),
    region,
    past: pastOf(here),
    ...(lastCommand === undefined ? {} : { lastCommand }),
    alarmsInAlarm,
    ...(pace.progress === undefined ? {} : { progress: pace.progress }),
    notices: notices.list,
  };
  for (const port of ports) port.postMessage(message);
}
setInterval(() => {
  if (pace.progress !== undefined) void pulse();
}, 200);

/** Every answer is followed by a pulse; every failure crosses as plain data. */
async function answered<T>(work: (ready: Ready) => Promise<T>): Promise<T> {
  try {
    return await work(ready);
  } catch (thrown) {
    throw toPlainFailure(thrown) satisfies PlainFailure;
  } finally {
    await pulse();
  }
}

function requestOf(ready: Ready, request: UiRequest, kind: "person" | "screen", via: Via): ApiRequest {
  return {
    service: request.service,
    operation: request.operation,
    input: request.input,
    region: request.region ?? region,
    caller: { kind, principal: ready.session.account.identity() },
    via,
    ...(request.explain === undefined ? {} : { explain: request.explain }),
  };
}

/** A person's command; its `aws` line is shown under the page. */
async function command(ready: Ready, request: UiRequest): Promise<UiReply> {
  const line = (await commandLine()).lineOf(request);
  const via = request.via ?? "form";
  try {
    const reply = await ready.session.account.call(requestOf(ready, request, "person", via));
    lastCommand = { line, failed: false, via };
    return answerOf(ready, reply, line);
  } catch (thrown) {
    lastCommand = { line, failed: true, via };
    throw thrown;
  }
}

/** A panel's read. Its line is made only when asked for (`lineOf`): the first view does without the command line. */
async function read(ready: Ready, request: UiRequest): Promise<UiReply> {
  const reply = await ready.session.account.call(requestOf(ready, request, "screen", request.via ?? "panel"));
  return answerOf(ready, reply, "");
}

function answerOf(ready: Ready, reply: ApiReply, line: string): UiReply {
  const because = reply.because === undefined ? {} : { because: reply.because };
  const answer: UiReply = { output: reply.output, ...because, requestId: reply.requestId, clock: ready.session.account.now, line };
  return Comlink.transfer(answer, buffersOf(reply.output));
}

/** Typed arrays of an answer cross by transfer, not by copy. Only buffers that the view covers whole are handed over. */
function buffersOf(value: unknown, found: ArrayBuffer[] = []): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer && value.byteLength === value.buffer.byteLength && !found.includes(value.buffer))
      found.push(value.buffer);
  } else if (Array.isArray(value)) {
    if (typeof value[0] === "object") for (const inner of value) buffersOf(inner, found);
  } else if (typeof value === "object" && value !== null) {
    for (const inner of Object.values(value)) buffersOf(inner, found);
  }
  return found;
}

function turnBack(which: "undo" | "redo"): Promise<TurnedBack> {
  return answered(async (r) => {
    const record = await pace.during(() => r.session.account[which]());
    if (record === undefined)
      throw new InputError(which === "undo" ? "There is no command to take back." : "There is no command to do again.", { path: which });
    await showLastCommand(r);
    return { ...(await info(r)), command: wordsOf(await commandLine(), record) };
  });
}

function checkedSpeed(speed: number): number {
  if (speed > 0 && speed <= FASTEST) return speed;
  throw new InputError(`The clock runs at more than 0 and at most ${FASTEST} simulated seconds a second.`, {
    path: "speed",
    found: String(speed),
    allowed: `0 to ${FASTEST}`,
  });
}

/** How far the clock runs in search of an event. */
const NEWS_LIMIT = 3_600_000;

/** The clock stands where something was found; a clock that ran goes on where nothing was. */
async function runToNews(here: Account): Promise<NewsStop> {
  const from = here.now;
  if (!(await here.look({ service: "account", view: "news-possible", region }))) return { clock: from, news: [], ended: "idle" };
  const speed = ticker.playing ? ticker.speed : undefined;
  ticker.pause();
  const limit = Math.min(from + NEWS_LIMIT, MOMENT_MAX);
  const news = await here.advanceToNews(limit, region, {
    cancelled: () => pace.cancelled,
    onProgress: (now) =>
      pace.onWork("Running to the next event (minutes)", Math.round((now - from) / 60_000), Math.round((limit - from) / 60_000)),
  });
  const ended = news.length > 0 ? "news" : here.now < limit ? "cancelled" : "limit";
  if (speed !== undefined && ended === "limit") ticker.play(speed);
  await here.saveClock();
  return { clock: here.now, news, ended };
}

/** Reading files is loaded when the first one comes. */
const files = () => import("./browser/files.ts");

const info = ({ session }: Ready): Promise<AccountInfo> => session.info();

const api: WorkerApi = {
  boot: (request) =>
    answered(async ({ session }) => {
      ticker.pause();
      const orders = clockOrders;
      // What has a past is opened with them.
      if (request.kind !== "last" && request.kind !== "new") await kernels.load();
      const opened = await session.boot(request);
      setTimeout(() => void kernels.load(), KERNELS_AFTER);
      region = opened.scenario.region ?? "us-east-1";
      lastCommand = undefined;
      // A fresh account lives at once; one with a past stands where it stood, so that its numbers can be compared. On a
      // reload the page asks for what the clock was doing before.
      if (session.account.journal().length === 0 && orders === clockOrders) ticker.play(1);
      return opened;
    }),
  info: () => answered(info),
  accounts: () => answered(({ session }) => session.accounts()),
  deleteAccount: (id) => answered(({ session }) => session.remove(id)),
  call: (request) => answered((r) => command(r, request)),
  read: async (request) => {
    try {
      return await read(ready, request);
    } catch (thrown) {
      throw toPlainFailure(thrown);
    }
  },
  look: async (question) => {
    try {
      const answer = await ready.session.account.look(question);
      return typeof answer === "object" && answer !== null ? Comlink.transfer(answer, buffersOf(answer)) : answer;
    } catch (thrown) {
      throw toPlainFailure(thrown);
    }
  },
  stage: (command) =>
    answered(async ({ session }) => {
      lastCommand = { line: stageSentence(command), failed: true, via: "form" };
      const answer = await session.account.stage(command, region);
      lastCommand = { ...lastCommand, failed: false };
      return answer;
    }),
  aws: (line) =>
    answered(async ({ session }) => {
      const result = await (await commandLine()).run(session.account, region, line);
      if (line.trim() !== "") lastCommand = { line: line.trim(), failed: result.exitCode !== 0, via: "terminal" };
      return result;
    }),
  complete: (line, cursor) => answered(async ({ session }) => (await commandLine()).complete(session.account, region, line, cursor)),
  lineOf: async (request) => (await commandLine()).lineOf(request),
  play: (speed) =>
    answered(async () => {
      ticker.play(checkedSpeed(speed));
      clockOrders++;
    }),
  setSpeed: (speed) =>
    answered(async () => {
      if (ticker.playing) ticker.play(checkedSpeed(speed));
      else ticker.prepare(checkedSpeed(speed));
    }),
  pause: async () => {
    clockOrders++;
    ticker.pause();
    await pulse();
    await account()?.checkpoint();
  },
  advance: (seconds) =>
    answered(({ session }) =>
      pace.during(async () => {
        const from = session.account.now;
        if (!(seconds >= 0))
          throw new InputError("The clock goes forward only; to go back, rewind.", { path: "seconds", found: String(seconds) });
        const target = from + Math.round(seconds * 1000);
        await session.account.advanceTo(target, {
          cancelled: () => pace.cancelled,
          onProgress: (now) =>
            pace.onWork("Advancing the clock (minutes)", Math.round((now - from) / 60_000), Math.round((target - from) / 60_000)),
        });
        await session.account.saveClock();
      }),
    ),
  rewind: (moment) =>
    answered(async (r) => {
      ticker.pause();
      await pace.during(() => r.session.account.rewind(moment));
      await showLastCommand(r);
      return await info(r);
    }),
  bringBack: () =>
    answered(async (r) => {
      await pace.during(() => r.session.account.bringBack());
      await showLastCommand(r);
      return await info(r);
    }),
  undo: () => turnBack("undo"),
  redo: () => turnBack("redo"),
  past: () =>
    answered(async ({ session }) => {
      const { undo, redo, aside, since } = session.account.past();
      const line = await commandLine();
      const words = (records: readonly JournalRecord[]): CommandWords[] => records.map((record) => wordsOf(line, record));
      return {
        ...(undo === undefined ? {} : { undo: wordsOf(line, undo) }),
        ...(redo === undefined ? {} : { redo: wordsOf(line, redo) }),
        aside: words(aside),
        since: words(since),
      };
    }),
  wouldSetAside: (moment) =>
    answered(async ({ session }) => {
      const { commands, forgotten } = session.account.wouldSetAside(moment);
      const line = commands.length === 0 ? undefined : await commandLine();
      return { commands: line === undefined ? [] : commands.map((record) => wordsOf(line, record)), forgotten };
    }),
  advanceToNews: () => answered(({ session }) => pace.during(() => runToNews(session.account))),
  cancel: async () => pace.cancel(),
  stateHash: (options) => answered(async ({ session }) => session.account.stateHash(options)),
  journal: () => answered(async ({ session }) => session.account.journal()),
  inspectFile: (file, name, mapping) =>
    answered(({ session }) => pace.during(async () => (await files()).inspectBlob(session.account.now, pace, file, name, mapping))),
  attach: (request) =>
    answered(async (r) => {
      // A history is a past: its account stands just after the last event until someone starts the clock.
      const speed = request.mode === "history" && ticker.playing ? ticker.speed : undefined;
      if (speed !== undefined) ticker.pause();
      try {
        await pace.during(async () => (await files()).attachFile(r.session, pace, request, region));
      } catch (thrown) {
        if (speed !== undefined) ticker.play(speed);
        throw thrown;
      }
      return await info(r);
    }),
  supply: (file, name) =>
    answered(async (r) => {
      await pace.during(async () => (await files()).supplyFile(r.session, file, name));
      return await info(r);
    }),
  replayAttachment: (sha256, squeezeMinutes) =>
    answered(async ({ session }) => (await files()).replayAgain(session.account, region, sha256, squeezeMinutes)),
  setRegion: async (wanted) => {
    region = wanted;
    await pulse();
  },
  scenarioFile: (withAttachments, asLines = false) => answered(({ session }) => session.exportFile(withAttachments, asLines)),
  fidelity: () => answered(() => fidelityTable()),
  storage: () => answered(({ session }) => session.account.storage.report()),
  listen: (port) => {
    ports.add(port);
    void pulse();
  },
};

Comlink.expose(api);
