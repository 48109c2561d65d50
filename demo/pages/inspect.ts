// Formats an event's detail as indented JSON. Long arrays are truncated.

const MAX_ITEMS = 3;

export function inspect(value: unknown): string {
  const json: unknown = JSON.stringify(value, replace, 2);
  return typeof json === 'string' ? json : 'undefined';
}

function replace(this: unknown, _name: string, value: unknown): unknown {
  if (value instanceof File) return `File ${value.name}, ${value.size} bytes`;
  if (Array.isArray(value) && value.length > MAX_ITEMS) {
    return [...(value.slice(0, MAX_ITEMS) as unknown[]), `… ${value.length - MAX_ITEMS} more`];
  }
  if (value instanceof Error)
    return { ...(value as object), name: value.name, message: value.message, cause: undefined };
  if (isUpload(value)) return { id: value.id, key: value.key, file: value.file, status: value.state.status };
  return value;
}

interface UploadLike {
  id: string;
  key: string;
  file?: File;
  state: { status: string };
}

/** Uploads need their own case: their properties are getters, which JSON.stringify skips. */
function isUpload(value: unknown): value is UploadLike {
  return typeof value === 'object' && value !== null && 'file' in value && 'state' in value && 'key' in value;
}
