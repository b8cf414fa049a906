/**
 * Which mails of the inbox were seen in this browser. Not part of the account: a link or another tab knows nothing of it.
 * Kept per account in localStorage where that is allowed, else for as long as the page is open.
 */
import { type Accessor, createMemo, createSignal } from "solid-js";
import { useClient } from "../client/context.ts";
import { createLook, type Read } from "../client/resource.ts";
import { accountInfo } from "./account-info.ts";

export interface MailHead {
  readonly id: string;
  readonly time: number;
}

const PREFIX = "nephoscope.read.";
/** Marks that are kept; the inbox shows no more mails. */
const MOST = 500;

/** A number is used again after a rewind, for another mail at another time. */
const markOf = (mail: MailHead): string => `${mail.id}.${mail.time}`;

const known = new Map<string, ReadonlySet<string>>();
const [version, setVersion] = createSignal(0);

function readFor(account: string): ReadonlySet<string> {
  const before = known.get(account);
  if (before !== undefined) return before;
  let kept: unknown = [];
  try {
    kept = JSON.parse(localStorage.getItem(PREFIX + account) ?? "[]");
  } catch {
    kept = []; // not allowed or not ours: all count as unread
  }
  const read = new Set<string>(Array.isArray(kept) ? kept.filter((one) => typeof one === "string") : []);
  known.set(account, read);
  return read;
}

/** Whether a mail was not seen yet; live. */
export function isUnread(mail: MailHead): boolean {
  version();
  return !readFor(accountInfo()?.id ?? "").has(markOf(mail));
}

/** Marks mails as seen. */
export function markRead(mails: readonly MailHead[]): void {
  const account = accountInfo()?.id ?? "";
  const before = readFor(account);
  const fresh = mails.map(markOf).filter((mark) => !before.has(mark));
  if (fresh.length === 0) return;
  const read = new Set([...before, ...fresh].slice(-MOST));
  known.set(account, read);
  setVersion((now) => now + 1);
  try {
    localStorage.setItem(PREFIX + account, JSON.stringify([...read]));
  } catch {
    // not allowed here: the marks hold until the page is closed, as the settings do
  }
}

/** How many mails wait to be seen. */
export function useUnreadCount(): Accessor<number> {
  const { pulse } = useClient();
  const inbox: Read<{ readonly mails?: readonly MailHead[] }> = createLook(
    () => {
      const region = pulse()?.region;
      return region === undefined ? undefined : { service: "sns", view: "inbox", region, question: { limit: 200 } };
    },
    { follow: "version", onceInUse: true },
  );
  return createMemo(() => (inbox.data()?.mails ?? []).filter(isUnread).length);
}
