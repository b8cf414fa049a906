/** Which account the page opens: a link's, else the one used last. A link that cannot be opened never costs someone their own. */
import type { AccountInfo, WorkerApi } from "../../workers/api.ts";
import { asFailure } from "../client/failure.ts";
import { showToast } from "../ui/toasts.ts";
import { resumeClock } from "./kept-clock.ts";
import { linkIn, scenarioOfLink } from "./links.ts";
import { openScenario, withSample } from "./missing-files.ts";
import { APP } from "./strings.ts";

/** Opens what the address asks for and leaves a plain address behind. */
export async function boot(api: WorkerApi, address: Location = location): Promise<AccountInfo> {
  const link = linkIn(address.hash);
  if (link === undefined) return await last(api);
  history.replaceState(null, "", "#/");
  try {
    return opened(await complete(api, await openScenario(api, await scenarioOfLink(link))), true);
  } catch (thrown) {
    const failure = asFailure(thrown);
    showToast({
      severity: "error",
      title: APP.linkFailed,
      text: [failure.message, failure.path === undefined ? "" : `(${failure.path})`, failure.hint ?? ""].filter(Boolean).join(" "),
    });
    return await last(api);
  }
}

async function last(api: WorkerApi): Promise<AccountInfo> {
  const info = await complete(api, await api.boot({ kind: "last" }));
  await resumeClock(api, info.id);
  return opened(info, false);
}

/** Without the sample the account still opens; the page then names it like any other file it lacks. */
async function complete(api: WorkerApi, info: AccountInfo): Promise<AccountInfo> {
  try {
    return await withSample(api, info);
  } catch (thrown) {
    showToast({ severity: "error", text: asFailure(thrown).message });
    return info;
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
    showToast({ severity: "warn", text: APP.missingFiles([...new Set(info.missingFiles.map((file) => file.name))].join(", ")) });
  }
  return info;
}
