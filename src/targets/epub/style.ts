/** How a book looks: little, since readers have their own taste in type. */
export const STYLE = `body { margin: 0 5%; line-height: 1.4; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; }
h1 { text-align: center; margin: 1.5em 0; }
p { margin: 0 0 .8em; }
hr { width: 30%; margin: 1.5em auto; border: 0; border-top: 1px solid; }
img { max-width: 100%; }
pre { white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { padding: .2em .5em; vertical-align: top; }
.center { text-align: center; }
.right { text-align: right; }
.justify { text-align: justify; }
.big { font-size: larger; }
.tt { font-family: monospace; }
.address { font-style: italic; }
.heading, .summary, .dt { font-weight: bold; }
.details, .dl { margin: 0 0 .8em; }
.dd { margin-left: 2em; }
.author { text-align: center; }
.facts dt { font-weight: bold; }
.facts dd { margin: 0 0 .5em 1.5em; }
.aside { margin: 1em 0 2em; }
.aside h2 { font-size: 1em; margin: 0 0 .4em; }
.posted { margin-top: 2em; font-size: .85em; }
`;
