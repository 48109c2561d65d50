import { config, load, run } from './command.mjs';

const { RPCClient } = load('@alicloud/pop-core');

await run(
  {
    async 'assume-role'() {
      const { accessKeyId, accessKeySecret, sts } = config;
      const client = new RPCClient({
        accessKeyId,
        accessKeySecret,
        endpoint: sts.endpoint,
        apiVersion: '2015-04-01',
      });
      const { Credentials } = await client.request(
        'AssumeRole',
        {
          RoleArn: sts.roleArn,
          Policy: JSON.stringify(sts.policy),
          DurationSeconds: 900,
          RoleSessionName: 'pop-core',
        },
        { method: 'POST' },
      );
      return Credentials;
    },
  },
  ({ code }) => code,
);
