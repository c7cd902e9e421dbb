/**
 * The languages of the stand-in. In the archive's forms an option's value is a number out of its database, which
 * differs between installations; its code stands in the option's `lang`, its own name is its text. The numbers here are
 * made up, English alone has the 1 that a fresh database gives it.
 */
export interface Language {
  id: number;
  code: string;
  name: string;
}

const NAMES = `en English
ar العربية
be беларуская
bg Български
bos Bosanski
ca Català
cs Čeština
da Dansk
de Deutsch
el Ελληνικά
eo Esperanto
es Español
et eesti keel
eu Euskara
fi Suomi
fil Filipino
fr Français
gl Galego
he עברית
hi हिन्दी
hr Hrvatski
hu Magyar
id Bahasa Indonesia
it Italiano
ja 日本語
ko 한국어
la Lingua latina
lt Lietuvių
lv Latviešu valoda
ms Bahasa Malaysia
nl Nederlands
no Norsk
pl Polski
ptBR Português brasileiro
ptPT Português europeu
ro Română
ru Русский
sk Slovenčina
slv Slovenščina
sr српски
sv Svenska
th ไทย
tr Türkçe
uk Українська
vi Tiếng Việt
zh 中文-普通话 國語`;

export const LANGUAGES: Language[] = NAMES.split('\n').map((line, index) => {
  const [, code = '', name = ''] = /^(\w+) (.*)$/.exec(line) ?? [];
  return { id: index === 0 ? 1 : 1_000 + index * 7, code, name };
});

/** By what a form sent. An unknown number or code falls back to English without a word; blank is nothing. */
export function languageCode(value: string): string {
  if (value === '') return '';
  return LANGUAGES.find(({ id, code }) => String(id) === value || code === value)?.code ?? 'en';
}

export function languageOf(code: string): Language | undefined {
  return LANGUAGES.find((language) => language.code === code);
}
