/** The form filler as an address that a browser keeps as a bookmark. */
import { type Forms, fillForm } from './inPage.js';

/** The whole filler, with the names of the archive's fields in it. It needs nothing from anywhere. */
export function bookmarklet(forms: Forms): string {
  // Builds that keep functions' names wrap them in a helper of that name, which the page does not have.
  const code = `(()=>{const __name=(f)=>f;(${fillForm.toString()})(${JSON.stringify(forms)})})()`;
  return `javascript:${encodeURIComponent(code)}`;
}
