/** Links, by way of `src/share/link-codec.ts`, which is loaded when a link is made or opened. */
import type { PlainFailure, WorkerApi } from "../../workers/api.ts";
import { APP } from "./strings.ts";

/** `#/s/...` of an address or a hash, or undefined. */
export function linkIn(text: string): string | undefined {
  const at = text.indexOf("#/s/");
  return at < 0 ? undefined : text.slice(at);
}

/** The scenario file that a link stands for; a bad link is refused with a sentence. */
export async function scenarioOfLink(link: string): Promise<string> {
  const { decodeLink, LinkError } = await import("../share/link-codec.ts");
  try {
    return await decodeLink(linkIn(link) ?? link);
  } catch (thrown) {
    if (!(thrown instanceof LinkError)) throw thrown;
    throw { kind: "input", code: APP.linkFailed, message: thrown.message } satisfies PlainFailure;
  }
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
  /** State hash of what the link holds. */
  readonly hash: string;
}

/** The open account as a whole address. */
export async function linkOf(api: WorkerApi): Promise<SharedLink> {
  const [{ encodeLink }, file] = await Promise.all([import("../share/link-codec.ts"), api.scenarioFile(false)]);
  // The hash of the moment that the link holds; asked for by itself it would be one of later, when the clock runs.
  const { hash } = JSON.parse(file) as { hash: string };
  const link = `${location.origin}${location.pathname}${await encodeLink(file)}`;
  return { link, length: link.length, hash };
}
