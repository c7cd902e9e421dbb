/** A MariaDB of the test's own: on a socket in a temporary folder, without a port, gone at the end. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A whole server starts within some seconds; a busy machine takes longer. */
const PATIENCE = 60_000;

export class MariaDb implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<MariaDb> {
    const folder = mkdtempSync(join(tmpdir(), 'ficferry-db-'));
    const data = join(folder, 'data');
    const user = `--user=${userInfo().username}`;
    const made = spawnSync(
      'mariadb-install-db',
      ['--no-defaults', `--datadir=${data}`, user, '--auth-root-authentication-method=normal', '--skip-test-db'],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}`);
    const socket = join(folder, 's');
    const options = [
      `--datadir=${data}`,
      `--socket=${socket}`,
      `--pid-file=${join(folder, 'pid')}`,
      '--skip-networking',
      user,
    ];
    const server = spawn('mariadbd', ['--no-defaults', ...options, `--log-error=${join(folder, 'log')}`], {
      stdio: 'ignore',
    });
    const database = new MariaDb(folder, server);
    for (const began = Date.now(); ; await sleep(100)) {
      if (database.#client(['-e', 'SELECT 1'], '').status === 0) return database;
      if (server.exitCode !== null || Date.now() - began > PATIENCE)
        throw new Error(`mariadbd does not start: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2000)}`);
    }
  }

  /** Loads a file of SQL into a new database. @throws Error with what the server says */
  load(database: string, file: string): void {
    this.#run(['-e', `CREATE DATABASE ${database}`], '');
    this.#run([database], readFileSync(file));
  }

  /** All rows of a table by id, with every value as text, or null. In hexadecimal on the way, so that nothing is taken for anything. */
  rows(database: string, table: string): Record<string, string | null>[] {
    const columns = this.#run([database, '-e', `SHOW COLUMNS FROM ${table}`], '')
      .trim()
      .split('\n')
      .map((line) => line.split('\t')[0] as string);
    const cells = columns.map(
      (column) => `IF(\`${column}\` IS NULL, '-', HEX(CAST(\`${column}\` AS CHAR CHARACTER SET utf8mb4)))`,
    );
    const text = this.#run([database, '-e', `SELECT ${cells.join(', ')} FROM ${table} ORDER BY id`], '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const values = line.split('\t').map((hex) => (hex === '-' ? null : Buffer.from(hex, 'hex').toString('utf8')));
        return Object.fromEntries(columns.map((column, index) => [column, values[index] ?? null]));
      });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill('SIGKILL');
    await gone;
    rmSync(this.folder, { recursive: true, force: true });
  }

  #run(args: string[], input: string | Buffer): string {
    const { status, stdout, stderr } = this.#client(args, input);
    if (status !== 0) throw new Error(stderr);
    return stdout;
  }

  #client(args: string[], input: string | Buffer) {
    const own = [
      '--no-defaults',
      `--socket=${join(this.folder, 's')}`,
      '-uroot',
      '-N',
      '-B',
      '--default-character-set=utf8mb4',
    ];
    return spawnSync('mariadb', [...own, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 28 });
  }
}
