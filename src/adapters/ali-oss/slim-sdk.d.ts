// The bundle that `rollup.slim-sdk.mjs` makes of `lean/entry.ts`; package.json maps the name to it.
declare module '#slim-sdk' {
  const Client: import('./sdk.js').OssSdk;
  export default Client;
}
