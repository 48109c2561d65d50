// What the runner and the page of a benchmark say to each other. Types alone.

export const contestants = ['xhr', 'engine', 'unverified', 'sdk'] as const;
export type Contestant = (typeof contestants)[number];

/** Where and how a page uploads the file that is picked in it. */
export interface Task {
  endpoint: string;
  region: string;
  bucket: string;
  key: string;
  /** Bytes. */
  partSize: number;
  parallel: number;
  accessKeyId: string;
  accessKeySecret: string;
  /** For the bare requests: signed beforehand, in the order of the parts. */
  partUrls: string[];
  completeUrl: string;
}

export interface Measurement {
  /** From the first call to the answer that the object is stored. */
  milliseconds: number;
  /** Of the main thread, in milliseconds; 0 where none was longer than 50. */
  longestTask: number;
}
