/** Runs before the worker: takes away what the worker's name says. */
const trouble = self.name;

// vitest puts this into the entry of a worker, which runs after what it imports.
Object.assign(globalThis, { __vitest_browser_runner__: { wrapDynamicImport: (load: () => unknown) => load() } });

if (trouble === "blocked") {
  IDBFactory.prototype.open = () => {
    throw new DOMException("The user denied permission to access the database.", "SecurityError");
  };
}
if (trouble === "tiny") {
  StorageManager.prototype.estimate = async () => ({ quota: 300_000, usage: 0 });
}
if (trouble === "no locks") Object.defineProperty(navigator, "locks", { value: undefined });
