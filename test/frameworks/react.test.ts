import { expect } from '@open-wc/testing';
import type { Package } from 'custom-elements-manifest/schema.js';
import { act, createElement, createRef, StrictMode, type ReactNode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import '../../src/frameworks/jsx.js';
import type { HandlerProps } from '../../src/frameworks/props.js';
import { OssResumableUpload, type OssResumableUploadElement } from '../../src/frameworks/react.js';

const tag = 'oss-resumable-upload';
const required = { region: 'oss-cn-hangzhou', bucket: 'examplebucket', credentialsUrl: '/sts' };

// Required by `act`, which then renders synchronously.
(globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }).IS_REACT_ACT_ENVIRONMENT = true;

let container: HTMLElement;
let root: Root | undefined;

beforeEach(() => {
  container = document.body.appendChild(document.createElement('div'));
});

afterEach(async () => {
  await act(async () => root?.unmount());
  root = undefined;
  container.remove();
});

async function render(content: ReactNode): Promise<OssResumableUploadElement> {
  root ??= createRoot(container);
  await act(async () => root?.render(content));
  return container.querySelector(tag)!;
}

const film = new File(['film'], 'film.mp4', { type: 'video/mp4' });

describe('the React component', () => {
  it('sets props of any type as properties', async () => {
    const objectKey = (file: File) => `films/${file.name}`;
    const credentialsInit = { headers: { 'x-csrf-token': '1' } };
    const element = await render(
      createElement(OssResumableUpload, {
        ...required,
        bucket: 'examplebucket',
        maxSize: '2 GiB',
        objectKey,
        credentialsInit,
      }),
    );
    expect(element).to.include({ bucket: 'examplebucket', maxSize: '2 GiB', objectKey, credentialsInit });
  });

  it('has a handler prop for each event of the manifest', async () => {
    const manifest = (await (await fetch('/custom-elements.json')).json()) as Package;
    const names = manifest.modules
      .flatMap(({ declarations = [] }) => declarations)
      .flatMap((declaration) => ('events' in declaration ? (declaration.events ?? []) : []))
      .map(({ name }) => name);
    const received: string[] = [];
    const handlers = names.map((name) => [
      `on-${name}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      ({ type }: Event) => received.push(type),
    ]);
    const element = await render(
      createElement(OssResumableUpload, { ...required, ...(Object.fromEntries(handlers) as HandlerProps) }),
    );
    for (const name of names) element.dispatchEvent(new CustomEvent(name));
    expect(received).to.not.be.empty;
    expect(received).to.deep.equal(names);
  });

  it('passes event details, and events can be prevented', async () => {
    const keys: string[] = [];
    const element = await render(
      createElement(OssResumableUpload, {
        ...required,
        objectKey: 'films/{name}',
        onOssFileAdd(event) {
          keys.push(event.detail.key);
          event.preventDefault();
        },
      }),
    );
    const added = await element.addFiles([film]);
    expect(keys).to.deep.equal(['films/film.mp4']);
    expect(added).to.be.empty;
  });

  it('calls only the handler of the last render', async () => {
    const received: string[] = [];
    const withHandler = (name: string) =>
      createElement(OssResumableUpload, { ...required, onOssUploadCancel: () => received.push(name) });
    await render(withHandler('first'));
    const element = await render(withHandler('second'));
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(received).to.deep.equal(['second']);
  });

  it('does not call a removed handler', async () => {
    const received: string[] = [];
    await render(
      createElement(OssResumableUpload, { ...required, onOssUploadCancel: () => received.push('cancel') }),
    );
    const element = await render(createElement(OssResumableUpload, required));
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(received).to.be.empty;
  });

  it('keeps the element and its files when rendered again', async () => {
    const element = await render(createElement(OssResumableUpload, required));
    await element.addFiles([film]);
    const again = await render(createElement(OssResumableUpload, { ...required, disabled: true }));
    expect(again).to.equal(element);
    expect(again.uploads).to.have.length(1);
  });

  it('handles an event once in strict mode', async () => {
    let count = 0;
    const element = await render(
      createElement(
        StrictMode,
        null,
        createElement(OssResumableUpload, { ...required, onOssUploadCancel: () => count++ }),
      ),
    );
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(count).to.equal(1);
  });

  it('passes the element to a ref', async () => {
    const ref = createRef<OssResumableUploadElement>();
    const element = await render(createElement(OssResumableUpload, { ...required, ref }));
    expect(ref.current).to.equal(element);
  });

  it('accepts className, style, slots and attributes', async () => {
    const label = createElement('b', { slot: 'label' }, 'Your film');
    const element = await render(
      createElement(
        OssResumableUpload,
        { ...required, className: 'wide', style: { order: 2 }, 'aria-describedby': 'x' },
        label,
      ),
    );
    expect(element.outerHTML)
      .to.include('class="wide"')
      .and.include('order: 2')
      .and.include('aria-describedby="x"');
    expect(element.querySelector('[slot=label]')?.textContent).to.equal('Your film');
  });

  it('hydrates server-rendered markup', async () => {
    // As react-dom/server renders the component.
    container.innerHTML = `<${tag} region="oss-cn-hangzhou" bucket="examplebucket" credentials-url="/sts" multiple="" class="wide"></${tag}>`;
    const objectKey = (file: File) => `films/${file.name}`;
    const element = container.querySelector(tag)!;
    const errors: unknown[] = [];
    await act(async () => {
      const component = createElement(OssResumableUpload, {
        ...required,
        multiple: true,
        objectKey,
        className: 'wide',
      });
      root = hydrateRoot(container, component, { onRecoverableError: (error) => errors.push(error) });
    });
    expect(container.querySelector(tag)).to.equal(element);
    expect(element).to.include({ bucket: 'examplebucket', multiple: true, objectKey });
    expect(errors).to.be.empty;
  });
});

describe('the tag in JSX', () => {
  it('accepts attributes, properties and handlers', async () => {
    const received: string[] = [];
    const objectKey = (file: File) => `films/${file.name}`;
    const element = await render(
      createElement(tag, {
        region: required.region,
        bucket: required.bucket,
        'credentials-url': '/sts',
        'warn-on-leave': true,
        objectKey,
        'onoss-file-add': (event: HTMLElementEventMap['oss-file-add']) => received.push(event.detail.key),
      }),
    );
    await element.addFiles([film]);
    expect(element).to.include({ credentialsUrl: '/sts', warnOnLeave: true, objectKey });
    expect(received).to.deep.equal(['films/film.mp4']);
  });
});
