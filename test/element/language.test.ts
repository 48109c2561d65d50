import { expect } from '@open-wc/testing';
import english from '../../src/i18n/locales/en.js';
import { registerLocale } from '../../src/i18n/registry.js';
import { UploadError } from '../../src/core/index.js';
import {
  buttons,
  createElement,
  makeFile,
  one,
  part,
  PART,
  pickOne,
  statusIs,
  textOf,
  type TestUpload,
} from './support.js';

const chosen = (element: TestUpload): string => textOf(part(element, 'browse-button'));

/** Resolves once the element speaks this language. */
async function speaks(element: TestUpload, tag: string): Promise<void> {
  while (part(element, 'base').lang !== tag) await new Promise((resolve) => requestAnimationFrame(resolve));
}

describe('the language', () => {
  it('is that of the closest ancestor', async () => {
    const element = await createElement();
    element.parentElement!.lang = 'zh-CN';
    await speaks(element, 'zh-CN');
    expect(chosen(element)).to.equal('选择文件');
  });

  it('is found outside of the shadow tree that the element is in', async () => {
    const element = await createElement();
    const host = document.createElement('div');
    element.before(host);
    host.attachShadow({ mode: 'open' }).append(element);
    host.lang = 'zh-Hans';
    await speaks(element, 'zh-Hans');
    expect(chosen(element)).to.equal('选择文件');
  });

  it('is English where the page’s is not there, figures too', async () => {
    const element = await createElement({ lang: 'cy', maxSize: '2.5GB' });
    expect([part(element, 'base').lang, textOf(part(element, 'hint'))]).to.deep.equal(['en', 'up to 2.5 GB']);
  });

  it('is taken up when the page brings it along', async () => {
    const element = await createElement({ lang: 'tlh' });
    registerLocale('tlh', { ...english, chooseFile: 'teywI’' });
    await speaks(element, 'tlh');
    expect(chosen(element)).to.equal('teywI’');
  });

  it('is loaded again when the network is back', async () => {
    let isThere = false;
    registerLocale('qya', () =>
      isThere ? Promise.resolve({ default: english }) : Promise.reject(new TypeError('No network')),
    );
    const element = await createElement({ lang: 'qya' });
    isThere = true;
    dispatchEvent(new Event('online'));
    await speaks(element, 'qya');
    expect(chosen(element)).to.equal('Choose file');
  });

  it('is told to assistive technology of what is spoken too', async () => {
    const element = await createElement({ lang: 'zh-CN' });
    await speaks(element, 'zh-CN');
    expect(one(element, '[role=status]').lang).to.equal('zh-CN');
  });

  it('is spoken in the page’s own words where it says so', async () => {
    const element = await createElement({ strings: { chooseFile: 'Pick a film' } });
    expect(chosen(element)).to.equal('Pick a film');
  });

  it('takes the page’s own words from an attribute', async () => {
    const element = await createElement();
    element.setAttribute('strings', '{"chooseFile": "Pick a film"}');
    await element.updateComplete;
    expect(chosen(element)).to.equal('Pick a film');
  });

  it('reaches an error that is on show', async () => {
    const element = await createElement();
    element.oss.fail('put', () => new UploadError('access-denied'));
    await pickOne(element, makeFile(PART));
    element.start();
    await statusIs(element, 'failed');
    element.lang = 'zh';
    await speaks(element, 'zh');
    expect([textOf(one(element, '.message')), ...buttons(element)]).to.deep.equal([
      '存储服务不允许本次上传。',
      '重试',
      '移除',
    ]);
  });
});

describe('from right to left', () => {
  it('the bar fills from the right', async () => {
    const element = await createElement({ dir: 'rtl' });
    await pickOne(element, makeFile(10 * PART));
    const held = element.oss.hold('uploadPart', 5);
    element.start();
    await held.reached;
    await statusIs(element, 'uploading');
    element.pause();
    await statusIs(element, 'paused');
    const fill = part(element, 'progress-bar');
    fill.style.transition = 'none';
    const { left, width } = part(element, 'progress').getBoundingClientRect();
    expect(fill.getBoundingClientRect().left - left).to.be.closeTo(width * 0.6, 1);
  });

  it('the file’s name comes first', async () => {
    const element = await createElement({ dir: 'rtl' });
    await pickOne(element, makeFile(PART));
    const name = part(element, 'file-name').getBoundingClientRect();
    expect(name.left).to.be.greaterThan(part(element, 'upload-button').getBoundingClientRect().right);
  });
});
