// Data that the benchmark and its page exchange.

/** The upload methods to compare. */
export const methods = ['xhr', 'engine', 'unverified', 'sdk'] as const;
export type Method = (typeof methods)[number];

/** Where and how to upload the selected file. */
export interface Task {
  endpoint: string;
  region: string;
  bucket: string;
  key: string;
  /** In bytes. */
  partSize: number;
  parallel: number;
  accessKeyId: string;
  accessKeySecret: string;
  /** Presigned URLs for `xhr`, in the order of the parts. */
  partUrls: string[];
  completeUrl: string;
}

export interface Measurement {
  /** The time from the first call to the response that confirms the object. */
  milliseconds: number;
  /** The longest task of the main thread in milliseconds; 0 if none took longer than 50 ms. */
  longestTask: number;
}
