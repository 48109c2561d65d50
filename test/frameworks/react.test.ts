import { expect } from '@open-wc/testing';
import type { Package } from 'custom-elements-manifest/schema.js';
import { act, createElement, createRef, StrictMode, type ReactNode } from 'react';
import { createRoot, hydrateRoot, type Root } from 'react-dom/client';
import '../../src/frameworks/jsx.js';
import type { HandlerProps } from '../../src/frameworks/props.js';
import { OssResumableUpload, type OssResumableUploadElement } from '../../src/frameworks/react.js';

const tag = 'oss-resumable-upload';
const place = { region: 'oss-cn-hangzhou', bucket: 'examplebucket', credentialsUrl: '/sts' };

// `act` asks for it, and renders at once for it.
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

describe('React component', () => {
  it('sets props as properties, whatever they hold', async () => {
    const objectKey = (file: File) => `films/${file.name}`;
    const credentialsInit = { headers: { 'x-csrf-token': '1' } };
    const element = await render(
      createElement(OssResumableUpload, {
        ...place,
        bucket: 'examplebucket',
        maxSize: '2 GiB',
        objectKey,
        credentialsInit,
      }),
    );
    expect(element).to.include({ bucket: 'examplebucket', maxSize: '2 GiB', objectKey, credentialsInit });
  });

  it('hears each event that the manifest tells of, at the prop of its name', async () => {
    const manifest = (await (await fetch('/custom-elements.json')).json()) as Package;
    const names = manifest.modules
      .flatMap(({ declarations = [] }) => declarations)
      .flatMap((declaration) => ('events' in declaration ? (declaration.events ?? []) : []))
      .map(({ name }) => name);
    const heard: string[] = [];
    const handlers = names.map((name) => [
      `on-${name}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()),
      ({ type }: Event) => heard.push(type),
    ]);
    const element = await render(
      createElement(OssResumableUpload, { ...place, ...(Object.fromEntries(handlers) as HandlerProps) }),
    );
    for (const name of names) element.dispatchEvent(new CustomEvent(name));
    expect(heard).to.not.be.empty;
    expect(heard).to.deep.equal(names);
  });

  it('hands over what the element tells, and takes a no', async () => {
    const keys: string[] = [];
    const element = await render(
      createElement(OssResumableUpload, {
        ...place,
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

  it('calls the handler of the last render alone', async () => {
    const heard: string[] = [];
    const withHandler = (name: string) =>
      createElement(OssResumableUpload, { ...place, onOssUploadCancel: () => heard.push(name) });
    await render(withHandler('first'));
    const element = await render(withHandler('second'));
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(heard).to.deep.equal(['second']);
  });

  it('calls a handler no more that is taken away', async () => {
    const heard: string[] = [];
    await render(
      createElement(OssResumableUpload, { ...place, onOssUploadCancel: () => heard.push('cancel') }),
    );
    const element = await render(createElement(OssResumableUpload, place));
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(heard).to.be.empty;
  });

  it('keeps the element and its files when it renders again', async () => {
    const element = await render(createElement(OssResumableUpload, place));
    await element.addFiles([film]);
    const again = await render(createElement(OssResumableUpload, { ...place, disabled: true }));
    expect(again).to.equal(element);
    expect(again.uploads).to.have.length(1);
  });

  it('hears an event once where React mounts twice', async () => {
    let count = 0;
    const element = await render(
      createElement(
        StrictMode,
        null,
        createElement(OssResumableUpload, { ...place, onOssUploadCancel: () => count++ }),
      ),
    );
    element.dispatchEvent(new CustomEvent('oss-upload-cancel'));
    expect(count).to.equal(1);
  });

  it('gives the element to a ref', async () => {
    const ref = createRef<OssResumableUploadElement>();
    const element = await render(createElement(OssResumableUpload, { ...place, ref }));
    expect(ref.current).to.equal(element);
  });

  it('takes class, style, slots and attributes as any component does', async () => {
    const label = createElement('b', { slot: 'label' }, 'Your film');
    const element = await render(
      createElement(
        OssResumableUpload,
        { ...place, className: 'wide', style: { order: 2 }, 'aria-describedby': 'x' },
        label,
      ),
    );
    expect(element.outerHTML)
      .to.include('class="wide"')
      .and.include('order: 2')
      .and.include('aria-describedby="x"');
    expect(element.querySelector('[slot=label]')?.textContent).to.equal('Your film');
  });

  it('takes over what a server has rendered', async () => {
    container.innerHTML = `<${tag} class="wide"></${tag}>`;
    const element = container.querySelector(tag)!;
    const faults: unknown[] = [];
    await act(async () => {
      const component = createElement(OssResumableUpload, {
        ...place,
        className: 'wide',
      });
      root = hydrateRoot(container, component, { onRecoverableError: (error) => faults.push(error) });
    });
    expect(container.querySelector(tag)).to.equal(element);
    expect(element.bucket).to.equal('examplebucket');
    expect(faults).to.be.empty;
  });
});

describe('the tag in the JSX of React', () => {
  it('takes attributes, properties and handlers', async () => {
    const heard: string[] = [];
    const objectKey = (file: File) => `films/${file.name}`;
    const element = await render(
      createElement(tag, {
        region: place.region,
        bucket: place.bucket,
        'credentials-url': '/sts',
        'warn-on-leave': true,
        objectKey,
        'onoss-file-add': (event: HTMLElementEventMap['oss-file-add']) => heard.push(event.detail.key),
      }),
    );
    await element.addFiles([film]);
    expect(element).to.include({ credentialsUrl: '/sts', warnOnLeave: true, objectKey });
    expect(heard).to.deep.equal(['films/film.mp4']);
  });
});
