/**
 * The browser worker as the page sees it (through comlink). Types only: `src/` may import this file with `import type`
 * and nothing else from `workers/` except `workers/language`. Every method rejects with a `PlainFailure`.
 */
import type { LookQuestion, Scenario, StageCommand, StateHash, Via } from "./account/contract.ts";
import type { PlainFailure } from "./model/errors.ts";
import type { JournalRecord, StorageReport } from "./store/contract.ts";

export type { AccessTree, TreePolicy, TreeStatement } from "./services/iam/denial.ts";
export type { PolicySource } from "./services/iam/effective.ts";
export type { PrincipalRow, WhyDenied } from "./services/iam/looks.ts";
export type { ExplainAnswer, Suggestion } from "./services/logs/look-explain.ts";
export type { DensityAnswer, GroupSummary, PageAnswer } from "./services/logs/look-page.ts";
export type { PreviewAnswer } from "./services/logs/look-preview.ts";
export type { PlainFailure };

export interface UiRequest {
  readonly service: string;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly region?: string;
  readonly via?: Via;
  readonly explain?: boolean;
}

export interface UiReply {
  readonly output: Readonly<Record<string, unknown>>;
  readonly because?: unknown;
  readonly requestId: string;
  /** Clock when it was answered, epoch ms. */
  readonly clock: number;
  /** The same request as an `aws` line; empty for a panel's read (ask `lineOf`). */
  readonly line: string;
}

/** State of the clock and of the account, told to the page whenever another second shows, something changed, and after every command. */
export interface Pulse {
  /** Under which id the account that is open is kept (`AccountInfo.id`). */
  readonly account: string;
  readonly clock: number;
  readonly start: number;
  readonly playing: boolean;
  /** Speed asked for, simulated seconds per real second. */
  readonly speed: number;
  /** Speed really kept over the last second; undefined when it keeps the asked one. */
  readonly kept?: number;
  /** Grows whenever the state of that service may have changed (`logs`, `cloudwatch` ...). */
  readonly versions: Readonly<Record<string, number>>;
  /** Services that may hold something. One that is not among them has nothing to show, and its code need not be loaded to say so. */
  readonly inUse: readonly string[];
  readonly identity: string;
  readonly region: string;
  /** Commands set aside by undo and rewinding (reads are not counted), and whether undo and redo have one to act on. */
  readonly past: { readonly setAside: number; readonly canUndo: boolean; readonly canRedo: boolean };
  /** Last command as an `aws` line or a sentence, and whether it failed. */
  readonly lastCommand?: { readonly line: string; readonly failed: boolean; readonly via: Via };
  /** Alarms in state ALARM in the chosen Region. */
  readonly alarmsInAlarm: number;
  /** A long task: what, done of total; can be cancelled with `cancel()`. */
  readonly progress?: { readonly what: string; readonly done: number; readonly total: number };
  /** Something the person should know (storage full, second tab ...), newest last. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly id: number;
  readonly severity: "info" | "warn" | "error";
  readonly text: string;
}

export interface AccountInfo {
  readonly id: string;
  readonly title: string;
  readonly scenario: Scenario;
  readonly engine: number;
  readonly clock: number;
  /** Earliest moment rewinding is possible to. */
  readonly rewindFrom: number;
  /** `memory` when nothing can be stored, with the reason as a sentence. */
  readonly storage: StorageReport;
  /** Attachments the journal names but whose bytes are not here. */
  readonly missingFiles: readonly { readonly sha256: string; readonly name: string; readonly bytes: number }[];
  /** For a link: whether the numbers equal the sender's. */
  readonly sameAsSender?: boolean;
  /** The account used last, when another tab holds it: this is a fresh one instead. */
  readonly openElsewhere?: { readonly id: string; readonly title: string };
  /** Commands set aside by undo and rewinding, that can be brought back; reads are not counted. */
  readonly setAside: number;
}

