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
  statusIs,
  textOf,
  type TestUpload,
} from './support.js';

/** By the file of each language, what it serves. */
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

// Before any of the tests has asked for one.
const loadedUnasked = performance
  .getEntriesByType('resource')
  .flatMap(({ name }) => /\/locales\/([\w-]+)\./.exec(name)?.slice(1) ?? []);

describe('the languages that come along', () => {
  it('are loaded when they are asked for, but English', () => {
    expect(loadedUnasked).to.deep.equal(['en']);
  });

  for (const language of languages) {
    for (const tag of tags[language]!) {
      it(`serve ${tag} with ${language}, and write figures as it does`, async () => {
        expect(await findLanguage(tag)).to.deep.equal({ tag, locale: await load(language) });
      });
    }
  }
});

for (const language of languages) {
  describe(`the texts in ${language}`, () => {
    it('have the placeholders of the English ones and no others', async () => {
      expect(placeholders(await load(language))).to.deep.equal(placeholders(english));
    });

    it('leave nothing unsaid', async () => {
      expect(texts(await load(language)).filter((text) => text.trim() === '')).to.be.empty;
    });

    it('leave nothing in English', async () => {
      const translated = new Set(texts(await load(language)));
      expect(texts(english).filter((text) => isSentence(text) && translated.has(text))).to.be.empty;
    });

    it('fit into 200 pixels', async () => {
      const element = await speak(language);
      element.parentElement!.style.inlineSize = '200px';
      await waitForAnotherAttempt(element);
      const { left, right } = element.getBoundingClientRect();
      const sticksOut = (node: Element) => {
        const box = node.getBoundingClientRect();
        return box.left < left || box.right > right || node.scrollWidth > Math.ceil(box.width);
      };
      expect([...element.shadowRoot!.querySelectorAll('button, p, .status > span')].filter(sticksOut)).to.be
        .empty;
    });
  });
}

describe('Arabic, from right to left', () => {
  it('is accessible', async () => {
    const element = await speak('ar', { dir: 'rtl' });
    await upload(element);
    await expect(element).to.be.accessible();
  });

  it('begins its line at the right', async () => {
    const element = await speak('ar', { dir: 'rtl' });
    await upload(element);
    expect(part(element, 'progress-text').getBoundingClientRect().left).to.be.greaterThan(
      part(element, 'file-size').getBoundingClientRect().right,
    );
  });

  it('writes figures as the region does', async () => {
    const element = await speak('ar-EG', { dir: 'rtl' });
    await upload(element);
    const ratio = Number(part(element, 'progress').ariaValueNow) / 100;
    expect(textOf(part(element, 'progress-text'))).to.equal(
      new Intl.NumberFormat('ar-EG', { style: 'percent' }).format(ratio),
    );
  });

  it('keeps a value from turning the sentence around it', async () => {
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

/** Some words are the same in several languages; no sentence is. */
function isSentence(text: string): boolean {
  return text
    .replace(/\{\w+\}/g, '')
    .trim()
    .includes(' ');
}

/** By message; what an error says first in one language may come second in another. */
function placeholders({ errors, ...messages }: Locale): Record<string, string[]> {
  const byName = Object.entries({
    ...messages,
    ...Object.fromEntries(Object.entries(errors).map(([code, { message, hint }]) => [code, message + hint])),
  });
  return Object.fromEntries(
    byName.map(([name, text]) => [name, [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()]),
  );
}

/** An element that speaks this language already. */
async function speak(lang: string, set: { dir?: string } = {}): Promise<TestUpload> {
  await findLanguage(lang);
  const element = await createElement({ lang, ...set });
  await element.updateComplete;
  return element;
}

/** Four of ten parts are there, and the next is on its way. */
async function upload(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(10 * PART));
  const held = element.oss.hold('uploadPart', 5);
  element.start();
  await held.reached;
  await statusIs(element, 'uploading');
}

/** The state of most words and buttons. */
async function waitForAnotherAttempt(element: TestUpload): Promise<void> {
  await pickOne(element, makeFile(PART));
  element.env.autoAdvance = false;
  element.oss.fail('put', () => new UploadError('throttled'));
  element.start();
  await statusIs(element, 'waiting');
}
