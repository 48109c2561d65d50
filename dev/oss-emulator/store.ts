// Stores buckets, uploads, parts and objects on disk and indexes them in memory. Independent of HTTP and XML.
//
//   <root>/<bucket>/bucket.json                          region, CORS rules, domains
//   <root>/<bucket>/incoming/<id>                        a body that is being received
//   <root>/<bucket>/uploads/<uploadId>/upload.json       key and headers of an in-progress upload
//   <root>/<bucket>/uploads/<uploadId>/<part file>       a stored part; the file name holds number, ETag and CRC-64
//   <root>/<bucket>/objects/<id>/object.json             key, headers and the ordered files of an object
//   <root>/<bucket>/objects/<id>/<part file>
//
// Paths don't contain object keys, so a key can't escape its directory. Every change is a single rename, so the state on
// disk stays consistent if the process is killed. Completing an upload renames its directory and copies no data.

import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { combineCrc64 } from './crc64.js';
import type { CorsRule } from './cors.js';
import { DiskQuota } from './disk-quota.js';
import { writeHashed, type WrittenFile } from './hashing-file.js';

/** Settings of a bucket. */
export interface BucketSettings {
  /** Region without the `oss-` prefix. */
  region: string;
  cors: CorsRule[];
  /** Host names bound to the bucket (CNAME). */
  domains: string[];
  /** Whether requests may have the bucket in the path. OSS refuses them. */
  pathStyle: boolean;
  /** Whether V1 signatures are accepted. OSS refuses them for buckets created since September 2025. */
  v1Signatures: boolean;
}

/** Properties of an object other than its content. */
export interface ObjectSettings {
  /** Content headers such as `content-type`, and `x-oss-meta-*`; names in lowercase. */
  headers: Record<string, string>;
  storageClass: string;
  acl: string;
  tags: Record<string, string>;
  /** Headers of server-side encryption; none without it. */
  encryption?: Record<string, string>;
}

/** A stored part of an in-progress upload. */
export interface Part {
  number: number;
  /** Bytes. */
  size: number;
  /** 32 uppercase hex digits, without quotes. */
  etag: string;
  crc64: bigint;
  /** Milliseconds since the epoch. */
  modified: number;
  /** File name in the upload's directory. */
  file: string;
}

/** An in-progress multipart upload. */
export interface Upload {
  id: string;
  key: string;
  settings: ObjectSettings;
  /** Milliseconds since the epoch. */
  initiated: number;
  /** Parts by part number. */
  parts: Map<number, Part>;
}

/** A stored object. */
export interface StoredObject {
  /** Name of the object's directory. */
  id: string;
  /** Increases with every stored object; the highest version of a key is the current one. */
  version: number;
  key: string;
  settings: ObjectSettings;
  type: 'Normal' | 'Multipart';
  /** Bytes. */
  size: number;
  /** Without quotes. */
  etag: string;
  crc64: bigint;
  /** Milliseconds since the epoch. */
  modified: number;
  /** Files that make up the content, in order; sizes in bytes. */
  files: { name: string; size: number }[];
}

/** Options of {@link Store.open}. */
export interface StoreOptions {
  /** Returns the emulator's time in milliseconds since the epoch. */
  now: () => number;
  /** Whether to flush every file to disk. */
  fsync: boolean;
  /** Hash that ETags are made of. OSS uses MD5, which takes most of the processing time of a request. */
  etags: 'md5' | 'crc64';
  /** Maximum size of all objects and parts in bytes. By default, they may take half of the free disk space. */
  quota?: number | undefined;
}

/** What all buckets of a store share. */
interface BucketContext extends Omit<StoreOptions, 'quota'> {
  quota: DiskQuota;
}

const newId = (): string => randomBytes(16).toString('hex').toUpperCase();

/** File name of a part: number, ETag and CRC-64. */
const PART_FILE = /^(\d+)\.([0-9A-F]{32})\.(\d+)$/;

const etagOf = ({ md5, crc64 }: WrittenFile): string =>
  (md5?.toString('hex') ?? crc64.toString(16).padStart(32, '0')).toUpperCase();

const partFileName = (number: number, file: WrittenFile): string => `${number}.${etagOf(file)}.${file.crc64}`;

/** Buckets under a root directory. */
export class Store {
  readonly #root: string;
  readonly #context: BucketContext;
  readonly #buckets = new Map<string, Bucket>();

  private constructor(root: string, options: StoreOptions) {
    this.#root = root;
    this.#context = { ...options, quota: new DiskQuota(() => this.#storedBytes) };
  }

