/** What is known about the open account besides the pulse; panels that change it (import, rewind, delete) set it anew. */
import { createSignal } from "solid-js";
import type { AccountInfo } from "../../workers/api.ts";

const [accountInfo, setAccountInfo] = createSignal<AccountInfo>();

export { accountInfo, setAccountInfo };
