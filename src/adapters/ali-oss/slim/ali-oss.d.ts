// The published types don't cover this module.
declare module 'ali-oss/lib/browser/client.js' {
  const Client: import('../sdk.js').OssSdk;
  export default Client;
}
