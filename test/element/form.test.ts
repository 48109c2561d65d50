import { expect, fixture, oneEvent } from '@open-wc/testing';
import { sendMouse } from '@web/test-runner-commands';
import { UploadError } from '../../src/core/index.js';
import {
  createElement,
  makeFile,
  one,
  part,
  PART,
  statusIs,
  textOf,
  World,
  type TestUpload,
} from './support.js';

const film = makeFile(3 * PART);

interface InForm {
  form: HTMLFormElement;
  element: TestUpload;
}

/** An element in a form, under the name `film`. */
async function createInForm(set: Partial<TestUpload> = {}, world?: World): Promise<InForm> {
  const element = await createElement({ name: 'film', ...set }, world);
  const form = document.createElement('form');
  form.append(element);
  await fixture(form);
  return { form, element };
}

async function upload(element: TestUpload, ...files: File[]): Promise<void> {
  await element.addFiles(files);
  element.start();
  await statusIs(element, 'succeeded');
}

const submitted = (form: HTMLFormElement): FormDataEntryValue[] => new FormData(form).getAll('film');

describe('in a form', () => {
  it('submits the key of the file that is stored', async () => {
    const { form, element } = await createInForm({ objectKey: 'films/{name}' });
    await upload(element, film);
    expect(submitted(form)).to.deep.equal(['films/film.mp4']);
  });

  it('submits the key of each of several files', async () => {
    const { form, element } = await createInForm({ multiple: true });
    await upload(element, makeFile(PART, 'a'), makeFile(PART, 'b'));
    expect(submitted(form)).to.deep.equal(['a', 'b']);
  });

  it('submits nothing of a file that is not stored', async () => {
    const { form, element } = await createInForm();
    await element.addFiles([film]);
    expect(submitted(form)).to.be.empty;
  });

  it('submits nothing without a name', async () => {
    const { form, element } = await createInForm({ name: undefined });
    await upload(element, film);
    expect([...new FormData(form)]).to.be.empty;
  });

  it('submits under a name that a script sets, at once', async () => {
    const { form, element } = await createInForm({ name: 'movie' });
    await upload(element, film);
    element.name = 'film';
    expect(submitted(form)).to.deep.equal(['film.mp4']);
  });

  it('submits no file that was removed', async () => {
    const { form, element } = await createInForm();
    await upload(element, film);
    part(element, 'remove-button').click();
    await statusIs(element, 'idle');
    expect(submitted(form)).to.be.empty;
  });

  it('is told by its form and its form’s elements', async () => {
    const { form, element } = await createInForm();
    expect([element.form, form.elements.namedItem('film')]).to.deep.equal([form, element]);
  });

  it('tells of a new value by change', async () => {
    const { form, element } = await createInForm();
    const change = oneEvent(form, 'change');
    await element.addFiles([film]);
    element.start();
    expect((await change).target).to.equal(element);
  });
});

describe('a change of the value', () => {
  it('is told although the validity was asked for first', async () => {
    const { form, element } = await createInForm();
    element.addEventListener('oss-upload-success', () => element.checkValidity());
    const change = oneEvent(form, 'change');
    await element.addFiles([film]);
    element.start();
    expect((await change).target).to.equal(element);
  });
});

