// The bundle that `rollup.lean-sdk.mjs` makes of `lean/entry.ts`; package.json maps the name to it.
declare module '#lean-sdk' {
  const Client: import('./sdk.js').OssSdk;
  export default Client;
}
