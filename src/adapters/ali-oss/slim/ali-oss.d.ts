// The package's published types leave out this module.
declare module 'ali-oss/lib/browser/client.js' {
  const Client: import('../sdk.js').OssSdk;
  export default Client;
}
