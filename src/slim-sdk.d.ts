// Declares lib/slim-sdk.js, which `rollup.slim-sdk.mjs` builds from `adapters/ali-oss/slim/entry.ts`.
declare const Client: import('./adapters/ali-oss/sdk.js').OssSdk;
export default Client;
