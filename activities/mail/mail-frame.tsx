import { Body } from '@react-email/body';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Hr } from '@react-email/hr';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import type { CSSProperties, ReactNode } from 'react';
import type { MailLinks } from './digest.js';
import { settingsLink } from './digest.js';

/** The site's colours. Programs that know no dark scheme take the light ones, which stand in the elements themselves. */
const light = { canvas: '#fbf8f4', surface: '#ffffff', line: '#e6dcd1', ink: '#231b14', muted: '#66584b' };
const dark = { canvas: '#15110e', surface: '#1e1915', line: '#3b3129', ink: '#f6efe8', muted: '#bcad9e' };
export const accent = { text: '#a83c08', fill: '#bf4a10', onFill: '#ffffff', soft: '#fdeee2' };
const darkAccent = { text: '#ff9d61', fill: '#f68a4b', onFill: '#1f1007', soft: '#382214' };

const font = "Figtree, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

/** What an element of each kind looks like; its class is what the dark scheme goes by. */
const looks = {
  canvas: {
    backgroundColor: light.canvas,
    color: light.ink,
    fontFamily: font,
    padding: '24px 8px',
  },
  card: {
    backgroundColor: light.surface,
    border: `1px solid ${light.line}`,
    borderRadius: '16px',
    padding: '24px',
  },
  line: { borderColor: light.line, borderTopWidth: '1px', margin: '16px 0' },
  ink: { color: light.ink },
  muted: { color: light.muted },
  link: { color: accent.text },
  fill: { backgroundColor: accent.fill, color: accent.onFill },
  soft: { backgroundColor: accent.soft, color: accent.text },
} satisfies Record<string, CSSProperties>;

const darkRules = `
@media (prefers-color-scheme: dark) {
  .canvas { background-color: ${dark.canvas} !important; color: ${dark.ink} !important; }
  .card { background-color: ${dark.surface} !important; border-color: ${dark.line} !important; }
  .line { border-color: ${dark.line} !important; }
  .ink { color: ${dark.ink} !important; }
  .muted { color: ${dark.muted} !important; }
  .link { color: ${darkAccent.text} !important; }
  .fill { background-color: ${darkAccent.fill} !important; color: ${darkAccent.onFill} !important; }
  .soft { background-color: ${darkAccent.soft} !important; color: ${darkAccent.text} !important; }
}
@media (max-width: 480px) { .card { padding: 16px !important; } }
:root { color-scheme: light dark; supported-color-schemes: light dark; }
`;

/** Class and style of an element, in both schemes. */
export function look(name: keyof typeof looks, more: CSSProperties = {}) {
  return { className: name, style: { ...looks[name], ...more } };
}

/** What every mail has around it: the name, a card, and why it came and how it ends. */
export function MailFrame({
  title,
  preview,
  links,
  reason,
  children,
}: {
  title: string;
  /** What lists of mails show beside the subject. */
  preview: string;
  links: MailLinks;
  reason: string;
  children: ReactNode;
}) {
  return (
    <Html lang="en-GB">
      <Head>
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <style>{darkRules}</style>
      </Head>
      <Body className="canvas" style={{ backgroundColor: light.canvas, margin: 0 }}>
        <Preview>{preview}</Preview>
        {/* What Body puts between itself and this is not reached by the dark scheme. */}
        <Section {...look('canvas')}>
          <Container style={{ maxWidth: '600px', margin: '0 auto' }}>
            <Text style={{ margin: '0 0 12px', fontSize: '18px', fontWeight: 700 }}>
              <Link href={links.site} {...look('link', { textDecoration: 'none' })}>
                Searching The Fox
              </Link>
            </Text>
            <Section {...look('card')}>{children}</Section>
            <Text {...look('muted', { fontSize: '13px', lineHeight: '20px', margin: '16px 4px 0' })}>
              {reason}{' '}
              <Link href={settingsLink(links)} {...look('link', { textDecoration: 'underline' })}>
                How often, and when not
              </Link>
              {' · '}
              <Link href={links.unsubscribe} {...look('link', { textDecoration: 'underline' })}>
                No more mail
              </Link>
            </Text>
          </Container>
        </Section>
      </Body>
    </Html>
  );
}

export const Rule = () => <Hr {...look('line')} />;
