/// <reference lib="dom" />
/**
 * The form filler as it runs in the author's browser, on the archive's own page, when she clicks the bookmark. It is written
 * as one function that needs nothing from outside, since its source text is the bookmark.
 *
 * It opens a box, takes the text she pastes, and sets the fields of the one form on the page. It never submits, makes no
 * request, keeps nothing, and reads nothing of the page but the fields it sets.
 */

/** Where a field stands in a form. */
export interface FormField {
  /** The `name` attribute; of a date that of the year's list, with "(1i)" in it. */
  name: string;
  /** Id of the box that unfolds it. */
  shows?: string;
  /** Name of a list of what there is already, from which the value is chosen where the list has it. */
  among?: string;
  /** No other form has it. */
  tells?: boolean;
}
export type Forms = Readonly<Record<string, Readonly<Record<string, FormField>>>>;

type Value = string | boolean | readonly string[];
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

export function fillForm(forms: Forms): void {
  const ID = 'ficferry-filler';
  const NAMES: Readonly<Record<string, string>> = {
    work: 'New Work',
    chapter: 'New Chapter',
    import: 'Import New Work',
  };
  document.getElementById(ID)?.remove();
  const box = document.createElement('div');
  box.id = ID;
  box.setAttribute('role', 'dialog');
  box.setAttribute('aria-label', 'ficferry');
  box.style.cssText =
    'position:fixed;z-index:2147483647;top:1rem;right:1rem;width:24rem;max-width:90vw;max-height:90vh;overflow:auto;padding:1rem;' +
    'background:#fff;color:#111;border:3px solid #900;border-radius:.5rem;font:16px/1.4 sans-serif;text-align:left';
  const head = add(
    'p',
    'ficferry fills in this form. Paste what “Copy for the archive” gave you. Nothing is sent: you look it over and post it yourself.',
  );
  head.style.margin = '0 0 .5rem';
  const area = document.createElement('textarea');
  area.setAttribute('aria-label', 'The text from “Copy for the archive”');
  area.style.cssText = 'width:100%;height:5rem;box-sizing:border-box;font:12px monospace';
  box.append(area);
  const fill = button('Fill in', () => report(run(area.value)));
  const close = button('Close', () => box.remove());
  close.style.marginLeft = '.5rem';
  const answer = document.createElement('div');
  answer.setAttribute('role', 'status');
  box.append(answer);
  area.addEventListener('paste', () => setTimeout(() => fill.click()));
  document.body.append(box);
  area.focus();

  function add(tag: string, text: string, into: Element = box): HTMLElement {
    const element = document.createElement(tag);
    element.textContent = text;
    into.append(element);
    return element;
  }

  function button(text: string, act: () => void): HTMLElement {
    const element = add('button', text) as HTMLButtonElement;
    element.type = 'button';
    element.style.cssText = 'padding:.3rem .8rem;margin-top:.5rem';
    element.addEventListener('click', act);
    return element;
  }

  function report(lines: readonly string[]): void {
    answer.replaceChildren();
    for (const line of lines) add('p', line, answer);
  }

  /** Does what the text says and tells, in lines for people, what came of it. */
  function run(text: string): string[] {
    let packet: { ficferry?: unknown; form: string; about: string; fields: Record<string, Value> };
    try {
      packet = JSON.parse(text);
    } catch {
      return ['This is not a text from “Copy for the archive”. Copy it again from the sheet, whole.'];
    }
    if (packet?.ficferry !== 1 || typeof packet.fields !== 'object')
      return ['This text is not from a ficferry sheet of this version.'];
    const kind = formHere();
    if (kind === undefined)
      return [
        'There is no form here that ficferry knows. Open New Work, New Chapter, Edit or Import New Work, and click the bookmark again.',
      ];
    if (kind !== packet.form)
      return [
        `This text is for the archive's ${NAMES[packet.form] ?? 'other'} form, and this is its ${NAMES[kind]} form.`,
      ];
    const done: string[] = [];
    const left: string[] = [];
    for (const [field, place] of Object.entries(forms[kind] ?? {})) {
      const value = packet.fields[field];
      if (value === undefined) continue;
      const trouble = setField(place, value);
      if (trouble === undefined) done.push(field);
      else left.push(`${field}: ${trouble}`);
    }
    const unknown = Object.keys(packet.fields).filter((field) => forms[kind]?.[field] === undefined);
    left.push(...unknown.map((field) => `${field}: this form has no such field`));
    return [
      `${packet.about}: ${done.length} fields filled in. Look them over, then post or save as a draft yourself.`,
      ...left.map((line) => `Not filled in: ${line}`),
    ];
  }

  /** By the field that no other form has: tags stand in the import form, too. */
  function formHere(): string | undefined {
    return Object.keys(forms).find((kind) =>
      Object.values(forms[kind] ?? {}).some(({ name, tells }) => tells === true && controls(name).length > 0),
    );
  }

  function controls(name: string): Control[] {
    const found = [...document.querySelectorAll<Control>('input, select, textarea')];
    return found.filter((control) => control.name === name && !box.contains(control));
  }

  /** Why it could not be set; undefined where it was. */
  function setField({ name, shows, among }: FormField, value: Value): string | undefined {
    unfold(shows);
    const list = among === undefined ? undefined : controls(among)[0];
    if (list instanceof HTMLSelectElement && select(list, value) === undefined) return undefined;
    if (name.includes('(1i)') && typeof value === 'string') return setDate(name, value);
    const here = controls(name);
    const boxes = here.filter((control) => control.type === 'checkbox') as HTMLInputElement[];
    const radios = here.filter((control) => control.type === 'radio') as HTMLInputElement[];
    if (boxes.length > 0) return tick(boxes, value);
    if (radios.length > 0) return choose(radios, value);
    // Rails puts a hidden field of the same name before a box; there is no box here, so the last one is meant.
    const control = here[here.length - 1];
    if (!control) return 'the field is not on this page';
    if (control instanceof HTMLSelectElement) return select(control, value);
    return write(
      control,
      typeof value === 'object' ? value.join(control.tagName === 'TEXTAREA' ? '\n' : ', ') : String(value),
    );
  }

  function unfold(id: string | undefined): void {
    const toggle = id === undefined ? null : document.getElementById(id);
    if (toggle instanceof HTMLInputElement && !toggle.checked) toggle.click();
  }

  function tick(boxes: HTMLInputElement[], value: Value): string | undefined {
    if (typeof value === 'boolean') {
      const [only] = boxes;
      if (only && only.checked !== value) only.click();
      return only?.checked === value ? undefined : 'its box can’t be ticked';
    }
    const wanted = typeof value === 'string' ? [value] : value;
    for (const one of boxes) if (one.checked !== wanted.includes(one.value)) one.click();
    const missing = wanted.filter((name) => !boxes.some((one) => one.value === name && one.checked));
    return missing.length > 0 ? `there is no box for ${missing.join(', ')}` : undefined;
  }

  function choose(radios: HTMLInputElement[], value: Value): string | undefined {
    const radio = radios.find((one) => one.value === String(value));
    radio?.click();
    return radio?.checked ? undefined : `there is no choice ${String(value)}`;
  }

  /** By an option's value, else by what it says; of several words by the first that fits. */
  function select(control: HTMLSelectElement, value: Value): string | undefined {
    const plain = (text: string) => text.trim().toLowerCase();
    const words = (typeof value === 'object' ? value : [String(value)]).map(plain);
    const options = [...control.options];
    const found = words
      .map((word) =>
        options.find(
          (option) =>
            plain(option.value) === word || plain(option.textContent ?? '') === word || plain(option.lang) === word,
        ),
      )
      .find((option) => option !== undefined);
    if (!found) return `there is no choice ${words[words.length - 1]}`;
    control.value = found.value;
    changed(control);
    return undefined;
  }

  /** Year, month and day are three lists. */
  function setDate(name: string, value: string): string | undefined {
    const [year, month, day] = value.split('-').map(Number);
    const troubles = [year, month, day].map((number, index) => {
      const control = controls(name.replace('(1i)', `(${index + 1}i)`))[0];
      return control instanceof HTMLSelectElement
        ? select(control, String(number))
        : 'a part of the date is not on this page';
    });
    return troubles.find((trouble) => trouble !== undefined);
  }

  /**
   * A plain field, or one that the page has turned into a list of tokens: then its list is emptied and each name typed into the
   * page's own input, so that the list shows what is sent; where the page does not take them, the field itself is set.
   */
  function write(control: HTMLInputElement | HTMLTextAreaElement, text: string): string | undefined {
    const input = tokenInput(control);
    if (input) {
      for (const token of input.list.querySelectorAll('li.added'))
        (token.querySelector<HTMLElement>('.delete a') ?? token.querySelector<HTMLElement>('.delete'))?.click();
      for (const name of text.split(', ')) type(input.field, name);
    }
    if (control.value.split(/,\s*/).join(', ') !== text) control.value = text;
    const editor = (
      globalThis as { tinymce?: { get(id: string): { setContent(html: string): void } | null } }
    ).tinymce?.get(control.id);
    editor?.setContent(text);
    changed(control);
    return control.value === text || control.value.split(/,\s*/).join(', ') === text
      ? undefined
      : 'the page changed it: please look';
  }

  function tokenInput(control: Control): { list: HTMLElement; field: HTMLInputElement } | undefined {
    const list = control.parentElement?.querySelector<HTMLElement>('ul.autocomplete, ul.token-input-list');
    const field = list?.querySelector<HTMLInputElement>(
      'li.input input, li.token-input-input-token input, li:last-child input',
    );
    return control instanceof HTMLInputElement && list && field ? { list, field } : undefined;
  }

  /** A name and the comma that ends it, as by hand. */
  function type(field: HTMLInputElement, name: string): void {
    field.focus();
    field.value = name;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    for (const event of ['keydown', 'keypress', 'keyup']) {
      const comma = new KeyboardEvent(event, { key: ',', code: 'Comma', bubbles: true, cancelable: true });
      // Old scripts ask for the number alone, which the constructor does not take.
      for (const number of ['keyCode', 'which']) Object.defineProperty(comma, number, { get: () => 188 });
      field.dispatchEvent(comma);
    }
    field.value = '';
  }

  function changed(control: Control): void {
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
  }
}
