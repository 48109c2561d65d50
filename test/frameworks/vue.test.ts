import { expect } from '@open-wc/testing';
import type { App, createApp as CreateApp } from 'vue';
// @ts-expect-error -- the build with a template compiler has no types
import * as vue from 'vue/dist/vue.esm-browser.prod.js';
import '../../src/frameworks/vue.js';

const { createApp } = vue as { createApp: typeof CreateApp };
const tag = 'oss-resumable-upload';
const required = 'region="oss-cn-hangzhou" bucket="examplebucket" credentials-url="/sts"';

let container: HTMLElement;
let app: App;

beforeEach(() => {
  container = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  app.unmount();
  container.remove();
});

function mount(template: string, scope: object = {}) {
  app = createApp({ template, setup: () => scope });
  app.config.compilerOptions.isCustomElement = (name) => name === tag;
  app.mount(container);
  return container.querySelector(tag)!;
}

describe('the tag in a Vue template', () => {
  it('accepts attributes as in HTML', () => {
    const element = mount(`<${tag} ${required} retries="3" warn-on-leave overwrite></${tag}>`);
    expect(element).to.include({ credentialsUrl: '/sts', warnOnLeave: true, overwrite: true });

    expect(Number(element.retries)).to.equal(3);
  });

  it('accepts functions and objects as properties', () => {
    const objectKey = (file: File) => file.name;
    const headers = { 'cache-control': 'no-store' };
    const element = mount(`<${tag} ${required} :objectKey="objectKey" :headers="headers"></${tag}>`, {
      objectKey,
      headers,
    });
    expect(element).to.include({ objectKey, headers });
  });

  it('passes events to handlers', async () => {
    const keys: string[] = [];
    const onAdd = (event: HTMLElementEventMap['oss-file-add']) => keys.push(event.detail.key);
    const element = mount(`<${tag} ${required} @oss-file-add="onAdd"></${tag}>`, { onAdd });
    await element.addFiles([new File(['film'], 'film.mp4')]);
    expect(keys).to.deep.equal(['film.mp4']);
  });
});
