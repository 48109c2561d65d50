// The faults of the browser that the page simulates.
import { expect } from '@open-wc/testing';
import { muteProgress } from './mute-progress.js';
import { watchRequests } from './sent-requests.js';
import { silenceStorage } from './silent-storage.js';

describe('silenceStorage', () => {
  const { open } = IDBFactory.prototype;
  const { transaction } = IDBDatabase.prototype;
  afterEach(() => {
    IDBFactory.prototype.open = open;
    IDBDatabase.prototype.transaction = transaction;
  });

  const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });

  it('opens no database', async () => {
    silenceStorage('open');
    const request = indexedDB.open('never-opened');
    request.onsuccess = () => expect.fail();
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).not.to.include('never-opened');
  });

  it('performs no transaction', async () => {
    const request = indexedDB.open('silent-transactions');
    request.onupgradeneeded = () => request.result.createObjectStore('parts').createIndex('number', 'number');
    const database = await resultOf(request);
    silenceStorage('transactions');
    const silent = database.transaction('parts', 'readwrite');
    silent.oncomplete = silent.onabort = () => expect.fail();
    const put = silent.objectStore('parts').put({ number: 1 }, 1);
    put.onsuccess = put.onerror = () => expect.fail();
    silent.objectStore('parts').index('number').get(1);
    silent.abort();
    IDBDatabase.prototype.transaction = transaction;
    const count = await resultOf(database.transaction('parts').objectStore('parts').count());
    database.close();
    expect(count).to.equal(0);
  });
});

describe('muteProgress', () => {
  const { open, send } = XMLHttpRequest.prototype;
  afterEach(() => Object.assign(XMLHttpRequest.prototype, { open, send }));

  const upload = (): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const events: string[] = [];
      const request = new XMLHttpRequest();
      request.open('POST', new URL('/?uploads', location.href));
      request.upload.onprogress = request.upload.onload = ({ type }) => events.push(type);
      request.upload.addEventListener('loadend', ({ type }) => events.push(type));
      request.onload = () => resolve(events);
      request.onerror = reject;
      request.send(new Blob(['bytes']));
    });

  it('suppresses the events of an upload', async () => {
    expect(await upload()).to.include('load');
    muteProgress();
    expect(await upload()).to.deep.equal([]);
  });

  it('leaves the record of the requests complete', async () => {
    const requests = watchRequests(Date.now);
    muteProgress();
    await upload();
    expect(requests.map(({ bodySent }) => bodySent)).to.deep.equal([true]);
  });
});
