// What the pages are told of the place that they upload to. Types alone: shared by the server and the pages.

export interface DemoSettings {
  /** Whether the bucket is one on this machine, whose line and faults can be ordered. */
  local: boolean;
  region: string;
  bucket: string;
  /** Where it is reached, in the three ways there are; a real bucket is reached by its region. */
  endpoints: { path?: string; host?: string; cname?: string };
  /** Where the credentials allow uploads: the beginning of every object key. */
  prefix: string;
}
