/** The Fidelity page's table: every operation of the API models, and whether it stands in an operation table. */
import type { OperationFidelity } from "../api.ts";
import { loadServices } from "../engine.ts";
import { loadModels } from "../model/models.ts";

export async function fidelityTable(): Promise<readonly OperationFidelity[]> {
  const [services, models] = await Promise.all([loadServices(), loadModels()]);
  const rows: OperationFidelity[] = [];
  for (const service of models.services) {
    const table = services.find((s) => s.name === service)?.operations ?? {};
    for (const operation of Object.keys(models.get(service)?.operations ?? {}).sort()) {
      const entry = table[operation];
      rows.push({
        service,
        operation,
        built: entry !== undefined,
        ...(entry === undefined ? {} : { trail: entry.trail, action: entry.action }),
      });
    }
  }
  return rows;
}
