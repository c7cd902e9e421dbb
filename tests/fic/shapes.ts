/** Pages that a careless pattern or list takes forever over: what a header is made of, again and again, in about `size` characters. */
export const SHAPES: Record<string, (size: number) => string> = {
  labels: (size) => fill('Title: a kettle<br />', size),
  oneLineLabels: (size) => fill('Title: a kettle | ', size),
  oneLineLabelsNoMark: (size) => fill('Rating: G Title: A ', size),
  colons: (size) => fill(':', size),
  slashes: (size) => 'Pairing: ' + fill('a/', size),
  ands: (size) => 'Characters: ' + fill('Al and Bo and ', size),
  commas: (size) => 'Characters: ' + fill('Al, ', size),
  opens: (size) => 'Pairing: ' + fill('(', size),
  opensTitle: (size) => 'Title: ' + fill('[(', size),
  closes: (size) => 'Title: ' + fill(')]', size),
  parts: (size) => 'Title: ' + fill('Part 1 of ', size),
  partLines: (size) => fill('Part 1<br />', size),
  quotes: (size) => 'Title: ' + fill('"“', size),
  bars: (size) => 'Rating: ' + fill('| ', size),
  dashes: (size) => 'Title: ' + fill('- ', size),
  spaces: (size) => 'Title: a' + fill(' &nbsp;', size) + 'b',
  digits: (size) => 'Words: ' + fill('1,234,', size),
  emphasised: (size) => fill('<b>Title:</b> x ', size),
  runs: (size) => fill('<b>a</b><i>b</i>', size),
  links: (size) => fill('<a href="https://x.livejournal.com/1.html">Part</a> ', size),
  linkLines: (size) => fill('<a href="https://x.livejournal.com/1.html">Part 2</a><br />', size),
  cells: (size) => '<table>' + fill('<tr><td>Title</td><td>x</td></tr>', size) + '</table>',
  oneRow: (size) => '<table><tr>' + fill('<td>Title</td><td>x</td>', size) + '</tr></table>',
  dl: (size) => '<dl>' + fill('<dt>Title<dd>x', size) + '</dl>',
  unknown: (size) => fill('Kettle: no.<br />', size),
  notes: (size) => 'A/N: ' + fill('thanks so much.<br />', size),
  notesParas: (size) => 'A/N: ' + fill('thanks so much.<br /><br />', size),
  headers: (size) =>
    fill('Title: a<br />Rating: G<br />Pairing: a/b<br /><br />words of a story here<br /><br />', size),
  rules: (size) => 'Title: a<br />' + fill('<hr>', size),
  stars: (size) => 'Title: a<br />' + fill('***<br />', size),
  words: (size) => fill('word ', size),
  capsWords: (size) => 'Title: ' + fill('Al Bo ', size),
  users: (size) =>
    'Beta: ' +
    fill('<span class="ljuser" lj:user="a"><a href="https://a.livejournal.com/"><b>a</b></a></span>, ', size),
  labelUsers: (size) =>
    fill('Beta: <span class="ljuser" lj:user="a"><a href="https://a.livejournal.com/"><b>a</b></a></span> | ', size),
  userLines: (size) => fill('<b>Beta:</b> <span class="ljuser" lj:user="a"><b>a</b></span><br />', size),
  nestedParens: (size) => 'Pairing: ' + fill('(A/B (', size),
  quotedTitles: (size) => fill('Title: "a" ', size),
  tildeLines: (size) => fill('~ Title ~ a ~<br />', size),
  x: (size) => 'Pairing: ' + fill('Al x Bo x ', size),
  xx: (size) => 'Pairing: ' + fill('AlxBo', size),
  ratings: (size) => 'Rating: ' + fill('PG-13 to R ', size),
  by: (size) => fill('by ', size),
  hash: (size) => 'Series: ' + fill('#1 of ', size),
  ellipses: (size) => 'Title' + fill('...', size),
  tildes: (size) => fill('~Title~ ', size),
  boxes: (size) => fill('[title] ', size),
  sentences: (size) => 'Notes: ' + fill('I came. Summary was here. ', size),
  entities: (size) => 'Title: ' + fill('&amp;&lt;', size),
};

function fill(piece: string, size: number): string {
  return piece.repeat(Math.ceil(size / piece.length));
}
