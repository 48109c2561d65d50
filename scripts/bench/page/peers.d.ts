// Types for the parts of the peers that the pages use. The peers are not dependencies: the benchmark installs them itself.

declare module '@uppy/core' {
  export default class Uppy {
    use(plugin: unknown, options: object): this;
    addFiles(files: { name: string; type: string; data: File }[]): void;
    upload(): Promise<{ failed?: { error?: string | null }[] } | undefined>;
    pauseAll(): void;
    resumeAll(): void;
  }
}

declare module '@uppy/aws-s3' {
  const AwsS3: unknown;
  export default AwsS3;
}

declare module 'tus-js-client' {
  export class Upload {
    constructor(
      file: File,
      options: {
        endpoint: string;
        metadata: Record<string, string>;
        onSuccess: () => void;
        onError: (error: Error) => void;
      },
    );
    start(): void;
    abort(): Promise<void>;
  }
}

declare module '@mux/upchunk' {
  export class UpChunk {
    static createUpload(options: { endpoint: string; file: File }): UpChunk;
    on(event: 'success' | 'error', listener: (event: CustomEvent<{ message: string }>) => void): void;
    pause(): void;
    resume(): void;
  }
}
