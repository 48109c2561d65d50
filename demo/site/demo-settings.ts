// The upload destination, as the server sends it to the pages. Types only: shared by both.

export interface DemoSettings {
  /** Whether the demo uploads to the local emulator, which supports throttling and fault injection. */
  local: boolean;
  region: string;
  bucket: string;
  /** The endpoint for each URL style. Empty for a real bucket that is reached by its region. */
  endpoints: { path?: string; host?: string; cname?: string };
  /** Token of the emulator's control API, which the demo's server also serves. Absent for a real bucket. */
  controlToken?: string;
  /** Prefix of all object keys that the credentials allow. */
  prefix: string;
}
