import { config, load, run } from './command.mjs';

const { default: Client, AssumeRoleRequest } = load('@alicloud/sts20150401');
const { Config } = load('@alicloud/openapi-client');

await run(
  {
    async 'assume-role'() {
      const { host } = new URL(config.sts.endpoint);
      const { accessKeyId, accessKeySecret } = config;
      const client = new Client(
        new Config({
          accessKeyId,
          accessKeySecret,
          endpoint: host,
          protocol: 'HTTP',
          regionId: config.region,
        }),
      );
      const request = new AssumeRoleRequest({
        roleArn: config.sts.roleArn,
        policy: JSON.stringify(config.sts.policy),
        durationSeconds: 900,
        roleSessionName: 'alicloud',
      });
      const {
        accessKeyId: AccessKeyId,
        accessKeySecret: AccessKeySecret,
        securityToken: SecurityToken,
      } = (await client.assumeRole(request)).body.credentials;
      return { AccessKeyId, AccessKeySecret, SecurityToken };
    },
  },
  ({ code }) => code,
);
