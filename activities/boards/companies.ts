import type { BoardName } from '../../domain/board.js';

/** A company whose own board is followed. */
export interface CompanyBoard {
  board: BoardName;
  /** As it stands in the board's address; Lever's are case-sensitive. */
  token: string;
  name: string;
}

const on = (board: BoardName, companies: Record<string, string>): CompanyBoard[] =>
  Object.entries(companies).map(([token, name]) => ({ board, token, name }));

/** The company boards followed from the first start of a live deployment; operators add and remove others. */
export const defaultCompanies: readonly CompanyBoard[] = [
  ...on('greenhouse', {
    gitlab: 'GitLab',
    stripe: 'Stripe',
    cloudflare: 'Cloudflare',
    figma: 'Figma',
    datadog: 'Datadog',
    airbnb: 'Airbnb',
    anthropic: 'Anthropic',
    canonical: 'Canonical',
    discord: 'Discord',
    dropbox: 'Dropbox',
    elastic: 'Elastic',
    mongodb: 'MongoDB',
    scaleai: 'Scale AI',
    wikimedia: 'Wikimedia Foundation',
  }),
  ...on('lever', {
    spotify: 'Spotify',
    palantir: 'Palantir',
    zoox: 'Zoox',
    veeva: 'Veeva Systems',
    voleon: 'The Voleon Group',
    includedhealth: 'Included Health',
    floqast: 'FloQast',
    welocalize: 'Welocalize',
    anchorage: 'Anchorage Digital',
    weride: 'WeRide',
    nium: 'Nium',
    fullscript: 'Fullscript',
  }),
  ...on('ashby', {
    notion: 'Notion',
    openai: 'OpenAI',
    ramp: 'Ramp',
    linear: 'Linear',
    posthog: 'PostHog',
    elevenlabs: 'ElevenLabs',
    quora: 'Quora',
    readme: 'ReadMe',
    evenup: 'EvenUp',
    jellyfish: 'Jellyfish',
    padlet: 'Padlet',
    vanta: 'Vanta',
  }),
  ...on('recruitee', { channable: 'Channable' }),
  ...on('smartrecruiters', { BoschGroup: 'Bosch', Ubisoft2: 'Ubisoft', Visa: 'Visa' }),
  ...on('workable', { huggingface: 'Hugging Face' }),
];
