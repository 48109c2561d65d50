import { expect } from '@open-wc/testing';
import {
  completeEnglish,
  defaultLanguage,
  findLanguage,
  registerLocale,
  withStrings,
} from '../../src/i18n/registry.js';
import { fillPlaceholders } from '../../src/core/index.js';
import english from '../../src/i18n/locales/en.js';
import chinese from '../../src/i18n/locales/zh-hans.js';
import { shellTexts } from '../../src/i18n/shell-texts.js';

describe('locales', () => {
  before(() => completeEnglish(english));

  it('contain the English texts of the shell', () => {
    expect(english).to.include(shellTexts);
    expect(defaultLanguage.locale).to.equal(english);
  });

  for (const tag of ['zh', 'zh-CN', 'zh-Hans', 'zh-SG', 'ZH-hans-cn']) {
    it(`loads simplified Chinese for ${tag}`, async () => {
      expect((await findLanguage(tag)).locale).to.equal(chinese);
    });
  }

  for (const tag of ['', 'x', 'not a tag', 'cy', 'sr-Latn-ME']) {
    it(`falls back to English for ${JSON.stringify(tag)}`, async () => {
      expect(await findLanguage(tag)).to.deep.equal({ tag: 'en', locale: english });
    });
  }

  it('accepts underscores in a tag', async () => {
    expect(await findLanguage('zh_CN')).to.deep.equal({ tag: 'zh-CN', locale: chinese });
  });

  it('keeps the region for number formats', async () => {
    expect((await findLanguage('en-GB')).tag).to.equal('en-GB');
  });

  it('finds a registered locale', async () => {
    const esperanto = { ...english, upload: 'Alŝuti' };
    registerLocale('eo', () => Promise.resolve({ default: esperanto }));
    expect((await findLanguage('eo')).locale).to.equal(esperanto);
  });

  it('replaces single messages and errors with the strings of the page', () => {
    const network = { message: 'Gone', hint: 'Wait' };
    const locale = withStrings(english, { upload: 'Send', errors: { network } });
    expect([locale.upload, locale.pause, locale.errors.network, locale.errors.timeout]).to.deep.equal([
      'Send',
      'Pause',
      network,
      english.errors.timeout,
    ]);
  });

  it('ignores strings of the page that aren’t text', () => {
    const strings = {
      upload: undefined,
      pause: 7,
      errors: { network: { message: 'Gone', hint: null }, timeout: undefined },
    };
    const { upload, pause, errors } = withStrings(english, strings as never);
    expect([upload, pause, errors.network, errors.timeout]).to.deep.equal([
      'Upload',
      'Pause',
      { message: 'Gone', hint: english.errors.network.hint },
      english.errors.timeout,
    ]);
  });

  it('fills placeholders', () => {
    expect(fillPlaceholders('{loaded} of {total}{nothing}', { loaded: '1', total: '2' })).to.equal('1 of 2');
  });
});
