import type { SampleJob } from './job.js';
import { randomFor } from './random.js';

/** A part of a posting's text. Each board puts it into its own HTML. */
export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'list'; items: string[] };

interface Words {
  role: string;
  duties: string;
  requirements: string;
  benefits: string;
  apply: string;
  welcome: string;
  intro: (company: string, team: string, place: string) => string;
  pace: string[];
  tools: (skills: string) => string;
  benefitsOf: string[];
  steps: string[];
}

const english: Words = {
  role: 'The role',
  duties: 'What you’ll do',
  requirements: 'What you bring',
  benefits: 'What we offer',
  apply: 'How to apply',
  welcome:
    'We hire for what people can do and welcome applications from everyone, whatever their age, origin, faith, gender, orientation or disability. Tell us if we can make the interviews easier for you.',
  intro: (company, team, place) =>
    `${company}. We are looking for somebody to join our ${team} team: ${place}.`,
  pace: [
    'You will join a team of nine people who plan in six-week cycles and ship every day they can. The work matters to customers who notice when it is good, and there’s a lot of it left to do.',
    'You will join a team of five. Plans are short, decisions are written down, and nobody has to be loud to be heard.',
    'This is a new position: the team has grown from four to eleven people this year and needs another pair of hands. You’ll have a mentor in your first months and room to make the job your own.',
    'You’ll take over from a colleague who moved to another team and is still there to ask. In your first month you learn how things work; in your third you change some of them.',
  ],
  tools: (skills) => `From day to day we work with ${skills}. Nobody here knew all of it on their first day.`,
  benefitsOf: [
    'Thirty days of leave, and a culture in which people take them',
    'A budget for books, courses and one conference a year',
    'Private health insurance from the first day',
    'Parental leave at full pay for five months',
    'Equity that you understand: we explain it, with numbers',
    'Flexible hours around a few fixed meetings',
    'A pension plan to which we add as much as you do',
    'A bicycle, or a ticket for the train',
    'Equipment that you choose',
  ],
  steps: [
    'A call of half an hour, a conversation about your work, an afternoon with the team. We answer within a week, each time.',
    'Send us a CV or a link; a cover letter is welcome and not required. You will hear from a human.',
    'Three conversations, no puzzles, and a decision within two weeks.',
  ],
};

const german: Words & { dutiesOf: string[]; requirementsOf: string[] } = {
  role: 'Deine Rolle',
  duties: 'Deine Aufgaben',
  requirements: 'Das bringst du mit',
  benefits: 'Das bieten wir',
  apply: 'So bewirbst du dich',
  welcome:
    'Wir freuen uns über alle Bewerbungen, unabhängig von Alter, Herkunft, Religion, Geschlecht, Orientierung oder Behinderung.',
  intro: (company, team, place) => `${company}. Wir suchen Verstärkung für unser Team ${team} (${place}).`,
  pace: [
    'Du arbeitest in einem Team von sieben Menschen, das sich aufeinander verlassen kann. In den ersten Wochen begleitet dich eine erfahrene Kollegin; danach gehört dir ein eigenes Gebiet.',
    'Die Stelle ist neu: Wir sind in diesem Jahr gewachsen und möchten die Arbeit auf mehr Schultern verteilen. Was du daraus machst, bestimmst du mit.',
  ],
  tools: (skills) => `Zu deinem Alltag gehören ${skills}. Nicht alles davon musst du schon kennen.`,
  dutiesOf: [
    'Du übernimmst eigene Aufgaben und stimmst dich mit deinem Team ab, vor allem rund um {skill}',
    'Du verbesserst Abläufe, die heute noch länger dauern als nötig',
    'Du bist Ansprechperson für Kolleginnen und Kollegen aus anderen Abteilungen',
    'Du dokumentierst so, dass andere weitermachen können',
    'Du arbeitest neue Kolleginnen und Kollegen ein, auch in {skill}',
  ],
  requirementsOf: [
    'Abgeschlossene Ausbildung, Studium oder vergleichbare Erfahrung',
    'Kenntnisse in {skill}',
    'Erfahrung mit {skill} oder Lust, es zu lernen',
    'Gute Deutschkenntnisse, Englisch für den Alltag',
    'Sorgfalt, Verlässlichkeit und Humor',
  ],
  benefitsOf: [
    '30 Tage Urlaub und flexible Arbeitszeiten',
    'Weiterbildung mit eigenem Budget',
    'Betriebliche Altersvorsorge mit Zuschuss',
    'Deutschlandticket oder Jobrad',
    'Ein Team, das sich gegenseitig hilft',
    'Homeoffice nach Absprache',
    'Kinderbetreuungszuschuss',
  ],
  steps: [
    'Bewirb dich mit Lebenslauf; ein Anschreiben ist willkommen, aber nicht nötig. Wir melden uns innerhalb einer Woche.',
    'Ein Telefonat, ein Kennenlernen im Team, eine schnelle Entscheidung.',
  ],
};

/** The text of a job, the same one each time. */
export function describeJob(seed: number, job: SampleJob): Block[] {
  const random = randomFor(seed, `text/${job.number}`);
  const { company, family, skills } = job;
  const inGerman = company.language === 'de';
  const words = inGerman ? german : english;
  const duties = inGerman ? german.dutiesOf : family.duties;
  const requirements = inGerman ? german.requirementsOf : family.requirements;
  const some = (lines: readonly string[]) =>
    random.helpers.arrayElements(lines, { min: 3, max: Math.min(5, lines.length) });
  // Skills in turn, beginning with those that the title promises.
  let turn = 0;
  const withSkills = (line: string) => line.replace(/\{skill\}/g, () => skills[turn++ % skills.length] ?? '');
  const place = job.region ? `remote (${job.region})` : job.places.map(({ city }) => city).join(', ');

  return [
    { kind: 'paragraph', text: words.intro(`${company.name} ${company.about}`, family.department, place) },
    { kind: 'heading', text: words.role },
    { kind: 'paragraph', text: random.helpers.arrayElement(words.pace) },
    { kind: 'heading', text: words.duties },
    { kind: 'list', items: some(duties).map(withSkills) },
    { kind: 'heading', text: words.requirements },
    { kind: 'list', items: some(requirements).map(withSkills) },
    { kind: 'paragraph', text: words.tools(skills.join(', ')) },
    { kind: 'heading', text: words.benefits },
    { kind: 'list', items: some(words.benefitsOf) },
    { kind: 'heading', text: words.apply },
    { kind: 'paragraph', text: random.helpers.arrayElement(words.steps) },
    { kind: 'paragraph', text: words.welcome },
  ];
}
