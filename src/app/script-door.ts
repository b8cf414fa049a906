/** `window.nephoscope`: the door for scripts in the page (teachers, tests, developer tools). Not there in embed mode. */
import type { StateHash } from "../../workers/account/contract.ts";
import type { AccountInfo, TerminalResult, WorkerApi } from "../../workers/api.ts";
import { setAccountInfo } from "./account-info.ts";
import { linkOf, scenarioOfLink } from "./links.ts";

export interface ScriptDoor {
  /** Runs a line as the terminal does; `aws` in front may be left out. */
  aws(line: string): Promise<TerminalResult>;
  readonly clock: {
    advance(seconds: number): Promise<void>;
    play(speed?: number): Promise<void>;
    pause(): Promise<void>;
  };
  stateHash(options?: { parts?: boolean }): Promise<StateHash>;
  /** Opens a link (`#/s/...` or a whole address). */
  open(link: string): Promise<AccountInfo>;
  /** The account as a whole address. */
  link(): Promise<string>;
}

declare global {
  interface Window {
    nephoscope?: ScriptDoor;
  }
}

export function openScriptDoor(api: WorkerApi): ScriptDoor {
  const door: ScriptDoor = {
    aws: (line) => api.aws(/^\s*aws\s/.test(line) ? line : `aws ${line}`),
    clock: {
      advance: (seconds) => api.advance(seconds),
      play: (speed = 1) => api.play(speed),
      pause: () => api.pause(),
    },
    stateHash: (options) => api.stateHash(options),
    open: async (link) => {
      const info = await api.boot({ kind: "scenario-file", text: await scenarioOfLink(link) });
      setAccountInfo(info);
      return info;
    },
    link: async () => (await linkOf(api)).link,
  };
  window.nephoscope = door;
  return door;
}
