/** The day where the author is, `YYYY-MM-DD`, by this machine's clock: Sweden writes dates so. */
export function today(): string {
  return new Date().toLocaleDateString('sv-SE');
}
