import { type CompanyBoard, defaultCompanies } from './companies.js';
import { boardByName, boards } from './registry.js';

test('every board has a name and hosts of its own', () => {
  const names = boards.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.map((name) => boardByName(name).name)).toEqual(names);
  const hosts = boards.flatMap((board) => board.hosts);
  expect(new Set(hosts).size).toBe(hosts.length);
});

test('the companies followed by default are on company boards, each once', () => {
  const key = ({ board, token }: CompanyBoard) => `${board}/${token.toLowerCase()}`;
  expect(new Set(defaultCompanies.map(key)).size).toBe(defaultCompanies.length);
  for (const { board } of defaultCompanies) expect(boardByName(board).kind).toBe('company');
});
