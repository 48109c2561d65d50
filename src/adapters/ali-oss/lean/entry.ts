/**
 * The SDK's browser client, less what an upload never calls. `rollup.lean-sdk.mjs` puts the stand-ins of this folder
 * in the place of its dependencies.
 */
import Client from 'ali-oss/lib/browser/client.js';

export default Client;
