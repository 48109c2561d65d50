// Date formats of signed requests: HTTP dates and the basic format of ISO 8601.

/** Parses a date such as `Tue, 20 Dec 2022 08:48:18 GMT`. Returns milliseconds since the epoch, `NaN` if it is malformed. */
export const parseHttpDate = (date: string): number =>
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(date) ? Date.parse(date) : NaN;

/** Parses a timestamp such as `20221220T084818Z`. Returns milliseconds since the epoch, `NaN` if it is malformed. */
export function parseTimestamp(timestamp: string): number {
  const extended = timestamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z');
  return extended === timestamp ? NaN : Date.parse(extended);
}

/** Returns a time as a timestamp such as `20221220T084818Z`. @param time Milliseconds since the epoch. */
export const formatTimestamp = (time: number): string =>
  new Date(time).toISOString().replace(/[-:]|\.\d+/g, '');
