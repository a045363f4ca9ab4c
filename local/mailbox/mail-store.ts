import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';

/** What lists tell of a mail. */
export interface KeptMail {
  id: string;
  messageId: string;
  to: string;
  from: string;
  subject: string;
  /** When it arrived, ISO 8601. */
  at: string;
}

/** Mails as `.eml` files of a folder, the last so many. A mail is kept once, by its Message-ID. */
export class MailStore {
  /** By Message-ID, in the order in which they arrived. */
  readonly #mails = new Map<string, KeptMail>();

  constructor(
    private readonly folder: string,
    private readonly keep: number,
  ) {}

  /** Reads what an earlier process kept. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const files = (await readdir(this.folder)).filter((file) => file.endsWith('.eml')).sort();
    for (const file of files) {
      const mail = await simpleParser(await readFile(join(this.folder, file)));
      const kept = this.#describe(mail, file.replace('.eml', ''));
      this.#mails.set(kept.messageId, kept);
    }
  }

  /** @returns whether it is a new one. */
  async take(message: Buffer): Promise<boolean> {
    const mail = await simpleParser(message);
    const hash = createHash('sha256')
      .update(mail.messageId ?? message)
      .digest('hex');
    const kept = this.#describe(
      mail,
      `${new Date().toISOString().replaceAll(':', '.')}-${hash.slice(0, 12)}`,
    );
    if (this.#mails.has(kept.messageId)) return false;
    this.#mails.set(kept.messageId, kept);
    const file = this.#file(kept.id);
    // A file is there whole or not at all.
    await writeFile(`${file}.part`, message);
    await rename(`${file}.part`, file);
    await this.#forgetOld();
    return true;
  }

  /** The last first. */
  list(): KeptMail[] {
    return [...this.#mails.values()].reverse();
  }

  async read(id: string): Promise<{ raw: Buffer; mail: ParsedMail } | undefined> {
    if (!this.list().some((kept) => kept.id === id)) return undefined;
    const raw = await readFile(this.#file(id));
    return { raw, mail: await simpleParser(raw) };
  }

  async #forgetOld(): Promise<void> {
    for (const { messageId, id } of [...this.#mails.values()].slice(0, -this.keep)) {
      this.#mails.delete(messageId);
      await rm(this.#file(id), { force: true });
    }
  }

  #describe(mail: ParsedMail, id: string): KeptMail {
    const addresses = [mail.to ?? []].flat().map(({ text }) => text);
    return {
      id,
      messageId: mail.messageId ?? id,
      to: addresses.join(', '),
      from: mail.from?.text ?? '',
      subject: mail.subject ?? '',
      at: id.slice(0, 24).replace(/T(\d\d)\.(\d\d)\./, 'T$1:$2:'),
    };
  }

  #file(id: string): string {
    return join(this.folder, `${id}.eml`);
  }
}