export type BootRequest =
  /** The account used last, or a new empty one. */
  | { readonly kind: "last" }
  | { readonly kind: "new"; readonly scenario?: Partial<Scenario> }
  | { readonly kind: "saved"; readonly id: string; readonly takeOver?: boolean }
  /** A copy of a saved account, e.g. while another tab holds it. */
  | { readonly kind: "copy"; readonly id: string }
  /**
   * The JSON text of a scenario file; a link is unpacked into one by `src/share`. `files` are bytes that the page has at
   * hand for files the scenario may name; those it does not name are left out.
   */
  | { readonly kind: "scenario-file"; readonly text: string; readonly files?: readonly Blob[] };

/** What the worker found out about a file, before anything is stored. */
export interface FileInspection {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly encoding: "utf-8" | "utf-8 with replaced bytes" | "gzip";
  readonly lines: number;
  /** Events after multi-line joining. */
  readonly events: number;
  /** Recognised time format (name of ours), or undefined: evenly spaced. */
  readonly timeFormat?: string;
  readonly timeFormats: readonly { readonly id: string; readonly label: string; readonly share: number }[];
  readonly first?: number;
  readonly last?: number;
  readonly outOfOrder: number;
  readonly sample: readonly { readonly timestamp: number; readonly message: string }[];
  /** Sentences worth telling: replaced bytes, cut lines, no dates ... */
  readonly warnings: readonly string[];
  /** What to attach it as when the person changes nothing: group and stream after the file's name. */
  readonly suggested?: FileMapping;
  /** It is a CloudTrail log file; its records can go into the event history (`AttachRequest.trail`). */
  readonly trail?: TrailInspection;
}

export interface TrailInspection {
  readonly records: number;
  /** Broken ones; `warnings` name them. */
  readonly skipped: number;
  readonly warnings: readonly string[];
  readonly first?: number;
  readonly last?: number;
  /** With how many records, most first. */
  readonly regions: readonly { readonly name: string; readonly records: number }[];
  readonly accounts: readonly { readonly name: string; readonly records: number }[];
}

export interface FileMapping {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Id out of `timeFormats`, or `none` = evenly spaced. */
  readonly timeFormat: string;
  /** Join lines that do not start with a timestamp (or, for `indent`, that start with a blank) to the event before. */
  readonly multiline: "timestamp" | "indent" | "off";
  /** For `none`: seconds between events. */
  readonly spacingSeconds?: number;
}

export interface AttachRequest {
  readonly file: Blob;
  readonly name: string;
  readonly mapping: FileMapping;
  /** `history`: a new account whose clock starts just after the last event. `replay`: an agent tails it from now on. */
  readonly mode: "history" | "replay";
  /** Replay only: shift keeps the spacing, otherwise squeezed into that many minutes. */
  readonly squeezeMinutes?: number;
  /** Into the event history instead of a log group (history only), in the Region that most of its records are of. */
  readonly trail?: true;
}

export interface TerminalResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
  /** Calls of the text that a policy denied, in their order: each with its `because`, an `AccessTree`. */
  readonly denied?: readonly PlainFailure[];
}

export interface Completion {
  /** Range in the line that is replaced. */
  readonly from: number;
  readonly to: number;
  readonly options: readonly {
    readonly text: string;
    readonly kind: "command" | "operation" | "option" | "value" | "resource";
    readonly detail?: string;
    /** AWS has it, this does not (yet). */
    readonly notBuilt?: true;
  }[];
  /** Required options that the line does not have yet (`--threshold`). */
  readonly needed?: readonly string[];
}

export interface OperationFidelity {
  readonly service: string;
  readonly operation: string;
  readonly built: boolean;
  readonly trail?: string;
  /** The IAM action that it takes, of one that is built: not always its own name (`ListObjectsV2` takes `s3:ListBucket`). */
  readonly action?: string;
}

/** One command of a person: the `aws` line, cut where it is very long, or a sentence for what is not AWS. */
export interface CommandWords {
  readonly at: number;
  readonly text: string;
  readonly isLine: boolean;
  readonly via: Via;
}

