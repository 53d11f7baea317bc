/** The real binary on a data folder of its own, served on a free port of the loopback interface. */

import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const BINARY = process.env.SHIRABE_BIN;
assert.ok(BINARY, 'SHIRABE_BIN names the server binary; `cargo xtask test` sets it');

/** Password of every account, in the demonstration and outside. */
export const PASSWORD = 'shirabe-demo-2026';

/**
 * The demonstration: FY2023 to FY2025 published, FY2026 open and partly answered. `prepare` gets `shirabe(args, input)`,
 * which runs a command on its data before it is served, and the data folder. Ends with the test.
 */
export async function demonstration(t, prepare = async () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'shirabe-browser-'));
  cpSync(await demonstrationOfThisRun(), folder, { recursive: true });
  await prepare((args, input) => run([...args, '--demo', '--data-dir', folder], input), folder);
  return Installation.serve(t, folder, ['--demo']);
}

/**
 * Nothing but the seeds, FY2026 in preparation and `accounts`, each `[login name, option, …]`. `prepare` as for the
 * demonstration. Ends with the test.
 */
export function empty(t, accounts, prepare = async () => {}) {
  return withoutRounds(t, accounts, async (shirabe, folder) => {
    await shirabe(['round', 'add', '2026']);
    await prepare(shirabe, folder);
  });
}

/** The same without any round. */
export async function withoutRounds(t, accounts, prepare = async () => {}) {
  const folder = mkdtempSync(join(tmpdir(), 'shirabe-browser-'));
  const shirabe = (args, input) => run([...args, '--data-dir', folder], input);
  await shirabe(['migrate']);
  for (const [login, ...options] of accounts) await shirabe(['user', 'add', login, ...options], `${PASSWORD}\n`);
  await prepare(shirabe, folder);
  return Installation.serve(t, folder, []);
}

class Installation {
  #server;
  #log = '';

  constructor(folder) {
    this.folder = folder;
  }

  static async serve(t, folder, options) {
    const installation = new Installation(folder);
    t.after(() => installation.#end());
    installation.url = await installation.#start(['serve', '--listen', '127.0.0.1:0', '--data-dir', folder, ...options]);
    return installation;
  }

  #start(args) {
    this.#server = spawn(BINARY, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
    this.#server.stderr.on('data', (text) => { this.#log += text; });
    return new Promise((resolve, reject) => {
      let said = '';
      this.#server.stdout.on('data', (text) => {
        said += text;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (address) resolve(address[0]);
      });
      this.#server.once('error', reject);
      this.#server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}${this.#log}`)));
    });
  }

  /** Stops the server, removes the data; what the server logged as an error fails the test. */
  async #end() {
    if (this.#server?.exitCode === null) {
      const ended = new Promise((resolve) => { this.#server.once('exit', resolve); });
      this.#server.kill('SIGINT');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
    const errors = this.#log.split('\n').filter((line) => /\b(ERROR|panicked)\b/.test(line));
    assert.deepEqual(errors, [], 'the server logs no error');
  }
}

/** The folder of the demonstration that all test files of one run copy. `node --test` is their common parent. */
async function demonstrationOfThisRun() {
  const prefix = 'shirabe-demonstration-';
  const shared = join(tmpdir(), `${prefix}${process.ppid}-${statSync(BINARY).mtimeMs}`);
  if (existsSync(shared)) return shared;
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))) {
    if (!isRunning(Number(name.slice(prefix.length).split('-')[0]))) {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
  const made = mkdtempSync(join(tmpdir(), 'shirabe-browser-'));
  await run(['migrate', '--demo', '--data-dir', made]);
  try {
    renameSync(made, shared);
  } catch {
    rmSync(made, { recursive: true, force: true }); // Another test file was faster.
  }
  return shared;
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function run(args, input = '') {
  return new Promise((resolve, reject) => {
    const child = execFile(BINARY, args, { env: environment() }, (error, stdout, stderr) => {
      if (error) reject(new Error(`shirabe ${args.join(' ')}: ${error.message}\n${stdout}${stderr}`));
      else resolve(stdout);
    });
    child.stdin.end(input);
  });
}

/** Nothing that a developer has configured for another installation. */
function environment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SHIRABE_')));
}
