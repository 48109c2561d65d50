import { expect } from '@open-wc/testing';
import { UploadError } from '../../src/core/index.js';
import english from '../../src/i18n/locales/en.js';
import { findLanguage } from '../../src/i18n/registry.js';
import type { Locale } from '../../src/i18n/types.js';
import {
  createElement,
  makeFile,
  part,
  PART,
  pickOne,
  waitForStatus,
  textOf,
  type TestUpload,
} from './support.js';

/** Tags that each locale file matches. */
const tags: Readonly<Record<string, readonly string[]>> = {
  'zh-hans': ['zh', 'zh-CN', 'zh-SG', 'zh-Hans-HK'],
  'zh-hant': ['zh-TW', 'zh-HK', 'zh-MO', 'zh-Hant', 'ZH-hant-tw'],
  ja: ['ja', 'ja-JP'],
  ko: ['ko', 'ko-KR'],
  de: ['de', 'de-AT', 'de-CH'],
  fr: ['fr', 'fr-CA'],
  es: ['es', 'es-MX', 'es-419'],
  pt: ['pt', 'pt-BR', 'pt-PT'],
  ru: ['ru', 'ru-KZ'],
  ar: ['ar', 'ar-EG', 'ar-MA'],
};
const languages = Object.keys(tags);

// Evaluated before any test loads a locale.
const loadedInitially = performance
  .getEntriesByType('resource')
  .flatMap(({ name }) => /\/locales\/([\w-]+)\./.exec(name)?.slice(1) ?? []);

describe('the built-in locales', () => {
  it('are loaded on demand, except English', () => {
    expect(loadedInitially).to.deep.equal(['en']);
  });

  for (const language of languages) {
    for (const tag of tags[language]!) {
      it(`match ${tag} with ${language} and keep the tag`, async () => {
        expect(await findLanguage(tag)).to.deep.equal({ tag, locale: await load(language) });
      });
    }
  }
});

for (const language of languages) {
  describe(`the texts in ${language}`, () => {
    it('have the same placeholders as English', async () => {
      expect(placeholders(await load(language))).to.deep.equal(placeholders(english));
    });

    it('have no empty text', async () => {
      expect(texts(await load(language)).filter((text) => text.trim() === '')).to.be.empty;
    });

    it('contain no English sentences', async () => {
      const translated = new Set(texts(await load(language)));
      expect(texts(english).filter((text) => isSentence(text) && translated.has(text))).to.be.empty;
    });

    it('fit into 200 pixels', async () => {
      const element = await createInLanguage(language);
      element.parentElement!.style.inlineSize = '200px';
      await waitForRetry(element);
      const { left, right } = element.getBoundingClientRect();
      const overflows = (node: Element) => {
        const box = node.getBoundingClientRect();
        return box.left < left || box.right > right || node.scrollWidth > Math.ceil(box.width);
      };
      expect([...element.shadowRoot!.querySelectorAll('button, p, .status > span')].filter(overflows)).to.be
        .empty;
    });
  });
}

describe('Arabic', () => {
  it('is accessible', async () => {
    const element = await createInLanguage('ar', { dir: 'rtl' });
    await uploadFourParts(element);
    await expect(element).to.be.accessible();
  });

  it('shows the percentage on the left', async () => {
    const element = await createInLanguage('ar', { dir: 'rtl' });
    await uploadFourParts(element);
    expect(part(element, 'progress-text').getBoundingClientRect().right).to.be.lessThan(
      part(element, 'file-size').getBoundingClientRect().left,
    );
  });

  it('formats numbers for the region', async () => {
    const element = await createInLanguage('ar-EG', { dir: 'rtl' });
    await uploadFourParts(element);
    const ratio = Number(part(element, 'progress').ariaValueNow) / 100;
    expect(textOf(part(element, 'progress-text'))).to.equal(
      new Intl.NumberFormat('ar-EG', { style: 'percent' }).format(ratio),
    );
  });

  it('isolates values from the direction of the sentence', async () => {
    const { errors } = await load('ar');
    const error = new UploadError('object-exists', { values: { key: 'films/final (1).mp4' } });
    expect(error.describe(errors).message).to.contain('«\u2068films/final (1).mp4\u2069»');
  });
});

async function load(language: string): Promise<Locale> {
  const { default: locale } = (await import(`../../src/i18n/locales/${language}.js`)) as { default: Locale };
  return locale;
}

function texts({ errors, ...messages }: Locale): string[] {
  return [
    ...Object.values(messages),
    ...Object.values(errors).flatMap(({ message, hint }) => [message, hint]),
  ];
}

/** Some words are the same in several languages, but sentences aren't. */
function isSentence(text: string): boolean {
  return text
    .replace(/\{\w+\}/g, '')
    .trim()
    .includes(' ');
}

/** Returns the placeholders by message; those of an error may be in its message or its hint. */
function placeholders({ errors, ...messages }: Locale): Record<string, string[]> {
  const byName = Object.entries({
    ...messages,
    ...Object.fromEntries(Object.entries(errors).map(([code, { message, hint }]) => [code, message + hint])),
  });
  return Object.fromEntries(
    byName.map(([name, text]) => [name, [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()]),
  );
}

/** Creates an element whose locale is loaded. */
async function createInLanguage(lang: string, set: { dir?: string } = {}): Promise<TestUpload> {
  await findLanguage(lang);
  const element = await createElement({ lang, ...set });
  await element.updateComplete;
  return element;
}

/** Uploads four of ten parts and holds the next. */
async function uploadFourParts(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(10 * PART));
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await waitForStatus(element, 'uploading');
}

/** Brings the element into the state with the most text and buttons. */
async function waitForRetry(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(PART));
  element.env.autoAdvance = false;
  element.oss.fail('put', () => new UploadError('throttled'));
  element.start();
  await waitForStatus(element, 'waiting');
}
