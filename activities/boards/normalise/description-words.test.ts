import { descriptionWords } from './description-words.js';

test.each([
  ['We build things in C++, C# and .NET.', 'cplusplus csharp dotnet'],
  ['Front-end or full stack: React.js/Node.js', 'frontend fullstack react node'],
  ['Kubernetes (k8s), Kubernetes', 'kubernetes'],
  ['ML and AI', 'machine learning artificial intelligence'],
  ['', ''],
])('%j is searched by %j', (text, words) => expect(descriptionWords(text)).toBe(words));

test('of an endless description only the beginning is searched', () => {
  expect(descriptionWords(`${'word '.repeat(10_000)}needle`)).toBe('word');
});
