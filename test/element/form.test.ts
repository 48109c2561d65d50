import { expect, fixture, oneEvent } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  makeFile,
  pick,
  query,
  part,
  PART,
  validateSlowly,
  waitForStatus,
  textOf,
  TestSetup,
  type TestUpload,
} from './support.js';

const film = makeFile(3 * PART);

interface InForm {
  form: HTMLFormElement;
  element: TestUpload;
}

/** Creates an element in a form, with the name `film`. */
async function createInForm(set: Partial<TestUpload> = {}, setup?: TestSetup): Promise<InForm> {
  const element = await createElement({ name: 'film', ...set }, setup);
  const form = document.createElement('form');
  form.append(element);
  await fixture(form);
  return { form, element };
}

async function upload(element: TestUpload, ...files: File[]): Promise<void> {
  await element.addFiles(files);
  element.start();
  await waitForStatus(element, 'succeeded');
}

const submitted = (form: HTMLFormElement): FormDataEntryValue[] => new FormData(form).getAll('film');

describe('the value in a form', () => {
  it('is the key although the page has set it before the element was defined', async () => {
    const { documentElement } = document.implementation.createHTMLDocument();
    documentElement.innerHTML = '<test-upload></test-upload>';
    const element = documentElement.querySelector<TestUpload>('test-upload')!;
    element.value = '';
    const container = await fixture(document.createElement('div'));
    container.append(element);
    element.stored = [{ key: 'film' }];
    expect(element.value).to.equal('film');
  });

  it('submits the key of the uploaded file', async () => {
    const { form, element } = await createInForm({ objectKey: 'films/{name}' });
    await upload(element, film);
    expect(submitted(form)).to.deep.equal(['films/film.mp4']);
  });

  it('submits the key of each of several files', async () => {
    const { form, element } = await createInForm({ multiple: true });
    await upload(element, makeFile(PART, 'a'), makeFile(PART, 'b'));
    expect(submitted(form)).to.deep.equal(['a', 'b']);
  });

  it('submits nothing for a file that is not uploaded', async () => {
    const { form, element } = await createInForm();
    await element.addFiles([film]);
    expect(submitted(form)).to.be.empty;
  });

  it('submits nothing without a name', async () => {
    const { form, element } = await createInForm({ name: undefined });
    await upload(element, film);
    expect([...new FormData(form)]).to.be.empty;
  });

  it('submits under a new name immediately after it is set', async () => {
    const { form, element } = await createInForm({ name: 'movie' });
    await upload(element, film);
    element.name = 'film';
    expect(submitted(form)).to.deep.equal(['film.mp4']);
  });

  it('submits nothing for a removed file', async () => {
    const { form, element } = await createInForm();
    await upload(element, film);
    part(element, 'remove-button').click();
    await waitForStatus(element, 'idle');
    expect(submitted(form)).to.be.empty;
  });

  it('is associated with its form and listed in form.elements', async () => {
    const { form, element } = await createInForm();
    expect([element.form, form.elements.namedItem('film')]).to.deep.equal([form, element]);
  });

  it('dispatches change for a new value', async () => {
    const { form, element } = await createInForm();
    const change = oneEvent(form, 'change');
    await element.addFiles([film]);
    element.start();
    expect((await change).target).to.equal(element);
  });
});

describe('the change event', () => {
  it('is dispatched even if the validity was checked first', async () => {
    const { form, element } = await createInForm();
    element.addEventListener('oss-upload-success', () => element.checkValidity());
    const change = oneEvent(form, 'change');
    await element.addFiles([film]);
    element.start();
    expect((await change).target).to.equal(element);
  });
});

describe('a form that is submitted in oss-upload-success', () => {
  it('contains the key', async () => {
    const { form, element } = await createInForm({ required: true });
    element.addEventListener('oss-upload-success', () => form.requestSubmit());
    const keys = new Promise<FormDataEntryValue[]>((resolve, reject) => {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        resolve(submitted(form));
      });
      form.addEventListener('invalid', () => reject(new Error(element.validationMessage)), true);
    });
    await element.addFiles([film]);
    element.start();
    expect(await keys).to.deep.equal(['film.mp4']);
  });

  it('contains all keys when the last upload succeeds', async () => {
    const { form, element } = await createInForm({ multiple: true });
    const keys: FormDataEntryValue[][] = [];
    element.addEventListener('oss-upload-success', () => {
      if (form.checkValidity()) keys.push(submitted(form));
    });
    await upload(element, makeFile(PART, 'a'), makeFile(PART, 'b'));
    expect(keys).to.deep.equal([['a', 'b']]);
  });
});

