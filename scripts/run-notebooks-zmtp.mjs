// The part of ZeroMQ's wire protocol that a client of a Jupyter kernel speaks: one TCP connection a socket, no encryption.
// Source: ZMTP 3.0, https://rfc.zeromq.org/spec/23/
import { connect } from 'node:net';

const more = 1;
const long = 2;
const command = 4;

/** Connects a `DEALER` or `SUB` socket; `onMessage` is called with each message, a list of buffers. */
export async function openSocket(kind, port, onMessage) {
  const tcp = connect(port, '127.0.0.1');
  await new Promise((resolve, reject) => tcp.once('connect', resolve).once('error', reject));
  tcp.setNoDelay(true);
  tcp.write(greeting());

  let pending = Buffer.alloc(0);
  let greeted = false;
  let parts = [];
  let setReady;
  const ready = new Promise((resolve, reject) => {
    setReady = resolve;
    tcp.once('error', reject).once('close', () => reject(new Error(`the kernel closed port ${port}`)));
  });

  tcp.on('data', (data) => {
    pending = Buffer.concat([pending, data]);
    if (!greeted) {
      if (pending.length < 64) return;
      pending = pending.subarray(64);
      greeted = true;
      tcp.write(
        frame(command, Buffer.concat([word('READY'), property('Socket-Type', kind), property('Identity', '')])),
      );
    }
    for (let found = readFrame(pending); found !== undefined; found = readFrame(pending)) {
      pending = pending.subarray(found.end);
      if (found.flags & command) {
        if (found.body.subarray(1, 6).toString() === 'READY') setReady();
        continue;
      }
      parts.push(Buffer.from(found.body));
      if (found.flags & more) continue;
      const message = parts;
      parts = [];
      onMessage(message);
    }
  });

  await ready;
  // The empty topic: everything.
  if (kind === 'SUB') tcp.write(frame(0, Buffer.from([1])));
  return {
    send: (message) =>
      tcp.write(Buffer.concat(message.map((body, i) => frame(i < message.length - 1 ? more : 0, Buffer.from(body))))),
    close: () => tcp.destroy(),
  };
}

function greeting() {
  const bytes = Buffer.alloc(64);
  bytes[0] = 0xff;
  bytes[9] = 0x7f;
  bytes[10] = 3;
  bytes.write('NULL', 12);
  return bytes;
}

const word = (text) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);

function property(name, value) {
  const size = Buffer.alloc(4);
  size.writeUInt32BE(value.length);
  return Buffer.concat([word(name), size, Buffer.from(value)]);
}

function frame(flags, body) {
  if (body.length < 256) return Buffer.concat([Buffer.from([flags, body.length]), body]);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(body.length));
  return Buffer.concat([Buffer.from([flags | long]), size, body]);
}

/** The first frame of what has come, once it has come whole. */
function readFrame(bytes) {
  if (bytes.length < 2) return undefined;
  const wide = (bytes[0] & long) !== 0;
  const start = wide ? 9 : 2;
  if (bytes.length < start) return undefined;
  const end = start + (wide ? Number(bytes.readBigUInt64BE(1)) : bytes[1]);
  return bytes.length < end ? undefined : { flags: bytes[0], body: bytes.subarray(start, end), end };
}
