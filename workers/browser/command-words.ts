/** What people did, in words for the screen: a request as its `aws` line, anything else as a sentence. */
import type { Command } from "../account/commands.ts";
import { requestOf } from "../account/commands.ts";
import type { CommandWords } from "../api.ts";
import type { JournalRecord } from "../store/contract.ts";
import type { CommandLine } from "./command-line.ts";

/** Longer ones (ten thousand log events in one line) are cut: the words name a command, they do not repeat it. */
const LONGEST = 300;

export function wordsOf(line: CommandLine, record: JournalRecord): CommandWords {
  const command = record.command as unknown as Command;
  if (command.type === "stage") return { at: record.at, text: stageSentence(command.command), isLine: false, via: "form" };
  const text = line.lineOf(requestOf(command));
  return { at: record.at, text: text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text, isLine: true, via: command.via };
}

export function stageSentence(command: { readonly kind: string; readonly [member: string]: unknown }): string {
  if (command.kind === "identity") return `Act as ${String(command.principal)}`;
  if (command.kind === "attach") {
    const into = (command.mapping as { readonly logGroupName?: string } | undefined)?.logGroupName;
    const where = into === undefined ? "" : ` into ${into}`;
    return command.mode === "replay" ? `Replay ${String(command.name)}${where}` : `Import ${String(command.name)}${where}`;
  }
  if (command.kind === "attach-trail") return `Import ${String(command.name)} into the event history`;
  return `Stage command ${command.kind}`;
}
