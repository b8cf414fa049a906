/** Which account the page opens: a link's, else the one used last. A link that cannot be opened never costs someone their own. */
import type { AccountInfo, WorkerApi } from "../../workers/api.ts";
import { asFailure } from "../client/failure.ts";
import { showToast } from "../ui/toasts.ts";
import { linkIn, scenarioOfLink } from "./links.ts";
import { APP } from "./strings.ts";

/** Opens what the address asks for and leaves a plain address behind. */
export async function boot(api: WorkerApi, address: Location = location): Promise<AccountInfo> {
  const link = linkIn(address.hash);
  if (link === undefined) return opened(await api.boot({ kind: "last" }), false);
  history.replaceState(null, "", "#/");
  try {
    return opened(await api.boot({ kind: "scenario-file", text: await scenarioOfLink(link) }), true);
  } catch (thrown) {
    const failure = asFailure(thrown);
    showToast({
      severity: "error",
      title: APP.linkFailed,
      text: [failure.message, failure.path === undefined ? "" : `(${failure.path})`, failure.hint ?? ""].filter(Boolean).join(" "),
    });
    return opened(await api.boot({ kind: "last" }), false);
  }
}

function opened(info: AccountInfo, isLink: boolean): AccountInfo {
  if (info.storage.kind === "memory") showToast({ severity: "warn", text: info.storage.reason ?? APP.openedMemory });
  for (const repair of info.storage.repairs) showToast({ severity: "warn", text: repair });
  // While a file is lacking the numbers differ for that reason alone, which is said below.
  if (isLink && info.missingFiles.length === 0) {
    const text = info.sameAsSender === undefined ? APP.opened : info.sameAsSender ? APP.sameNumbers : APP.otherNumbers;
    showToast({ severity: info.sameAsSender === false ? "warn" : "ok", text });
  }
  if (info.missingFiles.length > 0) {
    showToast({ severity: "warn", text: APP.missingFiles(info.missingFiles.map((file) => file.name).join(", ")) });
  }
  return info;
}
