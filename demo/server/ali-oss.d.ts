// The part of ali-oss that the local server's sample and tests use; the package itself has no types.

declare module 'ali-oss' {
  interface AssumedCredentials {
    AccessKeyId: string;
    AccessKeySecret: string;
    SecurityToken: string;
    Expiration: string;
  }

  interface StsClient {
    assumeRole(
      role: string,
      policy?: string | object,
      expirationSeconds?: number,
      session?: string,
    ): Promise<{ credentials: AssumedCredentials }>;
  }

  const OSS: {
    STS: new (options: { accessKeyId: string; accessKeySecret: string; endpoint?: string }) => StsClient;
  };
  export default OSS;
}
