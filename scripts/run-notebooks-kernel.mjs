// A Jupyter kernel of Deno at work: the process, its sockets, and cells one after the other. No Python and no Jupyter needed.
// Source: the messages of Jupyter, https://jupyter-client.readthedocs.io/en/stable/messaging.html
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSocket } from './run-notebooks-zmtp.mjs';

/** Deno may say that it is idle before the last output of a cell has gone out. */
const quietMs = 300;
const startMs = 60_000;

/** The path of Deno's program, or an error that says what to do about its absence. */
export function findDeno() {
  try {
    return createRequire(import.meta.url)('deno/install_api.cjs').runInstall();
  } catch (error) {
    const remedy = 'npm ci brings it as the package `deno`, on platforms that it is published for';
    throw new Error(`Deno, the TypeScript kernel, is not there (${error.message}). ${remedy}.`, { cause: error });
  }
}

/** Starts a kernel with `folder` as its working folder. */
export async function startKernel(folder) {
  const deno = findDeno();
  const work = await mkdtemp(join(tmpdir(), 'polity-kernel-'));
  const key = randomUUID();
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
  const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
  const file = join(work, 'connection.json');
  const connection = { ...ports, ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', key };
  await writeFile(file, JSON.stringify({ ...connection, kernel_name: 'deno' }));

  const child = spawn(deno, ['jupyter', '--kernel', '--conn', file], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  let fail;
  const failure = new Promise((_, reject) => (fail = reject));
  failure.catch(() => undefined);
  child.once('error', fail).once('exit', (code) => fail(new Error(`the kernel ended with ${code}: ${said}`)));

  /** Called with each message about the request under way. */
  let listener = () => undefined;
  const receive = (parts) => {
    const at = parts.findIndex((part) => part.toString() === '<IDS|MSG>');
    const [header, parent, , content] = parts.slice(at + 2).map((part) => JSON.parse(part.toString()));
    listener(header.msg_type, content, parent.msg_id);
  };
  const open = async (kind, port) => {
    for (const end = Date.now() + startMs; ; await sleep(50)) {
      const socket = await openSocket(kind, port, receive).catch((error) => error);
      if (!(socket instanceof Error)) return socket;
      if (Date.now() > end) throw new Error(`the kernel does not answer: ${socket.message}`, { cause: socket });
    }
  };

  const session = randomUUID();
  const request = (type, content) => {
    const header = {
      msg_id: randomUUID(),
      session,
      username: 'polity',
      date: new Date().toISOString(),
      version: '5.3',
    };
    const parts = [{ ...header, msg_type: type }, {}, {}, content].map((part) => JSON.stringify(part));
    const signature = createHmac('sha256', key).update(parts.join('')).digest('hex');
    shell.send(['<IDS|MSG>', signature, ...parts]);
    return header.msg_id;
  };

  const iopub = await Promise.race([open('SUB', iopub_port), failure]);
  const shell = await Promise.race([open('DEALER', shell_port), failure]);
  const close = async () => {
    shell.close();
    iopub.close();
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGKILL')) await ended;
    await rm(work, { recursive: true, force: true });
  };

  /** Runs a cell and returns what it printed and showed, as a notebook holds it. */
  const execute = async (code) => {
    const outputs = [];
    let idle = false;
    let replied = false;
    let last = Date.now();
    const id = request('execute_request', { code, silent: false, store_history: true, stop_on_error: true });
    listener = (type, content, parent) => {
      if (parent !== id) return;
      last = Date.now();
      if (type === 'status') idle = content.execution_state === 'idle';
      else if (type === 'execute_reply') replied = true;
      else addOutput(outputs, type, content);
    };
    const done = (async () => {
      while (!idle || !replied || Date.now() - last < quietMs) await sleep(20);
    })();
    await Promise.race([done, failure]);
    return outputs;
  };

  // What is published before a subscription has arrived is lost, so ask until something is heard.
  let heard = false;
  listener = (type) => {
    if (type === 'status') heard = true;
  };
  for (const end = Date.now() + startMs; !heard; ) {
    request('kernel_info_request', {});
    await Promise.race([sleep(200), failure]);
    if (Date.now() > end) throw new Error(`the kernel publishes nothing: ${said}`);
  }
  return { execute, close };
}

function addOutput(outputs, type, content) {
  const last = outputs.at(-1);
  if (type === 'stream' && last?.output_type === 'stream' && last.name === content.name) last.text += content.text;
  else if (type === 'stream') outputs.push({ output_type: type, name: content.name, text: content.text });
  else if (type === 'error') {
    outputs.push({ output_type: type, ename: content.ename, evalue: content.evalue, traceback: content.traceback });
  } else if (type === 'display_data' || type === 'execute_result') {
    const { data, metadata, execution_count } = content;
    if (Object.keys(data).length === 0) return;
    outputs.push({ output_type: type, data, metadata, ...(type === 'execute_result' && { execution_count }) });
  }
}

async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
      return server;
    }),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
