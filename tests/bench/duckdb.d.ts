/** The little of DuckDB-wasm and Apache Arrow that the benchmark uses: they are not part of the ordinary install. */
declare module "@duckdb/duckdb-wasm" {
  export class ConsoleLogger {
    constructor(level?: number);
  }
  export interface Connection {
    query(sql: string): Promise<{ readonly numRows: number; get(row: number): { toJSON(): Record<string, unknown> } | null }>;
    insertArrowTable(table: unknown, options: { name: string; create: boolean }): Promise<void>;
    close(): Promise<void>;
  }
  export class AsyncDuckDB {
    constructor(logger: ConsoleLogger, worker: Worker);
    instantiate(wasmUrl: string): Promise<null>;
    connect(): Promise<Connection>;
    terminate(): Promise<void>;
  }
}
declare module "apache-arrow" {
  export function tableFromArrays(columns: Record<string, Float64Array>): unknown;
}
