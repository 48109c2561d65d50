// Tests of small objects that the gateway sends as forms, against the local OSS emulator, for any build of the SDK.
import { expect } from '@open-wc/testing';
import { uploadCorsRules } from '../../../dev/oss-emulator/cors.js';
import type { FaultRule } from '../../../dev/oss-emulator/faults.js';
import { createOpenGateway, type OssSdk } from '../../../src/adapters/ali-oss/gateway.js';
import { Transport, type HttpResponse } from '../../../src/adapters/ali-oss/transport.js';
import type { ObjectOptions, ObjectTarget, OpenGateway } from '../../../src/core/ports.js';
import { ServerClock } from '../../../src/core/server-clock.js';
import { callbackUrl } from '../../support/responses.js';
import { neverAborted, randomBlob, rejectionOf, sha256, uploadErrorOf } from '../support.js';
import { control, createBucket, Credentials, host, type GatewaySetup } from './setup.js';

const { send } = Transport.prototype;
const MAX_FORM_SIZE = 64 * 1024;

export function describeForms(sdk: OssSdk): void {
  describe('small objects', () => {
    let bucket: string;
    let openGateway: OpenGateway;

    const createOpen = ({ skew = 0, ...options }: GatewaySetup = {}) =>
      createOpenGateway({
        sdk,
        credentials: new Credentials(),
        clock: new ServerClock(() => Date.now() + skew),
        ...options,
      });

    const open = (key: string, target: Partial<ObjectTarget> = {}) =>
      openGateway(
        { region: 'cn-hangzhou', endpoint: `http://${host}`, bucket, key, ...target },
        neverAborted(),
      );

    const put = async (
      key: string,
      options: ObjectOptions = {},
      body = randomBlob(1),
      target?: Partial<ObjectTarget>,
    ) => (await open(key, target)).put(body, { ...options, ...once() });

    /** The engine has just read each small file, for its checksum. */
    const once = () => ({ ...neverAborted(), wasRead: true });

    /** Starts afresh, with an object that PutObject has stored. */
    const begin = async (setup?: GatewaySetup) => {
      openGateway = createOpen(setup);
      await put('first', { overwrite: true });
    };

    const operations = async (key: string) =>
      (await control.requests({ bucket, key })).map(({ operation }) => operation);

    const failForms = (rule: Omit<FaultRule, 'match'>) =>
      control.addFault({ match: { bucket, operation: 'PostObject' }, times: null, ...rule });

    /** Another server than OSS answers the next form. */
    const answerForm = (respond: (form: FormData) => Pick<HttpResponse, 'status' | 'data'>) => {
      Transport.prototype.send = ({ body }) => {
        Transport.prototype.send = send;
        return Promise.resolve({ headers: {}, ...respond(body as FormData) });
      };
    };

    beforeEach(async () => {
      bucket = await createBucket();
      await begin();
    });

    afterEach(() => {
      Transport.prototype.send = send;
      return control.removeFaults();
    });

    it('are sent as forms, without a preflight, once PutObject has returned a checksum', async () => {
      await put('second');
      expect(await operations('first')).to.deep.equal(['Preflight', 'PutObject']);
      expect(await operations('second')).to.deep.equal(['PostObject']);
    });

    it('are sent with PutObject if the CORS rule doesn’t expose the checksum', async () => {
      const [rule] = uploadCorsRules([location.origin]);
      await control.setCors(bucket, [{ ...rule!, exposeHeaders: ['ETag'] }]);
      await begin();
      await put('second');
      expect(await operations('second')).to.include('PutObject');
    });

    for (const key of ['ü/影 片 (1)+&=%.bin', 'a"b\\c\'d', '😀/<x>;name=file', 'a']) {
      it(`are stored byte for byte: ${key}`, async () => {
        const body = new Blob([
          '\r\n--',
          randomBlob(2_000),
          '\r\n\r\n',
          new Uint8Array(256).map((_, i) => i),
        ]);
        const stored = await put(key, {}, body);
        const object = await control.object(bucket, key);
        expect(object?.sha256).to.equal(await sha256(body));
        expect(stored.crc64).to.equal(object?.crc64);
        expect(stored.url).to.equal(
          `http://${bucket}.${host}/${encodeURIComponent(key).replaceAll('%2F', '/')}`,
        );
        expect(await operations(key)).to.deep.equal(['PostObject']);
      });
    }

    it('may be empty', async () => {
      await put('empty', {}, new Blob());
      expect((await control.object(bucket, 'empty'))?.size).to.equal(0);
      expect(await operations('empty')).to.deep.equal(['PostObject']);
    });

    it('keep their type, headers, metadata and storage class', async () => {
      const options = {
        contentType: 'text/plain; charset=utf-8',
        headers: { 'cache-control': 'no-cache', 'x-oss-object-acl': 'public-read' },
        meta: { author: 'Ada Lovelace' },
        storageClass: 'IA',
      };
      await put('settings', options, new Blob(['x'], { type: 'image/png' }));
      const object = await control.object(bucket, 'settings');
      expect(object).to.deep.include({ contentType: 'text/plain; charset=utf-8', storageClass: 'IA' });
      expect(object?.headers['cache-control']).to.equal('no-cache');
      expect(object?.meta).to.deep.equal(options.meta);
      expect(await operations('settings')).to.deep.equal(['PostObject']);
    });

    const unsupported: [why: string, options: ObjectOptions, size?: number, key?: string][] = [
      ['they have tags', { tags: { a: 'b' } }],
      ['they have a callback', { callback: { url: callbackUrl(), body: 'x' } }],
      ['their metadata isn’t ASCII', { meta: { title: '影片' } }],
      ['a header value has characters beyond ASCII', { headers: { 'content-disposition': '"影.mp4"' } }],
      ['a header isn’t a field', { headers: { 'x-oss-traffic-limit': '819200' } }],
      ['they are larger than 64 KiB', {}, MAX_FORM_SIZE + 1],
      ['OSS could replace a part of the key', {}, 1, 'a/${filename}'],
      ['OSS could replace a part of a value', { meta: { name: '${filename}' } }],
      ['the key begins with a control character', {}, 1, '\x01a'],
      ['the key ends with a space', {}, 1, 'a '],
    ];
    for (const [why, options, size = 1, key = 'unsupported'] of unsupported) {
      it(`are sent with PutObject if ${why}`, async () => {
        await put(key, options, randomBlob(size));
        expect((await control.object(bucket, key))?.size).to.equal(size);
        expect(await operations(key)).to.deep.equal(['Preflight', 'PutObject']);
      });
    }

    it('never replace an existing object', async () => {
      await put('existing');
      const error = await uploadErrorOf(put('existing'));
      expect(error.code).to.equal('object-exists');
      expect(await operations('existing')).to.deep.equal(['PostObject', 'PostObject']);
    });

    it('replace an existing object with `overwrite`', async () => {
      await put('existing');
      await put('existing', { overwrite: true }, randomBlob(7));
      expect((await control.object(bucket, 'existing'))?.size).to.equal(7);
    });

    it('are sent with PutObject at once if OSS refuses the form', async () => {
      await failForms({ fault: { kind: 'status', status: 403, code: 'AccessDenied' } });
      await put('refused');
      expect(await operations('refused')).to.deep.equal(['PostObject', 'Preflight', 'PutObject']);
    });

    it('are no longer sent as forms once the first one was refused', async () => {
      await failForms({ times: 1, fault: { kind: 'status', status: 405, code: 'MethodNotAllowed' } });
      await put('refused');
      await put('next');
      expect(await operations('next')).to.deep.equal(['Preflight', 'PutObject']);
    });

    it('are sent with PutObject in the next attempt if a form gets no response', async () => {
      await put('second');
      await failForms({ fault: { kind: 'lost-response' } });
      const gateway = await open('lost');
      const error = await uploadErrorOf(gateway.put(randomBlob(1), once()));
      expect(error.code).to.equal('network');
      await gateway.put(randomBlob(1), { overwrite: true, ...once() });
      expect((await operations('lost')).slice(-2)).to.deep.equal(['Preflight', 'PutObject']);
    });

    it('are sent as forms again after one got no response, because others have worked', async () => {
      await put('second');
      await failForms({ times: 1, fault: { kind: 'status', status: 500, code: 'InternalError' } });
      expect((await uploadErrorOf(put('lost'))).code).to.equal('server-error');
      await put('next');
      expect(await operations('next')).to.deep.equal(['PostObject']);
    });

    it('stay retryable if the CORS rule doesn’t allow POST, and are sent with PutObject then', async () => {
      const [rule] = uploadCorsRules([location.origin]);
      const allowedMethods = rule!.allowedMethods.filter((method) => method !== 'POST');
      await control.setCors(bucket, [{ ...rule!, allowedMethods }]);
      const gateway = await open('blocked');
      const error = await uploadErrorOf(gateway.put(randomBlob(1), once()));
      expect(error).to.include({ code: 'network', retryable: true });
      expect((await uploadErrorOf(gateway.put(randomBlob(1), once()))).code).to.equal('object-exists');
    });

    it('are sent with PutObject from then on if a form arrives damaged', async () => {
      await failForms({ fault: { kind: 'corrupt' } });
      const gateway = await open('damaged');
      await gateway.put(randomBlob(1), once());
      await gateway.put(randomBlob(1), { overwrite: true, ...once() });
      await put('next');
      for (const key of ['damaged', 'next']) expect((await operations(key)).at(-1)).to.equal('PutObject');
    });

    it('are throttled like others', async () => {
      await failForms({ times: 1, fault: { kind: 'status', status: 503, code: 'TotalQpsLimitExceeded' } });
      expect((await uploadErrorOf(put('busy'))).code).to.equal('throttled');
      await put('busy');
      expect(await operations('busy')).to.deep.equal(['PostObject', 'PostObject']);
    });

    it('are sent with new credentials once the token has expired', async () => {
      const credentials = new Credentials();
      await begin({ credentials });
      await credentials.expire();
      await put('renewed');
      expect(await operations('renewed')).to.deep.equal(['PostObject', 'PostObject']);
      expect(credentials.issued).to.have.length(3);
    });

    it('are signed with the server’s time', async () => {
      await begin({ skew: 2 * 3_600_000 });
      await put('on-time');
      expect(await operations('on-time')).to.deep.equal(['PostObject']);
    });

    it('are not sent again when they are aborted', async () => {
      await failForms({ fault: { kind: 'stall', afterBytes: 10 } });
      const controller = new AbortController();
      const gateway = await open('aborted');
      const { signal } = controller;
      const rejection = rejectionOf(gateway.put(randomBlob(50_000), { signal, wasRead: true }));
      await control.waitFor({ bucket, operation: 'PostObject' }, 1, 'faulted');
      const reason = new Error('enough');
      controller.abort(reason);
      expect(await rejection).to.equal(reason);
      expect(await control.requests({ bucket, operation: 'PostObject' })).to.have.length(1);
    });

    it('report that they may be stored before they are sent', async () => {
      const order: string[] = [];
      Transport.prototype.send = function (request) {
        order.push('sent');
        return send.call(this, request);
      };
      const gateway = await open('untracked');
      await gateway.put(randomBlob(1), { onUntracked: () => order.push('untracked'), ...once() });
      expect(order).to.deep.equal(['untracked', 'sent']);
    });

    it('are sent with PutObject if the caller has not read them, and so can’t verify them', async () => {
      await (await open('unread')).put(randomBlob(1), neverAborted());
      expect(await operations('unread')).to.include('PutObject');
    });

    it('are sent one at a time until a form has worked', async () => {
      await failForms({ times: 1, fault: { kind: 'delayed-response', delay: 200 } });
      await Promise.all(['a', 'b', 'c'].map((key) => put(key)));
      const forms = await control.requests({ bucket, operation: 'PostObject' });
      expect(forms).to.have.length(1);
      await put('d');
      expect(await operations('d')).to.deep.equal(['PostObject']);
    });

    it('are sent with PutObject in the next attempt if a proxy is busy', async () => {
      answerForm(() => ({ status: 503, data: 'Busy' }));
      const gateway = await open('busy');
      expect((await uploadErrorOf(gateway.put(randomBlob(1), once()))).code).to.equal('throttled');
      await gateway.put(randomBlob(1), once());
      expect((await operations('busy')).at(-1)).to.equal('PutObject');
    });

    it('don’t make later uploads request other credentials if a form is refused', async () => {
      const credentials = new Credentials();
      await begin({ credentials });
      await failForms({ fault: { kind: 'status', status: 403, code: 'AccessDenied' } });
      await put('refused');
      await put('next');
      expect(credentials.issued).to.have.length(1);
    });

    it('end at a redirect', async () => {
      const elsewhere = `http://${bucket}.${host}/elsewhere`;
      await failForms({ fault: { kind: 'redirect', status: 307, location: elsewhere } });
      expect((await uploadErrorOf(put('redirected'))).code).to.equal('redirected');
    });

    it('keep the signature and the policy out of errors', async () => {
      const secrets: string[] = [];
      answerForm((form) => {
        for (const name of ['policy', 'x-oss-signature']) secrets.push(form.get(name) as string);
        const data = `<Error><Code>InternalError</Code><Message>${secrets.join(' ')}</Message></Error>`;
        return { status: 500, data };
      });
      const error = await uploadErrorOf(put('secret'));
      expect(String(error.cause)).to.include('…');
      for (const secret of secrets) expect(String(error.cause)).not.to.include(secret);
    });

    it('are not taken for stored because another server responds', async () => {
      answerForm(() => ({ status: 200, data: '<!doctype html>' }));
      const gateway = await open('elsewhere');
      const error = await uploadErrorOf(gateway.put(randomBlob(1), once()));
      expect(error).to.include({ code: 'server-error', retryable: true });
      await gateway.put(randomBlob(1), once());
      expect((await control.object(bucket, 'elsewhere'))?.size).to.equal(1);
    });

    it('are sent with PutObject if the SDK can’t sign forms', async () => {
      const Older = class extends sdk {
        signPostObjectPolicyV4 = undefined;
      };
      await begin({ sdk: Older });
      await put('second');
      expect(await operations('second')).to.deep.equal(['Preflight', 'PutObject']);
    });
  });
}
