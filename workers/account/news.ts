/**
 * What somebody who lets the clock run waits for: an alarm that changes its state, an event on the bus, mail, the end of
 * a replay. Found by comparing the account's documents with how far they were read before; pure.
 */
import type { House } from "./house.ts";

export interface News {
  readonly at: number;
  readonly kind: "alarm" | "event" | "mail" | "replay";
  readonly text: string;
}

interface HistoryDoc {
  readonly AlarmName: string;
  readonly HistoryItemType: string;
  readonly HistoryData: string;
}
interface PassedDoc {
  readonly envelope: { readonly source: string; readonly "detail-type": string };
}
interface MailDoc {
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
}
interface ReplayDoc {
  readonly name: string;
  readonly shipped: number;
  readonly rows: number;
}

/** Services whose changes can be news. */
const SERVICES = ["cloudwatch", "events", "sns", "world"] as const;

/** Kinds of agenda items out of which news can come. Where none is planned, nothing will happen by itself. */
const SOURCES = new Set(["world/flush", "cloudwatch/evaluate", "logs/defaultValue"]);

export function newsIsPossible(house: House): boolean {
  return house.agenda.items().some((item) => SOURCES.has(`${item.service}/${item.kind}`));
}

/** Answers a function that tells what is new in the Region since it was asked last; the first asking is done here. */
export function watchNews(house: House, region: string): (house: House) => readonly News[] {
  const docsOf = <D extends object>(here: House, service: string, kind: string) =>
    here.documents.open<D>(`${here.account}/${region}/${service}/${kind}`, false, () => undefined);
  /** Ids after `seen`, ascending. */
  const after = (ids: readonly string[], seen: string): readonly string[] => {
    let from = ids.length;
    while (from > 0 && (ids[from - 1] as string) > seen) from--;
    return ids.slice(from);
  };

  const reader = <D extends object>(service: string, kind: string, say: (doc: D) => Omit<News, "at"> | undefined) => {
    let seen = docsOf<D>(house, service, kind).ids().at(-1) ?? "";
    return (here: House): readonly News[] => {
      const docs = docsOf<D>(here, service, kind);
      const fresh = after(docs.ids(), seen);
      seen = fresh.at(-1) ?? seen;
      return fresh.flatMap((id) => {
        const told = say(docs.get(id) as D);
        return told === undefined ? [] : [{ at: here.now, ...told }];
      });
    };
  };
  const running = (here: House): ReadonlyMap<string, ReplayDoc> =>
    new Map(
      docsOf<ReplayDoc>(here, "world", "replay")
        .entries()
        .filter(([, doc]) => doc.shipped < doc.rows),
    );
  let replays = running(house);
  const replaysEnded = (here: House): readonly News[] => {
    const now = running(here);
    const ended = [...replays].filter(([key]) => !now.has(key));
    replays = now;
    return ended.map(([, doc]) => ({ at: here.now, kind: "replay", text: `the replay of ${doc.name} ended` }));
  };

  const readers = [
    reader<HistoryDoc>("cloudwatch", "history", (doc) =>
      doc.HistoryItemType === "StateUpdate" ? { kind: "alarm", text: `alarm ${doc.AlarmName} went to ${newState(doc)}` } : undefined,
    ),
    // What an alarm tells the bus is the same news.
    reader<PassedDoc>("events", "passed", ({ envelope }) =>
      envelope.source === "aws.cloudwatch" ? undefined : { kind: "event", text: `event ${envelope["detail-type"]} of ${envelope.source}` },
    ),
    reader<MailDoc>("sns", "mail", (mail) =>
      mail.kind === "notification" ? { kind: "mail", text: `mail to ${mail.to}: ${mail.subject}` } : undefined,
    ),
    replaysEnded,
  ];
  let versions = "";
  return (here) => {
    const now = SERVICES.map((service) => here.versions[service] ?? 0).join(".");
    if (now === versions) return [];
    versions = now;
    return readers.flatMap((read) => read(here));
  };
}

function newState(doc: HistoryDoc): string {
  return (JSON.parse(doc.HistoryData) as { readonly newState: { readonly stateValue: string } }).newState.stateValue;
}
