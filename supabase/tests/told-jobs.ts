import type postgres from 'postgres';
import type { Posting } from '../../domain/posting.js';
import { posting, recordPage } from './fixtures.js';

/** A job as the company's own board has it, and copies of it on two others. */
export const own = (fields: Partial<Posting> = {}) =>
  posting({
    board: 'greenhouse',
    companyToken: 'acme',
    boardPostingId: 'g1',
    title: 'Data Engineer',
    identityKeys: ['greenhouse:400001'],
    ...fields,
  });
export const copy = (fields: Partial<Posting> = {}) =>
  posting({ board: 'remotive', boardPostingId: 'r1', title: 'Data Engineer', ...fields });
export const other = (fields: Partial<Posting> = {}) =>
  copy({ board: 'arbeitnow', boardPostingId: 'a1', ...fields });

/** Hands postings over one by one, each as a page of its board's source. */
export async function tell(sql: postgres.Sql, postings: readonly Posting[]): Promise<void> {
  for (const one of postings) {
    const source = one.companyToken ? `${one.board}/${one.companyToken}` : one.board;
    await recordPage(sql, source, [one]);
  }
}

/** Each job: the title it is shown with, then who tells of it (`board:id`), its original first. */
export async function readJobs(sql: postgres.Sql): Promise<string[][]> {
  const rows = await sql<{ title: string; sources: string[] }[]>`
    select p.title,
      array_agg(s.board || ':' || s.board_posting_id order by s.is_original desc, s.board, s.board_posting_id) as sources
    from postings p join posting_sources s on s.posting_id = p.id
    group by p.id order by 1, 2`;
  return rows.map(({ title, sources }) => [title, ...sources]);
}

/** Titles of postings without a source, without one original (a company's own board if there is one), or with other facets than their sources'. */
export async function readBroken(sql: postgres.Sql): Promise<string[]> {
  const rows = await sql<{ title: string }[]>`
    select p.title from postings p left join posting_sources s on s.posting_id = p.id group by p.id
    having count(*) filter (where s.is_original) <> 1
      or (bool_or(s.own_board) and not bool_or(s.own_board) filter (where s.is_original))
      or array(select 'board:' || b from unnest(array_agg(distinct s.board)) b order by 1)
        <> array(select f from unnest(tsvector_to_array(p.facets)) f where starts_with(f, 'board:') order by 1)`;
  return rows.map(({ title }) => title);
}
