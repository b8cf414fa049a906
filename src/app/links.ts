/**
 * Links, by way of `src/share/link.ts` (loaded when a link is made or opened): `unpackLink` turns the text of a link into the JSON
 * of a scenario file and refuses a bad one with an InputError; `packLink` turns a scenario file into `#/s/...`.
 */
import type { WorkerApi } from "../../workers/api.ts";

interface ShareModule {
  readonly unpackLink: (link: string) => Promise<string>;
  readonly packLink: (scenarioFile: string) => Promise<string>;
}

const found = import.meta.glob<ShareModule>("../share/link.ts");

async function shareModule(): Promise<ShareModule> {
  const load = found["../share/link.ts"];
  if (load === undefined) throw new Error("This build cannot make or open links.");
  return load();
}

/** `#/s/...` of an address or a hash, or undefined. */
export function linkIn(text: string): string | undefined {
  const at = text.indexOf("#/s/");
  return at < 0 ? undefined : text.slice(at);
}

/** The scenario file that a link stands for. */
export async function scenarioOfLink(link: string): Promise<string> {
  return (await shareModule()).unpackLink(linkIn(link) ?? link);
}

export interface SharedFile {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

export interface SharedLink {
  /** A whole address. */
  readonly link: string;
  readonly length: number;
  readonly hash: string;
}

/** The open account as a whole address. */
export async function linkOf(api: WorkerApi): Promise<SharedLink> {
  const [{ packLink }, file, { hash }] = await Promise.all([shareModule(), api.scenarioFile(false), api.stateHash()]);
  const link = `${location.origin}${location.pathname}${await packLink(file)}`;
  return { link, length: link.length, hash };
}
