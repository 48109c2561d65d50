// Programs that use the element without a browser, and the page of a React application.

/** Creates, changes, attaches and removes the element. Throws, or leaves a rejection, if a browser API is missing. */
const exercise = `
  const element = document.createElement('oss-resumable-upload');
  element.setAttribute('region', 'oss-cn-hangzhou');
  element.setAttribute('bucket', 'examplebucket');
  element.getCredentials = async () => ({});
  Object.assign(element, { multiple: true, name: 'film', required: true });
  const form = document.body.appendChild(document.createElement('form'));
  form.append(element);
  await element.updateComplete;
  await element.addFiles([new File(['content'], 'notes.txt'), new File(['content'], 'photo.png', { type: 'image/png' })]);
  await element.updateComplete;
  const { length } = element.uploads;
  if (length !== 2) throw new Error(length + ' uploads');
  element.checkValidity();
  element.pause();
  element.focus();
  form.reset();
  await element.listResumable();
  await element.cancel();
  element.lang = 'de';
  await new Promise((resolve) => setTimeout(resolve, 300));
  await element.updateComplete;
  element.remove();
  document.body.append(element);
  await element.updateComplete;
  element.remove();
  document.body.innerHTML = '<oss-resumable-upload disabled></oss-resumable-upload>';
  await document.body.firstChild.updateComplete;
  document.body.replaceChildren();
  await new Promise((resolve) => setTimeout(resolve, 300));
`;

/** How a window of each environment is created. */
const windows = {
  jsdom:
    "import { JSDOM } from 'jsdom';\nconst window = new JSDOM('', { url: 'https://example.com/', pretendToBeVisual: true }).window;",
  'happy-dom':
    "import { Window } from 'happy-dom';\nconst window = new Window({ url: 'https://example.com/' });",
};

/** Makes the window's properties global, as test runners do. */
const globals = `
const replaced = ['Event', 'EventTarget', 'CustomEvent', 'navigator', 'AbortController', 'AbortSignal', 'File', 'Blob', 'FormData'];
for (const name of Object.getOwnPropertyNames(window)) {
  if (name in globalThis && !replaced.includes(name)) continue;
  Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: window[name] });
}
Object.assign(globalThis, { window, document: window.document });
`;

export function elementProgram(environment: keyof typeof windows): string {
  return `${windows[environment]}${globals}
await import('oss-resumable-upload');
${exercise}
process.exit(0);
`;
}

/** What jest-environment-jsdom lacks. As in docs/frameworks.md. */
export const jestSetup = `const { TextDecoder, TextEncoder } = require('node:util');
Object.assign(globalThis, { TextDecoder, TextEncoder });
`;

export const jestTest = `
require('oss-resumable-upload');
test('the element can be created, attached and removed', async () => {${exercise}});
`;

/** Renders the element with the attributes in the first argument, and prints the markup. */
export const ssrProgram = `
import { setTimeout } from 'node:timers/promises';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html, unsafeStatic } from 'lit/static-html.js';
import 'oss-resumable-upload';
const attributes = Object.entries(JSON.parse(process.argv[2])).map(([name, value]) => name + '="' + value + '"').join(' ');
const renderElement = (attributes) =>
  collectResult(render(html\`<oss-resumable-upload \${unsafeStatic(attributes)}></oss-resumable-upload>\`));
const withFile = attributes + ' stored="[{&quot;key&quot;:&quot;a&quot;}]"';
const first = await renderElement(withFile);
await setTimeout(500);
// What a server has rendered before must not show in later pages.
if ((await renderElement(withFile)) !== first) throw new Error('The same element is rendered differently.');
const markup = await renderElement(attributes);
if (!markup.includes('part="dropzone"')) throw new Error('The shadow root is not rendered.');
process.stdout.write(markup, () => process.exit(0));
`;

/** The object key is a function, which only a property can hold. */
export function reactPage(attributes: Readonly<Record<string, string>>): string {
  const {
    'object-key': objectKey = '',
    'credentials-url': credentialsUrl,
    'part-size': partSize,
    ...plain
  } = attributes;
  return `'use client';
import { OssResumableUpload } from 'oss-resumable-upload/react';
const settings = ${JSON.stringify({ ...plain, credentialsUrl, partSize })};
const objectKey = (file) => ${JSON.stringify(objectKey)}.replace('{name}', file.name);
export default function Page() {
  return <OssResumableUpload {...settings} objectKey={objectKey} />;
}
`;
}

/** A main module of Angular, for a page with `<app-root>`. */
export function angularMain(template: string): string {
  return `import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import 'oss-resumable-upload';

@Component({
  selector: 'app-root',
  template: ${JSON.stringify(template)},
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
})
class App {}

void bootstrapApplication(App, { providers: [provideZonelessChangeDetection()] });
`;
}

/** The configuration of an Angular project with src/main.ts and src/index.html. */
export const angularProject = {
  version: 1,
  cli: { analytics: false },
  projects: {
    app: {
      projectType: 'application',
      root: '',
      architect: {
        build: {
          builder: '@angular/build:application',
          options: {
            outputPath: 'dist',
            browser: 'src/main.ts',
            index: 'src/index.html',
            tsConfig: 'tsconfig.json',
          },
        },
      },
    },
  },
};
