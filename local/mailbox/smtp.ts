import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import type { MailStore } from './mail-store.js';
import type { MailboxControl } from './mailbox-control.js';

const refusal = (reply: string) =>
  Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });

/** Takes whatever mail it is given, from anybody who reaches it, unless the control says otherwise. */
export function createSmtpServer(store: MailStore, control: MailboxControl, maxBytes: number): SMTPServer {
  const sockets = new Map<number | undefined, Socket>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    // Only this machine reaches it.
    allowInsecureAuth: true,
    size: maxBytes,
    closeTimeout: 1_000,
    disableReverseLookup: true,
    onAuth({ username, password }, _session, done) {
      const { passwords } = control;
      if (passwords.length === 0 || passwords.includes(password ?? '')) return done(null, { user: username });
      control.loginsRefused += 1;
      done(refusal('535 5.7.8 Authentication credentials invalid'));
    },
    onMailFrom(_address, { user }, done) {
      const mayBeAnybody = control.passwords.length === 0 || user !== undefined;
      done(mayBeAnybody ? undefined : refusal('530 5.7.0 Authentication required'));
    },
    onRcptTo({ address }, _session, done) {
      const reply = control.refusalOfAddress(address);
      done(reply ? refusal(reply) : undefined);
    },
    onData(stream, { envelope, remotePort }, done) {
      const to = envelope.rcptTo[0]?.address ?? '';
      const take = async (): Promise<void> => {
        const message = await buffer(stream);
        if (stream.sizeExceeded) throw refusal('552 5.3.4 The message is too large');
        const { refuse, drop } = control.behaviourFor(to);
        control.transfers.push(to);
        await control.whenReleased();
        if (refuse) throw refusal(refuse.reply);
        if (drop !== 'before') await store.take(message);
        if (drop) sockets.get(remotePort)?.destroy();
      };
      take().then(
        () => done(),
        (error: Error) => done(error),
      );
    },
  });
  server.server.on('connection', (socket) => {
    const { remotePort } = socket;
    sockets.set(remotePort, socket);
    socket.once('close', () => sockets.delete(remotePort));
  });
  // A client that goes away in the middle is no matter.
  server.on('error', () => undefined);
  return server;
}
