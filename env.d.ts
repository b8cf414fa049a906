/// <reference types="vite/client" />
/** An AssemblyScript entry compiled by `assembly/build/asc.ts`; the default export is the URL of the wasm. */
declare module "*?asc" {
  const url: string;
  export default url;
}
declare module "*?asc-scalar" {
  const url: string;
  export default url;
}
