/**
 * Entry point of the slim bundle: the SDK's browser client without the operations that uploads don't use.
 * `rollup.slim-sdk.mjs` replaces its dependencies with the shims in this folder.
 */
import Client from 'ali-oss/lib/browser/client.js';

export default Client;
