/** The goes as a page for people, with a button for each thing to copy. It works from a file and asks for nothing. */
import { escapeHtml, PAGE_END, pageStart } from '../bundle/index.js';
import type { ArchivesFile } from '../config/archives.js';
import { choices, type Go, type GoPlan, importPacket, losses } from './goes.js';

type Archive = ArchivesFile['archive'];

/** @param by the last day to post the drafts, if they are imported today */
export function goPage({ goes, without }: GoPlan, archive: Archive, by: string): string {
  return [
    pageStart('Goes'),
    '<h1>Goes</h1>\n',
    `<p>For each: open “Import New Work” of the archive, choose as it says, paste the addresses, look the drafts over. Drafts are deleted after about a month: post them by <strong>${by}</strong>.</p>\n`,
    ...goes.map((go, index) => section(go, index, goes.length, archive)),
    without.length > 0 ? '<h2>In no go</h2>\n' : '',
    list(without.map(({ work, why }) => `${work.title}: ${why}`)),
    PAGE_END,
  ].join('');
}

function section(go: Go, index: number, of: number, archive: Archive): string {
  const id = `go-${index + 1}`;
  const packet = JSON.stringify(importPacket(go, archive));
  return [
    `<h2>Go ${index + 1} of ${of}</h2>\n`,
    list(go.works.map(({ title }) => title)),
    '<h3>Choose</h3>\n',
    list(choices(go, archive)),
    `<h3>Addresses</h3>\n<p><button type="button" data-copy="${id}-urls">Copy the addresses</button> `,
    `<button type="button" data-copy="${id}-packet">Copy for the archive</button></p>\n`,
    `<textarea id="${id}-urls" readonly aria-label="Addresses of go ${index + 1}">\n${escapeHtml(go.urls.join('\n'))}</textarea>\n`,
    `<span id="${id}-packet" hidden>${escapeHtml(packet)}</span>\n`,
    afterwards(go),
  ].join('');
}

function afterwards(go: Go): string {
  const lost = losses(go);
  if (lost.length === 0) return '';
  return `<h3>Afterwards, by hand</h3>\n${list(lost.map(({ work, lost: things }) => `${work.title}: ${things.join('; ')}`))}`;
}

function list(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `<ul>\n${lines.map((line) => `<li>${escapeHtml(line)}</li>\n`).join('')}</ul>\n`;
}
