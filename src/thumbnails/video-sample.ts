/** The first frame of a video, in the form that the browser's decoder accepts. */
export interface VideoSample {
  /** Codec string, such as `avc1.42001f`. */
  codec: string;
  /** Parameter sets that are not in the sample. */
  description?: DataView<ArrayBuffer> | undefined;
  /** Pixels. */
  width: number;
  height: number;
  /** Clockwise rotation for display, in radians. */
  rotation: number;
  data: DataView<ArrayBuffer>;
}

/** Maximum size of a sample, and of the data before the first one, in bytes. */
export const MAX_SAMPLE_BYTES = 32 * 1024 * 1024;

/**
 * Returns the codec string for a format in an MP4 or Matroska file.
 *
 * @param config the configuration record: `avcC`, `hvcC`, `vpcC` or `av1C`
 */
export function codecString(format: string, config: DataView | undefined): string | undefined {
  const byte = (offset: number) => config?.getUint8(offset) ?? 0;
  const hex = (value: number) => value.toString(16).padStart(2, '0');
  const decimal = (value: number) => String(value).padStart(2, '0');
  switch (format) {
    case 'avc1':
    case 'avc3':
      // Without a record, the parameters are in the sample.
      return config ? `${format}.${hex(byte(1))}${hex(byte(2))}${hex(byte(3))}` : 'avc1.42e01e';
    case 'hvc1':
    case 'hev1':
      return config && hevcString(format, config);
    case 'vp08':
      return 'vp8';
    case 'vp09':
      // Matroska files have no record, and some recorders leave the level out. Decoders read the level from the sample.
      return `vp09.${decimal(byte(4))}.${decimal(byte(5) || 10)}.${decimal(byte(6) >> 4 || 8)}`;
    case 'av01': {
      const depth = byte(2) & 0x40 ? (byte(2) & 0x20 ? 12 : 10) : 8;
      return `av01.${byte(1) >> 5}.${decimal(byte(1) & 31)}${byte(2) & 0x80 ? 'H' : 'M'}.${decimal(depth)}`;
    }
    default:
      return undefined;
  }
}

function hevcString(format: string, config: DataView): string {
  const profile = config.getUint8(1);
  let compatibility = 0;
  for (let bit = 0; bit < 32; bit++) compatibility |= ((config.getUint32(2) >>> bit) & 1) << (31 - bit);
  const constraints = Array.from({ length: 6 }, (_, index) => config.getUint8(6 + index));
  while (constraints.at(-1) === 0) constraints.pop();
  return [
    format,
    `${['', 'A', 'B', 'C'][profile >> 6]}${profile & 31}`,
    (compatibility >>> 0).toString(16),
    `${profile & 32 ? 'H' : 'L'}${config.getUint8(12)}`,
    ...constraints.map((value) => value.toString(16)),
  ].join('.');
}
