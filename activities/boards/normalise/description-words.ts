/** More than this is not searched, in characters. */
const maxSearched = 20_000;

/**
 * What no search is about: the small words of English, and what nearly every posting says of itself, its benefits and
 * its fairness. Left out of descriptions only; a title's words are all searched.
 */
export const saidEverywhere = new Set(
  `a about after again all also am an and any are as at be because been before being both but by can could did do does
  doing down during each every few for from further had has have having he her here hers him his how i if in into is
  it its just me more most my no nor not now of off on once only or other our ours out over own same she should so
  some such than that the their theirs them then there these they this those through to too under until up us very
  was we were what when where which while who whom why will with would you your yours
  able across age applicant applicants apply background backgrounds based basis benefit benefits bring build building
  candidate candidates color colour committed companies company competitive day days disability drive driven eg
  employee employees employer employment environment equal etc excellent excited experience experienced factors first
  find full gender get good great grow growing growth help helping high highly hire hiring ideal ie including job
  join knowledge level like ll looking love make making may meet month months multiple need needs new next note offer
  one opportunities opportunity orientation origin part people per plus please position proud provide providing
  qualifications qualified race re real related religion required requirement requirements responsibilities right
  role roles salary set sexual skills status strong team teams tell things think time together understand
  understanding use using ve vary veteran veterans week well wide within work working world year years`.split(
    /\s+/,
  ),
);

/**
 * Two spellings of one thing, as one word. The database's `with_word_families` has the same, for titles and for what is
 * asked; a later line works on what earlier ones made.
 */
const families = (
  [
    ['front end', 'frontend'],
    ['back end', 'backend'],
    ['full stack', 'fullstack'],
    ['dev ops', 'devops'],
    ['node js', 'node'],
    ['nodejs', 'node'],
    ['react js', 'react'],
    ['reactjs', 'react'],
    ['vue js', 'vue'],
    ['vuejs', 'vue'],
    ['angular js', 'angular'],
    ['angularjs', 'angular'],
    ['next js', 'nextjs'],
    ['js', 'javascript'],
    ['ts', 'typescript'],
    ['golang', 'go'],
    ['k8s', 'kubernetes'],
    ['postgres', 'postgresql'],
    ['amazon web services', 'aws'],
    ['google cloud platform', 'gcp'],
    ['objective c', 'objectivec'],
    ['ml', 'machine learning'],
    ['gen ai', 'generative ai'],
    ['ai', 'artificial intelligence'],
    ['nlp', 'natural language processing'],
    ['large language models', 'llm'],
    ['llms', 'llm'],
    ['user experience', 'ux'],
    ['user interface', 'ui'],
  ] as const
).map(([written, canonical]) => [` ${written} `, ` ${canonical} `] as const);

/** Signs that part words. */
const signs = /[.,;:/()!?"\n-]/g;

/**
 * The words of a description that a search can find, each once, as the database's `search_text` would have them: lower
 * case, signs of languages kept (C++, C#), families as one word.
 */
export function descriptionWords(text: string): string {
  const spelled = text
    .slice(0, maxSearched)
    .toLowerCase()
    .replaceAll('c++', 'cplusplus ')
    .replaceAll('c#', 'csharp ')
    .replaceAll('f#', 'fsharp ')
    .replaceAll('.net', ' dotnet ')
    .replace(signs, ' ')
    .replace(/\s+/g, ' ');
  const words = families.reduce(
    (all, [written, canonical]) => all.replaceAll(written, canonical),
    ` ${spelled} `,
  );
  return [...new Set(words.split(' '))].filter((word) => word && !saidEverywhere.has(word)).join(' ');
}
