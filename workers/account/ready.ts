/** Services that are loaded when they are first used. What is loaded has no part in the state: only the code comes later. */
import { Bug } from "../model/errors.ts";
import type { MaybePromise } from "../store/contract.ts";
import type { House } from "./house.ts";

/** Has the service of that name at hand; nothing to wait for where it is loaded, or none of ours. */
export function ready(house: House, name: string): MaybePromise<void> {
  const lazy = house.lazy.get(name);
  const { models } = house;
  const isThere = house.services.has(name) && models.isWhole?.(name) !== false;
  return lazy === undefined || isThere ? undefined : load(house, name);
}

/** Has all services at hand. */
export async function allReady(house: House, names: Iterable<string> = house.lazy.keys()): Promise<void> {
  await Promise.all([...new Set(names)].map((name) => ready(house, name)));
}

async function load(house: House, name: string): Promise<void> {
  const lazy = house.lazy.get(name);
  if (lazy === undefined) throw new Bug(`${name} is not loaded later`);
  const [service] = await Promise.all([lazy.load(), house.models.load?.(name)]);
  const kinds = Object.keys(service.agenda ?? {});
  if (kinds.join() !== (lazy.agenda ?? []).join())
    throw new Bug(`${name} has the agenda kinds ${kinds}, and was announced with ${lazy.agenda}`);
  house.services.set(name, service);
}
