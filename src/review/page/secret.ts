/** The key that the program gave this page in its address: kept for this tab alone, and taken out of the address bar. */
const PLACE = 'ficferry-secret';

export function takeSecret(): string | undefined {
  const given = location.hash.replace(/^#/, '');
  if (given === '' || given.startsWith('/')) return sessionStorage.getItem(PLACE) ?? undefined;
  sessionStorage.setItem(PLACE, given);
  history.replaceState(null, '', location.pathname);
  return given;
}
