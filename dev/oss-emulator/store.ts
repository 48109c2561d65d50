// Buckets, uploads, parts and objects on disk, and an index of them in memory. Speaks no HTTP and no XML.
//
//   <root>/<bucket>/bucket.json                          region, CORS rules, domains
//   <root>/<bucket>/incoming/<id>                        a body that is still arriving
//   <root>/<bucket>/uploads/<uploadId>/upload.json       key and headers of an upload under way
//   <root>/<bucket>/uploads/<uploadId>/<part file>       one finished part; its name says number, ETag and CRC-64
//   <root>/<bucket>/objects/<id>/object.json             key, headers and the ordered list of files of an object
//   <root>/<bucket>/objects/<id>/<part file>
//
// Names on disk are opaque: no key ever becomes a path. Every change is one rename, so that a server that is killed
// finds a whole state; completing an upload moves its folder and copies no byte.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { combineCrc64 } from './crc64.js';
import type { CorsRule } from './cors.js';
import { writeHashed, type WrittenFile } from './hashing-file.js';

export interface BucketSettings {
  /** Without `oss-`. */
  region: string;
  cors: CorsRule[];
  /** Host names bound to the bucket (cname). */
  domains: string[];
}

/** What a request says of an object beside its bytes. */
export interface ObjectSettings {
  /** Names in lower case: Content-Type and its like, and `x-oss-meta-*`. */
  headers: Record<string, string>;
  storageClass: string;
  acl: string;
  tags: Record<string, string>;
}

export interface Part {
  number: number;
  /** Bytes. */
  size: number;
  /** 32 upper-case hex digits, without quotes. */
  etag: string;
  crc64: bigint;
  /** Milliseconds since the epoch. */
  modified: number;
  /** Inside the upload's folder. */
  file: string;
}

export interface Upload {
  id: string;
  key: string;
  settings: ObjectSettings;
  /** Milliseconds since the epoch. */
  initiated: number;
  parts: Map<number, Part>;
}

export interface StoredObject {
  /** The folder, and the order of versions: the greatest of a key is the current one. */
  id: string;
  version: number;
  key: string;
  settings: ObjectSettings;
  type: 'Normal' | 'Multipart';
  size: number;
  /** Without quotes. */
  etag: string;
  crc64: bigint;
  /** Milliseconds since the epoch. */
  modified: number;
  files: { name: string; size: number }[];
}

export interface StoreOptions {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Wait until the disk has the bytes of every file. */
  fsync: boolean;
  /** What ETags are made of. OSS makes them of MD5, which costs more than all the rest of a request. */
  etags: 'md5' | 'crc64';
}

const newId = (): string => randomBytes(16).toString('hex').toUpperCase();

const PART_FILE = /^(\d+)\.([0-9A-F]{32})\.(\d+)$/;

const etagOf = ({ md5, crc64 }: WrittenFile): string =>
  (md5?.toString('hex') ?? crc64.toString(16).padStart(32, '0')).toUpperCase();

const partFile = (number: number, file: WrittenFile): string => `${number}.${etagOf(file)}.${file.crc64}`;

export class Store {
  readonly #root: string;
  readonly #options: StoreOptions;
  readonly #buckets = new Map<string, Bucket>();

  private constructor(root: string, options: StoreOptions) {
    this.#root = root;
    this.#options = options;
  }

  /** Opens a root folder with whatever an earlier server left in it. */
  static async open(root: string, options: StoreOptions): Promise<Store> {
    const store = new Store(root, options);
    await mkdir(root, { recursive: true });
    for (const name of await foldersIn(root)) {
      const settings = await readJson<BucketSettings>(join(root, name, 'bucket.json'));
      if (settings) store.#buckets.set(name, await Bucket.open(name, join(root, name), settings, options));
    }
    return store;
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }

  /** Creates a bucket, or changes the settings of one that exists. The name must be a valid bucket name. */
  async putBucket(name: string, settings: BucketSettings): Promise<Bucket> {
    const folder = join(this.#root, name);
    await mkdir(folder, { recursive: true });
    const bucket = this.#buckets.get(name) ?? (await Bucket.open(name, folder, settings, this.#options));
    await bucket.change(settings);
    this.#buckets.set(name, bucket);
    return bucket;
  }
}

export class Bucket {
  readonly name: string;
  readonly #folder: string;
  readonly #options: StoreOptions;
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Upload>();
  #settings: BucketSettings;
  #lastVersion = 0;