describe('the validity', () => {
  it('is valid when nothing is required', async () => {
    const { form } = await createInForm();
    expect(form.checkValidity()).to.be.true;
  });

  it('is valueMissing when a required file is missing', async () => {
    const { form, element } = await createInForm({ required: true });
    expect([form.checkValidity(), element.validity.valueMissing, element.validationMessage]).to.deep.equal([
      false,
      true,
      'Upload a file to continue.',
    ]);
  });

  it('is valid once a required file is uploaded', async () => {
    const { form, element } = await createInForm({ required: true });
    await upload(element, film);
    expect(form.checkValidity()).to.be.true;
  });

  it('is invalid while an upload is running', async () => {
    const { form, element } = await createInForm();
    const held = element.oss.hold('createUpload');
    await element.addFiles([film]);
    element.start();
    await held.reached;
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([
      false,
      'The upload isn’t complete yet. Wait for it to finish.',
    ]);
  });

  it('is invalid while a file has not been uploaded', async () => {
    const { form, element } = await createInForm();
    await element.addFiles([film]);
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([
      false,
      'A file hasn’t been uploaded yet. Upload or remove it.',
    ]);
  });

  it('is invalid while a failed file is in the list', async () => {
    const { form, element } = await createInForm();
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    await element.addFiles([film]);
    element.start();
    await waitForStatus(element, 'failed');
    const before = form.checkValidity();
    part(element, 'remove-button').click();
    await waitForStatus(element, 'idle');
    expect([before, form.checkValidity()]).to.deep.equal([false, true]);
  });

  it('updates synchronously when required changes', async () => {
    const { form, element } = await createInForm();
    element.required = true;
    const required = form.checkValidity();
    element.required = false;
    expect([required, form.checkValidity()]).to.deep.equal([false, true]);
  });

  it('is ignored while the element is disabled', async () => {
    const { form, element } = await createInForm({ required: true });
    element.disabled = true;
    expect(form.checkValidity()).to.be.true;
  });

  it('can be set by setCustomValidity', async () => {
    const { form, element } = await createInForm();
    element.setCustomValidity('Not that one.');
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([false, 'Not that one.']);
  });

  it('is reported at the first control, which gets the focus', async () => {
    const { form, element } = await createInForm({ required: true });
    form.reportValidity();
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'browse-button'));
  });

  it('is reported at the row while it has no buttons', async () => {
    const { form, element } = await createInForm();
    element.oss.hold('completeUpload');
    await element.addFiles([film]);
    element.start();
    await waitForStatus(element, 'completing');
    form.reportValidity();
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('item');
  });

  it('prevents the form from being submitted', async () => {
    const { form, element } = await createInForm({ required: true });
    const submissions: FormDataEntryValue[][] = [];
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      submissions.push(submitted(form));
    });
    form.requestSubmit();
    await upload(element, film);
    form.requestSubmit();
    expect(submissions).to.deep.equal([['film.mp4']]);
  });
});

describe('a form that is reset', () => {
  it('removes uploaded files', async () => {
    const { form, element } = await createInForm();
    await upload(element, film);
    form.reset();
    await waitForStatus(element, 'idle');
    expect(submitted(form)).to.be.empty;
  });

  it('keeps unfinished uploads resumable', async () => {
    const { form, element } = await createInForm({}, new TestSetup());
    const held = element.oss.hold('uploadPart', 3);
    await element.addFiles([film]);
    element.start();
    await held.reached;
    form.reset();
    await waitForStatus(element, 'resumable');
    expect([textOf(part(element, 'status')), form.checkValidity()]).to.deep.equal([
      'Upload stopped at 66%. Select film.mp4 to continue.',
      true,
    ]);
  });

  it('cancels unfinished uploads with no-resume', async () => {
    const { form, element } = await createInForm({ noResume: true });
    const held = element.oss.hold('uploadPart', 3);
    await element.addFiles([film]);
    element.start();
    await held.reached;
    const aborted = element.oss.next('abortUpload');
    form.reset();
    await aborted;
    expect(element.uploads).to.be.empty;
  });
});

describe('a restored form', () => {
  const stored = { fileName: 'film.mp4', fileSize: 5, bucket: 'examplebucket', key: 'films/film.mp4' };
  const files = [{ ...stored, etag: '"1"', url: 'https://example.com/', verified: true }];
  // A browser only calls this after a real navigation.
  const restore = (element: TestUpload, state: string) =>
    (
      element as unknown as { formStateRestoreCallback(state: string, reason: string): void }
    ).formStateRestoreCallback(state, 'restore');

  /** Returns the state that the browser keeps of an element with a stored file. */
  async function keptState(set: Partial<TestUpload>): Promise<string> {
    const { setFormValue } = ElementInternals.prototype;
    let kept = '';
    ElementInternals.prototype.setFormValue = function (...args) {
      kept = args[1] as string;
      setFormValue.apply(this, args);
    };
    const { element } = await createInForm(set);
    await upload(element, film);
    ElementInternals.prototype.setFormValue = setFormValue;
    return kept;
  }

  it('submits the files of its user once the page has named the user', async () => {
    const state = await keptState({ resumeScope: 'ada@example.com' });
    const { form, element } = await createInForm();
    restore(element, state);
    await element.updateComplete;
    const before = submitted(form);
    element.resumeScope = 'ada@example.com';
    await waitForStatus(element, 'succeeded');
    expect([before, submitted(form)]).to.deep.equal([[], ['film.mp4']]);
    expect(state).not.to.contain('ada');
  });

  for (const [whose, kept, resumeScope] of [
    ['another user', 'ada', 'bob'],
    ['a user', 'ada', ''],
    ['nobody', '', 'bob'],
  ] as const) {
    it(`submits no files of ${whose}`, async () => {
      const state = await keptState({ resumeScope: kept });
      const { form, element } = await createInForm({ resumeScope });
      restore(element, state);
      await element.updateComplete;
      expect([element.uploads, submitted(form)]).to.deep.equal([[], []]);
    });
  }

  it('submits no files any more after the user has changed twice', async () => {
    const { form, element } = await createInForm({ resumeScope: 'bob' });
    restore(element, await keptState({ resumeScope: 'ada' }));
    element.resumeScope = 'carol';
    await element.updateComplete;
    element.resumeScope = 'ada';
    await element.updateComplete;
    expect(submitted(form)).to.deep.equal([]);
  });

  it('submits the uploaded files once the page has set the bucket', async () => {
    const { form, element } = await createInForm({ bucket: undefined });
    restore(element, JSON.stringify(files));
    await element.updateComplete;
    element.bucket = 'examplebucket';
    await waitForStatus(element, 'succeeded');
    expect(submitted(form)).to.deep.equal(['films/film.mp4']);
  });
});

