import type postgres from 'postgres';

/**
 * A transaction in which no trigger fires and no foreign key is looked up: rows as they are after months, or as they cannot be
 * made step by step. As a superuser.
 */
export const withoutTriggers = <Result>(
  sql: postgres.Sql,
  change: (sql: postgres.TransactionSql) => Promise<Result>,
) =>
  sql.begin(async (transaction) => {
    await transaction`set local session_replication_role = replica`;
    return change(transaction);
  });
