// The bundle that `rollup.slim-sdk.mjs` builds from `slim/entry.ts`. package.json maps the name to the file.
declare module '#slim-sdk' {
  const Client: import('./sdk.js').OssSdk;
  export default Client;
}
