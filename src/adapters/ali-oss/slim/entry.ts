/**
 * The SDK's browser client, less what an upload never calls. `rollup.slim-sdk.mjs` puts the shims of this folder
 * in the place of its dependencies.
 */
import Client from 'ali-oss/lib/browser/client.js';

export default Client;
