/** What tests may lean on that isn't ours: other programs, and pages kept beside the checkout. Where missing, cases skip and say so. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** True where the program can be started. In CI a missing program is a failure, never a skip. */
export function haveProgram(name: string): boolean {
  const found = spawnSync(name, ['--help'], { stdio: 'ignore' }).error === undefined;
  if (!found && process.env.FICFERRY_NEED_PROGRAMS) throw new Error(`${name} is needed here and is not installed`);
  if (!found) console.log(`skipped: ${name} is not installed`);
  return found;
}

/** True where Python can read YAML: a parser of version 1.1, as most readers of front matter are. */
export function hasPyYaml(): boolean {
  const found = spawnSync('python3', ['-c', 'import yaml'], { stdio: 'ignore' }).status === 0;
  if (!found && process.env.FICFERRY_NEED_PROGRAMS)
    throw new Error('python3 with yaml is needed here and is not installed');
  if (!found) console.log('skipped: python3 with yaml is not installed');
  return found;
}

/** The path of something in the folder of sample pages beside the checkout, or undefined where that folder isn't. */
export function shared(path: string): string | undefined {
  const full = fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
  if (existsSync(full)) return full;
  console.log(`skipped: no ../shared/${path} here`);
  return undefined;
}

/** Where Debian keeps epubcheck, if Java can run it together with a source of ours (which takes a JDK). */
export function epubcheckJar(): string | undefined {
  const jar = '/usr/share/java/epubcheck.jar';
  const modules = spawnSync('java', ['--list-modules'], { encoding: 'utf8' }).stdout ?? '';
  if (existsSync(jar) && modules.includes('jdk.compiler')) return jar;
  if (process.env.FICFERRY_NEED_PROGRAMS) throw new Error('epubcheck and a JDK are needed here and are not installed');
  console.log('skipped: epubcheck or a JDK is not installed');
  return undefined;
}
