/**
 * Names and ids of identities. Ids look like AWS's (`AIDA...`, `AROA...`, `ANPA...`); keys end in four letters that follow
 * from the rest, so that a key this account once made is told from a stranger's after it is gone.
 */
import { digestTexts } from "../model/digest.ts";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function letters(hex: string, count: number): string {
  let text = "";
  for (let i = 0; i < count; i++) text += LETTERS[Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) & 31];
  return text;
}

/** Unique id (`AIDA...`): the prefix and 17 letters that follow from account and name. */
export function uniqueId(prefix: string, account: string, name: string): string {
  const hex = digestTexts("principal", account, prefix, name).hex() + digestTexts("principal", name, account, prefix).hex();
  return prefix + letters(hex, 17);
}

const check = (account: string, head: string): string => letters(digestTexts("access key", account, head).hex(), 4);

/** Access key id of 20 letters out of an id of its own. */
export function makeAccessKeyId(prefix: "AKIA" | "ASIA", account: string, hex: string): string {
  const head = prefix + letters(digestTexts("access key id", account, hex).hex(), 12);
  return head + check(account, head);
}

/** Whether the account made this access key id, whatever became of it since. */
export const isOwnAccessKeyId = (account: string, id: string): boolean =>
  /^A[KS]IA[A-Z2-7]{16}$/.test(id) && check(account, id.slice(0, 16)) === id.slice(16);

const SECRET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Secret access key of 40 characters (or another length) out of hex. Shown once and kept nowhere: signatures are not checked. */
export function makeSecret(hex: string, length = 40): string {
  let [text, round] = ["", 0];
  while (text.length < length) {
    const more = digestTexts("secret", hex, String(round++)).hex();
    for (let i = 0; i + 1 < more.length && text.length < length; i += 2) text += SECRET[Number.parseInt(more.slice(i, i + 2), 16) & 63];
  }
  return text;
}
