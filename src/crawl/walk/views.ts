/** Views: the query strings by which a site shows one page in several ways (`format=light`). */

/** The address with a view; `''` is the plain page. */
export function inView(url: string, view: string): string {
  return view === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${view}`;
}

/**
 * The place of an address among a site's views, best first, for comparing captures of one entry. What was asked for in no
 * view of the site comes after all of them: `?page=2` does not even show the whole body.
 */
export function viewRank(url: string, views: readonly string[]): number {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1).replace(/#.*$/s, '') : '';
  const asked = [...new URLSearchParams(query)].map(String).sort();
  const rank = views.findIndex((view) => {
    const wanted = [...new URLSearchParams(view)].map(String).sort();
    return wanted.length === asked.length && wanted.every((pair, index) => pair === asked[index]);
  });
  return rank === -1 ? views.length : rank;
}