/** What undo, redo and bringing back are about. Reads and refused commands are in none of it. */
export interface PastInWords {
  readonly undo?: CommandWords;
  readonly redo?: CommandWords;
  /** Set aside, oldest first. */
  readonly aside: readonly CommandWords[];
  /** Commands since: bringing back sets them aside in turn. */
  readonly since: readonly CommandWords[];
}

/** An account after undo or redo, and the command it was about. */
export interface TurnedBack extends AccountInfo {
  readonly command: CommandWords;
}

/** Where running to the next event ended, and why. */
export interface NewsStop {
  readonly clock: number;
  readonly news: readonly { readonly at: number; readonly kind: "alarm" | "event" | "mail" | "replay"; readonly text: string }[];
  /** `idle`: nothing is planned that could become an event, so the clock was left alone. `limit`: nothing for a whole day. */
  readonly ended: "news" | "limit" | "cancelled" | "idle";
}

export interface SavedAccount {
  readonly id: string;
  readonly title: string;
  readonly clock: number;
  readonly lastUsed: number;
}

export interface WorkerApi {
  boot(request: BootRequest): Promise<AccountInfo>;
  info(): Promise<AccountInfo>;
  accounts(): Promise<readonly SavedAccount[]>;
  deleteAccount(id: string): Promise<void>;
  /** A person's command through a form: journaled, audited. */
  call(request: UiRequest): Promise<UiReply>;
  /** A panel's read: pure. */
  read(request: UiRequest): Promise<UiReply>;
  look(question: LookQuestion): Promise<unknown>;
  stage(command: StageCommand): Promise<unknown>;
  /** Runs a line as the terminal does. */
  aws(line: string): Promise<TerminalResult>;
  complete(line: string, cursor: number): Promise<Completion>;
  /** The `aws` line of a request, without running it. */
  lineOf(request: UiRequest): Promise<string>;
  play(speed: number): Promise<void>;
  /** The speed that is asked for from now on; a clock that stands goes on standing. */
  setSpeed(speed: number): Promise<void>;
  pause(): Promise<void>;
  advance(seconds: number): Promise<void>;
  rewind(moment: number): Promise<AccountInfo>;
  bringBack(): Promise<AccountInfo>;
  /** Takes back the last command; rejects when there is none. */
  undo(): Promise<TurnedBack>;
  /** Does the next command again that undo or rewinding set aside; rejects when there is none. */
  redo(): Promise<TurnedBack>;
  past(): Promise<PastInWords>;
  /** What rewinding there would set aside, and how many commands that were set aside before would then be gone. */
  wouldSetAside(moment: number): Promise<{ readonly commands: readonly CommandWords[]; readonly forgotten: number }>;
  /** Runs until something happens that a person waits for, at most a day of the account's clock. */
  advanceToNews(): Promise<NewsStop>;
  cancel(): Promise<void>;
  stateHash(options?: { parts?: boolean }): Promise<StateHash>;
  journal(): Promise<readonly JournalRecord[]>;
  inspectFile(file: Blob, name: string, mapping?: Partial<FileMapping>): Promise<FileInspection>;
  attach(request: AttachRequest): Promise<AccountInfo>;
  /** Gives bytes of a file that the account's link names. */
  supply(file: Blob, name: string): Promise<AccountInfo>;
  /** Replays an attached file again (metric filters only look forward). */
  replayAttachment(sha256: string, squeezeMinutes?: number): Promise<void>;
  /** The Region that forms, panels and terminal use from now on. */
  setRegion(region: string): Promise<void>;
  /** The account as the JSON text of a scenario file, with or without the bytes of attached files. A link is made of it by `src/share`. */
  /** `asLines`: for people, commands as `aws` lines where a line says exactly the same. */
  scenarioFile(withAttachments: boolean, asLines?: boolean): Promise<string>;
  fidelity(): Promise<readonly OperationFidelity[]>;
  storage(): Promise<StorageReport>;
  /** Pulses arrive on this port as messages of type `Pulse`. */
  listen(port: MessagePort): void;
}