  private constructor(name: string, folder: string, settings: BucketSettings, options: StoreOptions) {
    this.name = name;
    this.#folder = folder;
    this.#settings = settings;
    this.#options = options;
  }

  static async open(
    name: string,
    folder: string,
    settings: BucketSettings,
    options: StoreOptions,
  ): Promise<Bucket> {
    const bucket = new Bucket(name, folder, settings, options);
    await rm(bucket.#path('incoming'), { recursive: true, force: true });
    for (const child of ['incoming', 'uploads', 'objects'])
      await mkdir(bucket.#path(child), { recursive: true });
    await bucket.#loadUploads();
    await bucket.#loadObjects();
    return bucket;
  }

  get settings(): BucketSettings {
    return this.#settings;
  }

  get objects(): ReadonlyMap<string, StoredObject> {
    return this.#objects;
  }

  get uploads(): ReadonlyMap<string, Upload> {
    return this.#uploads;
  }

  async change(settings: BucketSettings): Promise<void> {
    this.#settings = settings;
    await writeJson(this.#path('bucket.json'), settings);
  }

  /**
   * Takes a body in. It belongs to nothing yet: hand it to putObject, putPart or discard.
   * @param md5 Whether the MD5 is needed, even where no ETag is made of it.
   */
  async receive(body: AsyncIterable<Buffer>, md5: boolean): Promise<WrittenFile> {
    const { fsync, etags } = this.#options;
    return await writeHashed(this.#path('incoming', newId()), body, { fsync, md5: md5 || etags === 'md5' });
  }

  async discard(received: WrittenFile): Promise<void> {
    await rm(received.path, { force: true });
  }

  async putObject(key: string, received: WrittenFile, settings: ObjectSettings): Promise<StoredObject> {
    const id = newId();
    const folder = this.#path('incoming', `${id}.object`);
    const name = partFile(1, received);
    await mkdir(folder);
    await rename(received.path, join(folder, name));
    const object: StoredObject = {
      id,
      version: (this.#lastVersion += 1),
      key,
      settings,
      type: 'Normal',
      size: received.size,
      etag: etagOf(received),
      crc64: received.crc64,
      modified: this.#options.now(),
      files: [{ name, size: received.size }],
    };
    await this.#publish(object, folder);
    return object;
  }

  async createUpload(key: string, settings: ObjectSettings): Promise<Upload> {
    const upload: Upload = { id: newId(), key, settings, initiated: this.#options.now(), parts: new Map() };
    const folder = this.#path('uploads', upload.id);
    await mkdir(folder);
    await writeJson(join(folder, 'upload.json'), { key, settings, initiated: upload.initiated });
    this.#uploads.set(upload.id, upload);
    return upload;
  }

  /** Stores a part in place of an earlier one of its number; `undefined` when the upload is gone by now. */
  async putPart(upload: Upload, number: number, received: WrittenFile): Promise<Part | undefined> {
    const file = partFile(number, received);
    const folder = this.#path('uploads', upload.id);
    try {
      await rename(received.path, join(folder, file));
    } catch (error) {
      await this.discard(received);
      if (this.#uploads.has(upload.id)) throw error;
      return undefined;
    }
    if (!this.#uploads.has(upload.id)) return undefined;
    const previous = upload.parts.get(number);
    const part: Part = {
      number,
      size: received.size,
      etag: etagOf(received),
      crc64: received.crc64,
      modified: this.#options.now(),
      file,
    };
    upload.parts.set(number, part);
    if (previous && previous.file !== file) await rm(join(folder, previous.file), { force: true });
    return part;
  }

  /** Makes an object of the parts in the order given; parts of the upload that are not among them are dropped. */
  async completeUpload(upload: Upload, parts: readonly Part[]): Promise<StoredObject> {
    // From here on the upload is gone for every other request.
    this.#uploads.delete(upload.id);
    const digests = createHash('md5');
    for (const part of parts) digests.update(part.etag, 'hex');
    const object: StoredObject = {
      id: upload.id,
      version: (this.#lastVersion += 1),
      key: upload.key,
      settings: upload.settings,
      type: 'Multipart',
      size: parts.reduce((sum, part) => sum + part.size, 0),
      etag: `${digests.digest('hex').toUpperCase()}-${parts.length}`,
      crc64: combineCrc64(parts),
      modified: this.#options.now(),
      files: parts.map((part) => ({ name: part.file, size: part.size })),
    };
    await this.#publish(object, this.#path('uploads', upload.id));
    return object;
  }

  async abortUpload(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id);
    await this.#remove('uploads', upload.id);
  }

  /** Loses a part, as a broken disk would. Returns whether there was one. */
  async dropPart(upload: Upload, number: number): Promise<boolean> {
    const part = upload.parts.get(number);
    if (!part) return false;
    upload.parts.delete(number);
    await rm(this.#path('uploads', upload.id, part.file), { force: true });
    return true;
  }

  async deleteObject(key: string): Promise<boolean> {
    const object = this.#objects.get(key);
    if (!object) return false;
    this.#objects.delete(key);
    await this.#remove('objects', object.id);
    return true;
  }

  async retag(object: StoredObject, tags: Record<string, string>): Promise<void> {
    object.settings = { ...object.settings, tags };
    await writeJson(this.#path('objects', object.id, 'object.json'), toRecord(object));
  }

  /** An object's bytes from `start` up to and not including `end`. */
  async *read(object: StoredObject, start = 0, end = object.size): AsyncGenerator<Buffer> {
    let offset = 0;
    for (const { name, size } of object.files) {
      const from = Math.max(start - offset, 0);
      const to = Math.min(end - offset, size);
      if (from < to) {
        const path = this.#path('objects', object.id, name);
        yield* createReadStream(path, { start: from, end: to - 1, highWaterMark: 256 * 1024 });
      }
      offset += size;
    }
  }

  // One rename makes the folder an object; only then does what it replaces go.
  async #publish(object: StoredObject, folder: string): Promise<void> {
    await writeJson(join(folder, 'object.json'), toRecord(object));
    await rename(folder, this.#path('objects', object.id));
    const previous = this.#objects.get(object.key);
    if (previous && previous.version > object.version) {
      await this.#remove('objects', object.id);
      return;
    }
    this.#objects.set(object.key, object);
    if (previous) await this.#remove('objects', previous.id);
    await this.#sweep(object);
  }

  async #sweep(object: StoredObject): Promise<void> {
    const kept = new Set(['object.json', ...object.files.map(({ name }) => name)]);
    const folder = this.#path('objects', object.id);
    for (const name of await readdir(folder)) {
      if (!kept.has(name)) await rm(join(folder, name), { force: true });
    }
  }

  // Moved out of sight first: a folder that is half removed must not be found again.
  async #remove(kind: 'objects' | 'uploads', id: string): Promise<void> {
    const doomed = this.#path('incoming', `${id}.removed`);
    await rename(this.#path(kind, id), doomed);
    await rm(doomed, { recursive: true, force: true });
  }

  async #loadUploads(): Promise<void> {
    for (const id of await foldersIn(this.#path('uploads'))) {
      const folder = this.#path('uploads', id);
      const record = await readJson<Pick<Upload, 'key' | 'settings' | 'initiated'>>(
        join(folder, 'upload.json'),
      );
      if (!record) continue;
      const upload: Upload = { id, ...record, parts: new Map() };
      for (const file of await readdir(folder)) {
        const [, number, etag, crc64] = PART_FILE.exec(file) ?? [];
        if (!number || !etag || !crc64) continue;
        const { size, mtimeMs } = await stat(join(folder, file));
        const part: Part = {
          number: Number(number),
          size,
          etag,
          crc64: BigInt(crc64),
          modified: mtimeMs,
          file,
        };
        const other = upload.parts.get(part.number);
        if (!other || other.modified <= part.modified) upload.parts.set(part.number, part);
      }
      this.#uploads.set(id, upload);
    }
  }

  async #loadObjects(): Promise<void> {
    for (const id of await foldersIn(this.#path('objects'))) {
      const record = await readJson<ObjectRecord>(this.#path('objects', id, 'object.json'));
      if (!record) continue;
      const object: StoredObject = { ...record, crc64: BigInt(record.crc64) };
      this.#lastVersion = Math.max(this.#lastVersion, object.version);
      const other = this.#objects.get(object.key);
      if (other && other.version > object.version) {
        await this.#remove('objects', id);
        continue;
      }
      this.#objects.set(object.key, object);
      if (other) await this.#remove('objects', other.id);
    }
  }

  #path(...names: string[]): string {
    return join(this.#folder, ...names);
  }
}

type ObjectRecord = Omit<StoredObject, 'crc64'> & { crc64: string };

const toRecord = (object: StoredObject): ObjectRecord => ({ ...object, crc64: String(object.crc64) });

async function foldersIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function readJson<T>(path: string): Promise<T | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as T;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeJson(path: string, value: unknown): Promise<void> {
  const temporary = `${path}.${newId()}.tmp`;
  await writeFile(temporary, JSON.stringify(value));
  await rename(temporary, path);
}
