/** The Fidelity page's table: every operation of the API models, and whether it stands in an operation table. */
import type { OperationFidelity } from "../api.ts";
import { SERVICES } from "../engine.ts";
import type { Models } from "../model/models.ts";

export function fidelityTable(models: Models): readonly OperationFidelity[] {
  const rows: OperationFidelity[] = [];
  for (const service of models.services) {
    const table = SERVICES.find((s) => s.name === service)?.operations ?? {};
    for (const operation of Object.keys(models.get(service)?.operations ?? {}).sort()) {
      const entry = table[operation];
      rows.push({ service, operation, built: entry !== undefined, ...(entry === undefined ? {} : { trail: entry.trail }) });
    }
  }
  return rows;
}
