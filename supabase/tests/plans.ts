import postgres from 'postgres';

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

/** Tables that grow with people and time; the others are a handful of rows. */
const growing = [
  'alerts',
  'board_figures',
  'board_requests',
  'company_boards',
  'company_checks',
  'company_follows',
  'digests',
  'hidden_terms',
  'job_marks',
  'posting_sources',
  'postings',
  'profiles',
  'run_duration_figures',
  'run_figures',
  'saved_searches',
  'schedule_ticks',
  'search_run_boards',
  'search_run_events',
  'search_run_results',
  'search_runs',
  'seen_postings',
  'source_syncs',
  'tick_requests',
  'title_words',
];

/** What a plan reads: the indexes it uses, and the growing tables it goes through from end to end. */
export interface Reads {
  indexes: string[];
  wholeTables: string[];
}

export function readsOf(plans: { Plan: PlanNode }[]): Reads {
  const nodes: PlanNode[] = [];
  const collect = (node: PlanNode) => {
    nodes.push(node);
    node.Plans?.forEach(collect);
  };
  for (const { Plan } of plans) collect(Plan);
  const named = (names: (string | undefined)[]) =>
    [...new Set(names.filter((name) => name !== undefined))].sort();
  return {
    indexes: named(nodes.map((node) => node['Index Name'])),
    wholeTables: named(
      nodes.filter((node) => node['Node Type'] === 'Seq Scan').map((node) => node['Relation Name']),
    ).filter((table) => growing.includes(table)),
  };
}

/** Runs a statement and takes down the plan of every statement inside the functions it calls. Nothing stays written. */
export async function readsInside(
  databaseUrl: string,
  role: string,
  claims: Record<string, unknown>,
  statement: (sql: postgres.TransactionSql) => Promise<unknown>,
): Promise<Reads> {
  const plans: { Plan: PlanNode }[] = [];
  const sql = postgres(databaseUrl, {
    max: 1,
    onnotice: ({ message = '' }) => {
      const [, plan] = message.split('plan:\n');
      if (plan) plans.push(JSON.parse(plan));
    },
  });
  const takenBack = new Error('taken back');
  try {
    await sql.begin(async (transaction) => {
      await transaction.unsafe(`
        load 'auto_explain';
        set local auto_explain.log_min_duration = 0;
        set local auto_explain.log_nested_statements = on;
        set local auto_explain.log_format = json;
        set local enable_seqscan = off;
        set local client_min_messages = log`);
      await transaction`select set_config('request.jwt.claims', ${JSON.stringify(claims)}, true)`;
      await transaction`select set_config('role', ${role}, true)`;
      await statement(transaction);
      throw takenBack;
    });
  } catch (error) {
    if (error !== takenBack) throw error;
  } finally {
    await sql.end({ timeout: 5 });
  }
  return readsOf(plans);
}
