/** What index and sheets share: escaping, and a page that asks for nothing from anywhere. */
import { createHash } from 'node:crypto';

/** Text for an element's content or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char] as string);
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What `escapeHtml` was given. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:amp|lt|gt|quot);/g, (name) => PLAIN[name] as string);
}

const PLAIN: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"' };

/** Plain text with its newlines, for showing. */
export function escapeLines(text: string): string {
  return escapeHtml(text).replace(/\n/g, '<br>');
}

/** A link, where the address is one of the web; else the words alone. `text` is plain text. */
export function link(url: string, text: string): string {
  return /^https?:\/\//i.test(url) ? `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>` : escapeHtml(text);
}

/**
 * The beginning of a page for people, up to and with `<main>`. It works from file:// and makes no request: the
 * policy allows its own style and script by their digests and nothing else, so that a picture in a story is not
 * fetched from a host that its reader never chose. With `pictures`, those that stand in the bag are shown.
 */
export function pageStart(title: string, { pictures = false } = {}): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="${pictures ? `${POLICY}; ${OWN_PICTURES}` : POLICY}">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
`;
}

const STYLE = `
:root { color-scheme: light dark; --line: #8886; --soft: #8882; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; } }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1, h2, h3 { line-height: 1.2; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
td.number, th.number { text-align: right; }
dl.fields { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr auto; gap: 0; margin: 1rem 0; }
dl.fields > * { margin: 0; padding: .4rem .5rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; min-width: 0; }
dl.fields dt { font-weight: 600; }
.value { white-space: pre-wrap; }
.from { display: block; font-size: .85rem; opacity: .75; }
.mend { border-left: .3rem solid var(--bad); padding: .3rem .8rem; background: var(--soft); }
.ask { border-left: .3rem solid var(--line); padding: .3rem .8rem; background: var(--soft); }
.badge { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .3rem; font-size: .85rem; white-space: nowrap; }
.badge.bad { color: var(--bad); border-color: currentColor; }
textarea { width: 100%; box-sizing: border-box; height: 10rem; font: .85rem/1.4 ui-monospace, monospace; }
.story { border: 1px solid var(--line); padding: 0 1rem; overflow-wrap: anywhere; }
button, .bookmark { font: inherit; cursor: pointer; }
.pick { border: 1px solid var(--line); border-radius: .3rem; padding: 0 .3rem; font-size: .85rem; }
.bookmark { border: 1px solid currentColor; border-radius: .3rem; padding: .2rem .6rem; text-decoration: none; color: inherit; background: var(--soft); }
@media (max-width: 40rem) { table { display: block; overflow-x: auto; } dl.fields { grid-template-columns: 1fr auto; } dl.fields dt { grid-column: 1 / -1; border-bottom: 0; padding-bottom: 0; } }
@media print { button, textarea { display: none; } }
`;

/** Copies what a button names; where the browser has no clipboard for pages opened from a file, by the old command. */
const SCRIPT = `
document.addEventListener('click', async (event) => {
  const button = event.target.closest('button[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  let text = 'value' in source ? source.value : source.textContent;
  if (button.dataset.content) {
    const packet = JSON.parse(text);
    packet.fields.content = document.getElementById(button.dataset.content).value;
    text = JSON.stringify(packet);
  }
  let done = false;
  try { await navigator.clipboard.writeText(text); done = true; } catch {
    const area = document.createElement('textarea');
    area.value = text;
    document.body.append(area);
    area.select();
    done = document.execCommand('copy');
    area.remove();
  }
  const name = button.textContent;
  button.textContent = done ? 'Copied' : 'Select and copy by hand';
  setTimeout(() => { button.textContent = name; }, 1500);
});
`;

/** The end of such a page, from `</main>` on. */
export const PAGE_END = `</main>\n<script>${SCRIPT}</script>\n</body>\n</html>\n`;

const POLICY = `default-src 'none'; style-src ${digest(STYLE)}; script-src ${digest(SCRIPT)}; base-uri 'none'; form-action 'none'`;

/** Files beside the page, whether it was opened from a disk or from a server; nothing of anybody else's. */
const OWN_PICTURES = "img-src 'self' file:";

function digest(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