describe('a form that is submitted as soon as the upload has succeeded', () => {
  it('holds the key', async () => {
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

  it('holds the keys of all where the last one of several has', async () => {
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
  it('is good where nothing is required', async () => {
    const { form } = await createInForm();
    expect(form.checkValidity()).to.be.true;
  });

  it('wants a file where one is required', async () => {
    const { form, element } = await createInForm({ required: true });
    expect([form.checkValidity(), element.validity.valueMissing, element.validationMessage]).to.deep.equal([
      false,
      true,
      'Please upload a file.',
    ]);
  });

  it('is good once a required file is stored', async () => {
    const { form, element } = await createInForm({ required: true });
    await upload(element, film);
    expect(form.checkValidity()).to.be.true;
  });

  it('says that an upload is under way', async () => {
    const { form, element } = await createInForm();
    const held = element.oss.hold('createUpload');
    await element.addFiles([film]);
    element.start();
    await held.reached;
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([
      false,
      'The upload is not finished yet. Please wait until it is.',
    ]);
  });

  it('holds the form back for a file that was not uploaded', async () => {
    const { form, element } = await createInForm();
    await element.addFiles([film]);
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([
      false,
      'A file is not uploaded yet. Upload it, or take it off the list.',
    ]);
  });

  it('holds the form back for a file that failed, until it is off the list', async () => {
    const { form, element } = await createInForm();
    element.oss.fail('createUpload', () => new UploadError('access-denied'));
    await element.addFiles([film]);
    element.start();
    await statusIs(element, 'failed');
    const before = form.checkValidity();
    part(element, 'remove-button').click();
    await statusIs(element, 'idle');
    expect([before, form.checkValidity()]).to.deep.equal([false, true]);
  });

  it('follows what a script sets at once, as that of an input does', async () => {
    const { form, element } = await createInForm();
    element.required = true;
    const required = form.checkValidity();
    element.required = false;
    expect([required, form.checkValidity()]).to.deep.equal([false, true]);
  });

  it('is no matter of the form from the moment that a script disables the element', async () => {
    const { form, element } = await createInForm({ required: true });
    element.disabled = true;
    expect(form.checkValidity()).to.be.true;
  });

  it('is what the page says of it', async () => {
    const { form, element } = await createInForm();
    element.setCustomValidity('Not that one.');
    expect([form.checkValidity(), element.validationMessage]).to.deep.equal([false, 'Not that one.']);
  });

  it('is shown at the first control, which gets the focus', async () => {
    const { form, element } = await createInForm({ required: true });
    form.reportValidity();
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'browse-button'));
  });

  it('is shown at the file while there is nothing to press', async () => {
    const { form, element } = await createInForm();
    element.oss.hold('completeUpload');
    await element.addFiles([film]);
    element.start();
    await statusIs(element, 'completing');
    form.reportValidity();
    expect(element.shadowRoot?.activeElement?.part.value).to.equal('item');
  });

  it('keeps the form from being submitted', async () => {
    const { form } = await createInForm({ required: true });
    let isSubmitted = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      isSubmitted = true;
    });
    form.requestSubmit();
    expect(isSubmitted).to.be.false;
  });
});

describe('a form that is reset', () => {
  it('takes what is stored off the list', async () => {
    const { form, element } = await createInForm();
    await upload(element, film);
    form.reset();
    await statusIs(element, 'idle');
    expect(submitted(form)).to.be.empty;
  });

  it('leaves what has arrived of an unfinished file to be gone on with', async () => {
    const { form, element } = await createInForm({}, new World());
    const held = element.oss.hold('uploadPart', 3);
    await element.addFiles([film]);
    element.start();
    await held.reached;
    form.reset();
    await statusIs(element, 'resumable');
    expect([textOf(part(element, 'status')), form.checkValidity()]).to.deep.equal([
      '66% uploaded today. Choose the file again to go on.',
      true,
    ]);
  });

  it('gives an unfinished file up where nothing may be kept', async () => {
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

describe('a form that comes back', () => {
  it('submits what was stored, once the page has set the bucket', async () => {
    const { form, element } = await createInForm({ bucket: undefined });
    const stored = { fileName: 'film.mp4', fileSize: 5, bucket: 'examplebucket', key: 'films/film.mp4' };
    const state = JSON.stringify([{ ...stored, etag: '"1"', url: 'https://example.com/', verified: true }]);
    // As the browser calls it, which only does so after a real navigation.
    const restored = element as unknown as { formStateRestoreCallback(state: string, reason: string): void };
    restored.formStateRestoreCallback(state, 'restore');
    await element.updateComplete;
    element.bucket = 'examplebucket';
    await statusIs(element, 'succeeded');
    expect(submitted(form)).to.deep.equal(['films/film.mp4']);
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

  it('puts the controls out of use', async () => {
    const { fieldset, element } = await createInFieldset();
    fieldset.disabled = true;
    await element.updateComplete;
    expect([part<HTMLButtonElement>(element, 'browse-button').disabled, element.disabled]).to.deep.equal([
      true,
      false,
    ]);
  });

  it('puts them back into use', async () => {
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

  it('opens the file picker when it is clicked', async () => {
    const { label, element } = await createLabelled();
    const opened = oneEvent(one(element, 'input[type=file]'), 'click');
    await press(label);
    (await opened).preventDefault();
  });

  it('leads to the first control where no file can be added', async () => {
    const { label, element } = await createLabelled();
    element.oss.hold('createUpload');
    await element.addFiles([film]);
    element.start();
    await statusIs(element, 'preparing');
    await press(label);
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'pause-button'));
  });

  it('around the element leaves its buttons what they are', async () => {
    const { label, element } = await createLabelled();
    label.append(element);
    const clicks: string[] = [];
    one(element, 'input[type=file]').addEventListener('click', (event) => {
      event.preventDefault();
      clicks.push('picker');
    });
    await element.addFiles([film]);
    await element.updateComplete;
    element.addEventListener('click', () => clicks.push('click'));
    await press(part(element, 'remove-button'));
    await statusIs(element, 'idle');
    expect(clicks).to.deep.equal(['click']);
  });

  it('is known to the element', async () => {
    const { label, element } = await createLabelled();
    expect([...element.labels]).to.deep.equal([label]);
  });
});
