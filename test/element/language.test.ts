import { expect } from '@open-wc/testing';
import english from '../../src/i18n/locales/en.js';
import { registerLocale } from '../../src/i18n/registry.js';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  makeFile,
  query,
  part,
  PART,
  pickOne,
  waitForStatus,
  textOf,
  type TestUpload,
} from './support.js';

const browseLabel = (element: TestUpload): string => textOf(part(element, 'browse-button'));

/** Resolves once the element is rendered in this language. */
async function waitForLanguage(element: TestUpload, tag: string): Promise<void> {
  while (part(element, 'base').lang !== tag) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the language', () => {
  it('is that of the closest ancestor with a lang attribute', async () => {
    const element = await createElement();
    element.parentElement!.lang = 'zh-CN';
    await waitForLanguage(element, 'zh-CN');
    expect(browseLabel(element)).to.equal('选择文件');
  });

  it('is inherited across shadow boundaries', async () => {
    const element = await createElement();
    const host = document.createElement('div');
    element.before(host);
    host.attachShadow({ mode: 'open' }).append(element);
    host.lang = 'zh-Hans';
    await waitForLanguage(element, 'zh-Hans');
    expect(browseLabel(element)).to.equal('选择文件');
  });

  it('falls back to English texts and number formats', async () => {
    const element = await createElement({ lang: 'cy', maxSize: '2.5GB' });
    expect([part(element, 'base').lang, textOf(part(element, 'hint'))]).to.deep.equal([
      'en',
      'Maximum size: 2.5 GB',
    ]);
  });

  it('updates when the page registers a locale', async () => {
    const element = await createElement({ lang: 'tlh' });
    registerLocale('tlh', { ...english, chooseFile: 'teywI’' });
    await waitForLanguage(element, 'tlh');
    expect(browseLabel(element)).to.equal('teywI’');
  });

  it('is loaded again when the browser comes online', async () => {
    let isAvailable = false;
    registerLocale('qya', () =>
      isAvailable ? Promise.resolve({ default: english }) : Promise.reject(new TypeError('No network')),
    );
    const element = await createElement({ lang: 'qya' });
    isAvailable = true;
    dispatchEvent(new Event('online'));
    await waitForLanguage(element, 'qya');
    expect(browseLabel(element)).to.equal('Choose file');
  });

  it('is set on the live region', async () => {
    const element = await createElement({ lang: 'zh-CN' });
    await waitForLanguage(element, 'zh-CN');
    expect(query(element, '[role=status]').lang).to.equal('zh-CN');
  });

  it('uses the strings property', async () => {
    const element = await createElement({ strings: { chooseFile: 'Pick a film' } });
    expect(browseLabel(element)).to.equal('Pick a film');
  });

  it('uses the strings attribute', async () => {
    const element = await createElement();
    element.setAttribute('strings', '{"chooseFile": "Pick a film"}');
    await element.updateComplete;
    expect(browseLabel(element)).to.equal('Pick a film');
  });

  it('updates a visible error', async () => {
    const element = await createElement();
    element.oss.fail('put', () => new UploadError('access-denied'));
    await pickOne(element, makeFile(PART));
    element.start();
    await waitForStatus(element, 'failed');
    element.lang = 'zh';
    await waitForLanguage(element, 'zh');
    expect([textOf(query(element, '.message')), ...buttons(element)]).to.deep.equal([
      '您没有上传此文件的权限，请联系网站管理员。',
      '重试',
      '移除',
    ]);
  });
});

describe('right to left', () => {
  it('fills the progress bar from the right', async () => {
    const element = await createElement({ dir: 'rtl' });
    await pickOne(element, makeFile(10 * PART));
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await waitForStatus(element, 'uploading');
    element.pause();
    await waitForStatus(element, 'paused');
    const fill = part(element, 'progress-bar');
    fill.style.transition = 'none';
    const { left, width } = part(element, 'progress').getBoundingClientRect();
    expect(fill.getBoundingClientRect().left - left).to.be.closeTo(width * 0.6, 1);
  });

  it('shows the file name on the right', async () => {
    const element = await createElement({ dir: 'rtl' });
    await pickOne(element, makeFile(PART));
    const name = part(element, 'file-name').getBoundingClientRect();
    expect(name.left).to.be.greaterThan(part(element, 'upload-button').getBoundingClientRect().right);
  });
});
