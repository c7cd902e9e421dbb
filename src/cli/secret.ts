/** Something secret that only the user knows: never in the command line, where other users of the machine and its history see it. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { FicferryError } from '../errors.js';

export const TOKEN_VARIABLE = 'FICFERRY_TOKEN';

/** The archive's token: from the environment, else asked for without being shown. @throws FicferryError BAD_OPTION */
export async function askForToken(archivist: string): Promise<string> {
  const given = process.env[TOKEN_VARIABLE]?.trim();
  const token = given || (process.stdin.isTTY ? await ask(`The archive’s token for ${archivist} (not shown): `) : '');
  if (token === '') {
    const advice = `Put it into the environment variable ${TOKEN_VARIABLE}, or run this in a terminal, which asks for it.`;
    throw new FicferryError('BAD_OPTION', 'The archive’s token is missing', advice);
  }
  // it stands in a header, between quotes
  if (/^[!#-~]+$/.test(token)) return token;
  throw new FicferryError('BAD_OPTION', 'The token holds characters that no token has', 'Copy it again.');
}

async function ask(prompt: string): Promise<string> {
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silence, terminal: true });
  // only now does the terminal itself show nothing of what is typed
  process.stderr.write(prompt);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.question('', (line) => resolve(line.trim()));
      lines.once('SIGINT', () => reject(new FicferryError('BAD_OPTION', 'No token was given')));
    });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
