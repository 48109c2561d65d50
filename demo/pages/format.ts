// Formats sizes and times for display.

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** Formats bytes in decimal units, as the element and file managers do. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const format = new Intl.NumberFormat('en', {
    style: 'unit',
    unit: units[power],
    maximumSignificantDigits: power === 0 ? undefined : 4,
  });
  return format.format(bytes / 1000 ** power);
}

/** Formats the time of day with milliseconds. */
export function formatTime(date: Date): string {
  const pad = (value: number, length = 2): string => String(value).padStart(length, '0');
  const { hours, minutes, seconds, milliseconds } = {
    hours: pad(date.getHours()),
    minutes: pad(date.getMinutes()),
    seconds: pad(date.getSeconds()),
    milliseconds: pad(date.getMilliseconds(), 3),
  };
  return `${hours}:${minutes}:${seconds}.${milliseconds}`;
}
