import { type Kysely, sql } from 'kysely'

/** The role in which the service and its commands work from day to day: it reads and writes rows, and cannot alter, truncate or drop anything. */
export const everydayRole = 'windlion_app'

/**
 * Makes the role and gives it what it needs, as the owner of the tables; nothing where that was done before. Tables that `refuse_change` guards
 * can only be added to, and so can history: its triggers and imports write there. Returns why the guard cannot be had, or null.
 */
export async function prepareEverydayRole(owner: Kysely<any>): Promise<string | null> {
  try {
    await owner.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(7301002)`.execute(tx) // that of migrations: grants at the same time fail
      const exists = await sql`select from pg_roles where rolname = ${everydayRole}`.execute(tx)
      if (!exists.rows.length) await sql.raw(createRole).execute(tx)
      const missing = await sql<{ any: boolean }>`select ${isMissingSomething} as any`.execute(tx)
      if (missing.rows[0]!.any) await sql.raw(grants).execute(tx)
      await sql.raw(`set local role ${everydayRole}`).execute(tx)
    })
    return null
  } catch (cause) {
    const { code, message } = cause as { code?: string; message: string }
    if (code !== insufficientPrivilege) throw cause
    return message
  }
}

const insufficientPrivilege = '42501'

/** Roles belong to the whole server: another county's database there may have made it meanwhile. */
const createRole = `do $$ begin create role ${everydayRole} nologin; exception when duplicate_object or unique_violation then null; end $$`

const schemas = `('windlion', 'windlion_history', 'windlion_asof', 'windlion_public', 'windlion_jobs')`

/** Tables whose rows may be added but never changed, as their migration says by a trigger. */
const addedTo = `(select t.tgrelid from pg_trigger t where t.tgfoid = 'windlion.refuse_change'::regproc)`

const isMissingSomething = sql.raw(`(not pg_has_role(current_user, '${everydayRole}', 'member')
  or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname in ${schemas} and c.relkind in ('r', 'p', 'v')
    and (not has_table_privilege('${everydayRole}', c.oid, 'select') or c.relkind <> 'v' and n.nspname in ('windlion', 'windlion_history', 'windlion_jobs') and c.oid <> 'windlion.migrations'::regclass and not has_table_privilege('${everydayRole}', c.oid, 'insert')))
  or exists (select from ${addedTo} a where has_table_privilege('${everydayRole}', a.tgrelid, 'update')))`)

const grants = `do $$
declare it record;
begin
  if not pg_has_role(current_user, '${everydayRole}', 'member') then execute format('grant ${everydayRole} to %I', current_user); end if;
  for it in select nspname from pg_namespace where nspname in ${schemas} loop
    execute format('grant usage on schema %I to ${everydayRole}', it.nspname);
    execute format('grant select on all tables in schema %I to ${everydayRole}', it.nspname);
  end loop;
  grant insert on all tables in schema windlion_history to ${everydayRole};
  for it in select nspname from pg_namespace where nspname in ('windlion', 'windlion_jobs') loop
    execute format('grant insert, update, delete on all tables in schema %I to ${everydayRole}', it.nspname);
    execute format('grant usage on all sequences in schema %I to ${everydayRole}', it.nspname);
  end loop;
  revoke insert, update, delete on windlion.migrations from ${everydayRole};
  for it in select a.tgrelid::regclass as name from ${addedTo} a loop
    execute format('revoke update, delete on %s from ${everydayRole}', it.name);
  end loop;
end $$`
