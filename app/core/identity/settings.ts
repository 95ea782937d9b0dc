import type { Db, Reader, Tx } from '../db.ts'

/** A setting that the county changes without a programmer; undefined when it was never set. */
export async function findSetting<T>(reader: Reader | Db, name: string): Promise<T | undefined> {
  const row = await reader.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst()
  return row?.value as T | undefined
}

export async function saveSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value) as never
  await tx
    .insertInto('settings')
    .values({ name, value: text })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: text }))
    .execute()
}
