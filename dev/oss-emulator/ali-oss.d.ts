// Types for the parts of ali-oss that the emulator, its sample endpoint and its tests use. The package ships no types.

declare module 'ali-oss' {
  import type { Readable } from 'node:stream';

  export interface StsClient {
    assumeRole(
      role: string,
      policy?: string | object,
      expirationSeconds?: number,
      session?: string,
    ): Promise<{
      credentials: {
        AccessKeyId: string;
        AccessKeySecret: string;
        SecurityToken: string;
        Expiration: string;
      };
    }>;
  }

  export interface OssClientOptions {
    accessKeyId: string;
    accessKeySecret: string;
    stsToken?: string;
    refreshSTSToken?: () => Promise<{ accessKeyId: string; accessKeySecret: string; stsToken: string }>;
    refreshSTSTokenInterval?: number;
    region?: string;
    bucket?: string;
    endpoint?: string;
    authorizationV4?: boolean;
    sldEnable?: boolean;
    cname?: boolean;
    headerEncoding?: string;
    secure?: boolean;
    timeout?: number;
    agent?: unknown;
    /** Replaces the SDK's own HTTP client. */
    urllib?: { request(url: string, parameters: OssHttpRequest): Promise<OssHttpResponse> };
  }

  export interface OssHttpRequest {
    method: string;
    headers: Record<string, string>;
    content?: Uint8Array<ArrayBuffer> | string;
  }

  export interface OssHttpResponse {
    status: number;
    headers: Record<string, string>;
    data: string;
    res: { status: number; headers: Record<string, string> };
  }

  export interface OssResult {
    res: { status: number; headers: Record<string, string>; requestUrls: string[] };
  }

  export interface OssCheckpoint {
    name: string;
    fileSize: number;
    partSize: number;
    uploadId: string;
    doneParts: { number: number; etag: string }[];
  }

  export interface OssUploadOptions {
    headers?: Record<string, string | number>;
    meta?: Record<string, string | number>;
    mime?: string;
    /** Bytes of a stream. Without it, the stream is sent chunked. */
    contentLength?: number;
    partSize?: number;
    parallel?: number;
    checkpoint?: OssCheckpoint;
    progress?: (
      ratio: number,
      checkpoint?: OssCheckpoint,
      response?: OssResult['res'],
    ) => Promise<void> | void;
    callback?: {
      url: string;
      body: string;
      contentType?: string;
      customValue?: Record<string, string>;
    };
  }

  export interface OssClient {
    options: OssClientOptions;
    put(
      name: string,
      content: Buffer | string | Readable,
      options?: OssUploadOptions,
    ): Promise<OssResult & { name: string; url: string; data?: unknown }>;
    putStream(
      name: string,
      content: Readable,
      options?: OssUploadOptions,
    ): Promise<OssResult & { name: string; url: string }>;
    get(
      name: string,
      options?: { headers?: Record<string, string> },
    ): Promise<OssResult & { content: Buffer }>;
    /** Saves the object to a file. */
    get(name: string, file: string): Promise<OssResult>;
    getStream(name: string): Promise<OssResult & { stream: Readable }>;
    head(
      name: string,
      options?: { headers?: Record<string, string> },
    ): Promise<OssResult & { status: number; meta: Record<string, string> | null }>;
    delete(name: string): Promise<OssResult>;
    copy(
      name: string,
      sourceName: string,
      options?: { headers?: Record<string, string>; timeout?: number },
    ): Promise<OssResult & { data: { etag: string; lastModified: string } }>;
    list(query: Record<string, string | number>): Promise<{
      objects?: { name: string; size: number; owner: { id: string; displayName: string } }[];
      prefixes?: string[];
      nextMarker?: string;
    }>;
    listV2(query: Record<string, string | number>): Promise<{
      objects?: { name: string; size: number }[];
      prefixes?: string[];
      nextContinuationToken?: string;
    }>;
    getObjectTagging(name: string): Promise<OssResult & { tag: Record<string, string> }>;
    putObjectTagging(name: string, tag: Record<string, string>): Promise<OssResult>;
    multipartUpload(
      name: string,
      file: Buffer | string,
      options?: OssUploadOptions,
    ): Promise<OssResult & { etag: string; data?: unknown }>;
    initMultipartUpload(name: string, options?: OssUploadOptions): Promise<OssResult & { uploadId: string }>;
    uploadPart(
      name: string,
      uploadId: string,
      number: number,
      file: Buffer | string,
      start: number,
      end: number,
      options?: OssUploadOptions,
    ): Promise<OssResult & { etag: string }>;
    uploadPartCopy(
      name: string,
      uploadId: string,
      number: number,
      range: string,
      source: { sourceKey: string; sourceBucketName: string },
    ): Promise<OssResult & { etag: string }>;
    listParts(
      name: string,
      uploadId: string,
      query?: Record<string, string | number>,
    ): Promise<{
      isTruncated: string;
      nextPartNumberMarker: string;
      parts:
        | { PartNumber: string; ETag: string; Size: string }
        | { PartNumber: string; ETag: string; Size: string }[];
    }>;
    listUploads(
      query: Record<string, string | number>,
    ): Promise<{ uploads: { name: string; uploadId: string }[] }>;
    completeMultipartUpload(
      name: string,
      uploadId: string,
      parts: { number: number; etag: string }[],
      options?: OssUploadOptions,
    ): Promise<OssResult & { etag: string; data?: unknown }>;
    abortMultipartUpload(name: string, uploadId: string): Promise<OssResult>;
    getObjectMeta(name: string): Promise<OssResult>;
    getACL(name: string): Promise<OssResult & { acl: string }>;
    putACL(name: string, acl: string): Promise<OssResult>;
    cancel(): void;
    signatureUrl(name: string, options?: Record<string, unknown>): string;
    /** Returns the fields of a V1 form. */
    calculatePostSignature(policy: object): { OSSAccessKeyId: string; policy: string; Signature: string };
    /** Returns the field `x-oss-signature` of a V4 form. */
    signPostObjectPolicyV4(policy: object, date: Date): string;
    signatureUrlV4(
      method: string,
      expiresSeconds: number,
      request?: { headers?: Record<string, string>; queries?: Record<string, string | null> },
      objectName?: string,
      additionalHeaders?: string[],
    ): Promise<string>;
  }

  const OSS: {
    new (options: OssClientOptions): OssClient;
    STS: new (options: { accessKeyId: string; accessKeySecret: string; endpoint?: string }) => StsClient;
  };
  export default OSS;
}