  /** Opens a root directory, including the data of an earlier run. Creates the directory if it doesn't exist. */
  static async open(root: string, options: StoreOptions): Promise<Store> {
    const store = new Store(root, options);
    await mkdir(root, { recursive: true });
    for (const name of await listFolders(root)) {
      const settings = await readJson<BucketSettings>(join(root, name, 'bucket.json'));
      if (!settings) continue;
      store.#buckets.set(name, await Bucket.open(name, join(root, name), settings, store.#context));
    }
    store.#context.quota.limit = options.quota ?? store.#storedBytes + (await freeBytes(root)) / 2;
    return store;
  }

  get buckets(): ReadonlyMap<string, Bucket> {
    return this.#buckets;
  }

  /** Creates a bucket, or replaces the settings of an existing one. The name must be a valid bucket name. */
  async putBucket(name: string, settings: BucketSettings): Promise<Bucket> {
    const folder = join(this.#root, name);
    await mkdir(folder, { recursive: true });
    const bucket = this.#buckets.get(name) ?? (await Bucket.open(name, folder, settings, this.#context));
    await bucket.updateSettings(settings);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  get #storedBytes(): number {
    return sumOf([...this.#buckets.values()].map(({ storedBytes }) => storedBytes));
  }
}

/** Objects and in-progress uploads of one bucket. */
export class Bucket {
  readonly name: string;
  readonly #folder: string;
  readonly #context: BucketContext;
  readonly #objects = new Map<string, StoredObject>();
  readonly #uploads = new Map<string, Upload>();
  #settings: BucketSettings;
  #lastVersion = 0;

  private constructor(name: string, folder: string, settings: BucketSettings, context: BucketContext) {
    this.name = name;
    this.#folder = folder;
    this.#settings = settings;
    this.#context = context;
  }

  /** Opens a bucket's directory, loads its content and removes incomplete files. */
  static async open(
    name: string,
    folder: string,
    settings: BucketSettings,
    context: BucketContext,
  ): Promise<Bucket> {
    const bucket = new Bucket(name, folder, settings, context);
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

  /** Current objects by key. */
  get objects(): ReadonlyMap<string, StoredObject> {
    return this.#objects;
  }

  /** In-progress uploads by upload ID. */
  get uploads(): ReadonlyMap<string, Upload> {
    return this.#uploads;
  }

  /** Size of all objects and parts in bytes. */
  get storedBytes(): number {
    const uploads = [...this.#uploads.values()].map(({ parts }) => sizeOf([...parts.values()]));
    return sizeOf([...this.#objects.values()]) + sumOf(uploads);
  }

  /** Replaces the settings. */
  async updateSettings(settings: BucketSettings): Promise<void> {
    this.#settings = settings;
    await writeJson(this.#path('bucket.json'), settings);
  }

  /**
   * Writes a body to a file. Pass the result to {@link putObject}, {@link putPart} or {@link discard}.
   * @param md5 Whether to compute the MD5 even if ETags don't need it.
   * @throws {OssError} `QuotaExceeded` (403).
   */
  async receive(body: AsyncIterable<Buffer>, md5: boolean): Promise<WrittenFile> {
    const { fsync, etags, quota } = this.#context;
    const path = this.#path('incoming', newId());
    return await writeHashed(path, quota.meter(body), { fsync, md5: md5 || etags === 'md5' });
  }

  /** Deletes a received body. */
  async discard(received: WrittenFile): Promise<void> {
    this.#context.quota.release(received.size);
    await rm(received.path, { force: true });
  }

  /**
   * Stores a received body as an object and replaces the current object of the key.
   * @param etag 32 uppercase hex digits; by default the digest of the body.
   */
  async putObject(
    key: string,
    received: WrittenFile,
    settings: ObjectSettings,
    etag = etagOf(received),
  ): Promise<StoredObject> {
    const id = newId();
    const folder = this.#path('incoming', `${id}.object`);
    const name = partFileName(1, received);
    await mkdir(folder);
    await rename(received.path, join(folder, name));
    const object: StoredObject = {
      id,
      version: (this.#lastVersion += 1),
      key,
      settings,
      type: 'Normal',
      size: received.size,
      etag,
      crc64: received.crc64,
      modified: this.#context.now(),
      files: [{ name, size: received.size }],
    };
    await this.#publish(object, folder);
    this.#context.quota.release(received.size);
    return object;
  }

  /** Starts a multipart upload. */
  async createUpload(key: string, settings: ObjectSettings): Promise<Upload> {
    const upload: Upload = { id: newId(), key, settings, initiated: this.#context.now(), parts: new Map() };
    const folder = this.#path('uploads', upload.id);
    await mkdir(folder);
    await writeJson(join(folder, 'upload.json'), { key, settings, initiated: upload.initiated });
    this.#uploads.set(upload.id, upload);
    return upload;
  }

  /**
   * Stores a received body as a part and replaces an existing part of the same number. Returns `undefined` if the upload
   * has been completed or aborted in the meantime.
   */
  async putPart(upload: Upload, number: number, received: WrittenFile): Promise<Part | undefined> {
    const file = partFileName(number, received);
    const folder = this.#path('uploads', upload.id);
    try {
      await rename(received.path, join(folder, file));
    } catch (error) {
      await this.discard(received);
      if (this.#uploads.has(upload.id)) throw error;
      return undefined;
    }
    this.#context.quota.release(received.size);
    if (!this.#uploads.has(upload.id)) return undefined;
    const previous = upload.parts.get(number);
    const part: Part = {
      number,
      size: received.size,
      etag: etagOf(received),
      crc64: received.crc64,
      modified: this.#context.now(),
      file,
    };
    upload.parts.set(number, part);
    if (previous && previous.file !== file) await rm(join(folder, previous.file), { force: true });
    return part;
  }

  /** Creates an object from parts in the given order. Other parts of the upload are deleted. */
  async completeUpload(upload: Upload, parts: readonly Part[], acl: string): Promise<StoredObject> {
    // Remove the upload before the first await, so that no other request can change it.
    this.#uploads.delete(upload.id);
    const digests = createHash('md5');
    for (const part of parts) digests.update(part.etag, 'hex');
    const object: StoredObject = {
      id: upload.id,
      version: (this.#lastVersion += 1),
      key: upload.key,
      settings: { ...upload.settings, acl },
      type: 'Multipart',
      size: sizeOf(parts),
      etag: `${digests.digest('hex').toUpperCase()}-${parts.length}`,
      crc64: combineCrc64(parts),
      modified: this.#context.now(),
      files: parts.map((part) => ({ name: part.file, size: part.size })),
    };
    await this.#publish(object, this.#path('uploads', upload.id));
    return object;
  }

  /** Aborts an upload and deletes its parts. */
  async abortUpload(upload: Upload): Promise<void> {
    this.#uploads.delete(upload.id);
    await this.#remove('uploads', upload.id);
  }

  /** Deletes a part to simulate data loss. Returns whether it existed. */
  async deletePart(upload: Upload, number: number): Promise<boolean> {
    const part = upload.parts.get(number);
    if (!part) return false;
    upload.parts.delete(number);
    await rm(this.#path('uploads', upload.id, part.file), { force: true });
    return true;
  }

  /** Deletes an object. Returns whether it existed. */
  async deleteObject(key: string): Promise<boolean> {
    const object = this.#objects.get(key);
    if (!object) return false;
    this.#objects.delete(key);
    await this.#remove('objects', object.id);
    return true;
  }

  /** Changes settings of an object. */
  async changeObject(object: StoredObject, settings: Partial<ObjectSettings>): Promise<void> {
    object.settings = { ...object.settings, ...settings };
    await writeJson(this.#path('objects', object.id, 'object.json'), toRecord(object));
  }

  /** Reads an object's bytes from `start` (inclusive) to `end` (exclusive). */
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

  // Renaming the directory publishes the object. The replaced object is removed afterwards, so the key always has one.
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
    await this.#removeUnusedFiles(object);
  }

  async #removeUnusedFiles(object: StoredObject): Promise<void> {
    const used = new Set(['object.json', ...object.files.map(({ name }) => name)]);
    const folder = this.#path('objects', object.id);
    for (const name of await readdir(folder)) {
      if (!used.has(name)) await rm(join(folder, name), { force: true });
    }
  }

  // Moves the directory out first, so that a partly removed directory isn't loaded after a restart.
  async #remove(kind: 'objects' | 'uploads', id: string): Promise<void> {
    const removed = this.#path('incoming', `${id}.removed`);
    await rename(this.#path(kind, id), removed);
    await rm(removed, { recursive: true, force: true });
  }

  async #loadUploads(): Promise<void> {
    for (const id of await listFolders(this.#path('uploads'))) {
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
    for (const id of await listFolders(this.#path('objects'))) {
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

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

const sizeOf = (items: readonly { size: number }[]): number => sumOf(items.map(({ size }) => size));

/** Returns the space on the disk of a directory that this user may still use, in bytes. */
async function freeBytes(path: string): Promise<number> {
  const { bavail, bsize } = await statfs(path);
  return bavail * bsize;
}

type ObjectRecord = Omit<StoredObject, 'crc64'> & { crc64: string };

const toRecord = (object: StoredObject): ObjectRecord => ({ ...object, crc64: String(object.crc64) });

async function listFolders(path: string): Promise<string[]> {
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