describe('a file that is being validated', () => {
  /** Adds a file that the page validates until `answer` is called. */
  async function addSlowly(): Promise<
    InForm & { answer: (sentence?: string) => void; added: Promise<unknown> }
  > {
    const { validateFile, answer } = validateSlowly();
    const { form, element } = await createInForm({ validateFile });
    return { form, element, answer, added: element.addFiles([film]) };
  }

  it('keeps the form from being submitted', async () => {
    const { form, answer, added } = await addSlowly();
    const isValid = form.checkValidity();
    answer();
    await added;
    expect(isValid).to.be.false;
  });

  it('lets the form be submitted once it is refused', async () => {
    const { form, answer, added } = await addSlowly();
    answer('Choose another file.');
    await added;
    expect(form.checkValidity()).to.be.true;
  });

  it('lets the form be submitted once the value is emptied', async () => {
    const { form, element, answer, added } = await addSlowly();
    element.value = '';
    const isValid = form.checkValidity();
    answer();
    await added;
    expect(isValid).to.be.true;
  });
});

describe('a disabled fieldset', () => {
  async function createInFieldset(): Promise<{ fieldset: HTMLFieldSetElement; element: TestUpload }> {
    const { form, element } = await createInForm();
    const fieldset = document.createElement('fieldset');
    fieldset.append(element);
    form.append(fieldset);
    return { fieldset, element };
  }

  it('disables the controls', async () => {
    const { fieldset, element } = await createInFieldset();
    fieldset.disabled = true;
    await element.updateComplete;
    expect([part<HTMLButtonElement>(element, 'browse-button').disabled, element.disabled]).to.deep.equal([
      true,
      false,
    ]);
  });

  it('enables the controls again', async () => {
    const { fieldset, element } = await createInFieldset();
    fieldset.disabled = true;
    fieldset.disabled = false;
    await element.updateComplete;
    expect(part<HTMLButtonElement>(element, 'browse-button').disabled).to.be.false;
  });
});

describe('a label', () => {
  async function createLabelled(
    set: Partial<TestUpload> = {},
  ): Promise<{ label: HTMLLabelElement; element: TestUpload }> {
    const { form, element } = await createInForm({ id: 'film', noResume: true, ...set });
    const label = document.createElement('label');
    label.htmlFor = 'film';
    label.textContent = 'Your film';
    form.prepend(label);
    return { label, element };
  }

  async function press(target: Element): Promise<void> {
    const { left, top } = target.getBoundingClientRect();
    await sendMouse({ type: 'click', position: [Math.round(left + 5), Math.round(top + 5)] });
  }

  it('opens the file picker when clicked', async () => {
    const { label, element } = await createLabelled();
    const input = query(element, 'input[type=file]');
    let clicks = 0;
    input.addEventListener('click', (event) => {
      event.preventDefault();
      clicks++;
    });
    const opened = oneEvent(input, 'click');
    await press(label);
    await opened;
    pick(element, film);
    await waitForStatus(element, 'ready');
    expect([clicks, element.uploads.length]).to.deep.equal([1, 1]);
  });

  it('focuses the first control when no file can be added', async () => {
    const { label, element } = await createLabelled();
    element.oss.hold('createUpload');
    await element.addFiles([film]);
    element.start();
    await waitForStatus(element, 'preparing');
    await press(label);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'pause-button'));
  });

  it('does not interfere with the buttons of an element that it contains', async () => {
    const { label, element } = await createLabelled();
    label.append(element);
    const clicks: string[] = [];
    query(element, 'input[type=file]').addEventListener('click', (event) => {
      event.preventDefault();
      clicks.push('picker');
    });
    await element.addFiles([film]);
    await element.updateComplete;
    element.addEventListener('click', () => clicks.push('click'));
    await press(part(element, 'remove-button'));
    await waitForStatus(element, 'idle');
    expect(clicks).to.deep.equal(['click']);
  });

  it('is in the labels of the element', async () => {
    const { label, element } = await createLabelled();
    expect([...element.labels]).to.deep.equal([label]);
  });
});
