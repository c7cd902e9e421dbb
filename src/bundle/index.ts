/** The bag that a journal leaves in: written, checked, read by people and importers. */
export {
  Bundle,
  type BundleChapter,
  type BundleWork,
  bundleSchema,
  isOpen,
  keepsBack,
  Misfit,
  NewTags,
  readyWorks,
} from './format.js';
export { escapeHtml, link, PAGE_END, pageStart } from './html.js';
export { checkFields, checkWorks, type Story } from './limits.js';
export { MendedWork } from './mended.js';
export { type OpenBundle, openBundle } from './open.js';
export type { FoundPicture, MissingPicture, PictureOf } from './pictures.js';
export { copiedText, type FormField, formFields, hasChapterForms } from './sheet.js';
export { type VerifyReport, verifyBundle } from './verify.js';
export { type BundleOptions, type BundleSummary, writeBundle } from './write.js';
