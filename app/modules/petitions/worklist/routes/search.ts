import { caseNumberOf, pathOfNumber } from '../../../../core/cases/case-kinds.ts'
import { NotFound } from '../../../../core/errors.ts'
import { get, redirect } from '../../../../core/web/route.ts'
import { visibleTo } from '../../visible.ts'
import { filteredPath, petitionPath, searchPath } from '../../paths.ts'
import { listConditions, looksLikeNumber } from '../list-query.ts'
import { readFilter } from '../filter.ts'
import { personalHashes } from '../../../../core/personal-data/index.ts'
import { sql } from 'kysely'

/** The search at the top: a number of any kind opens its case for who may see it, a petitioner's whole name, telephone or e-mail lists theirs, all else is looked for in the text. */
export const routes = [
  get(searchPath, 'petitions.read', async (request) => {
    const q = (request.query.q ?? '').trim()
    const { db, person, today } = request
    if (looksLikeNumber(q)) {
      const found = await sql<{ name: string }>`
        select coalesce(c.number, c.follow_no) as name from cases c join petitions p on p.id = c.id
        where ${sql.join(listConditions(person, readFilter({ stage: 'all', q }), today), sql` and `)} limit 1`.execute(db)
      if (found.rows[0]) return redirect(petitionPath(found.rows[0].name))
    }
    const number = caseNumberOf(q)
    const path = number && (await pathOfNumber(db, person, number))
    if (path) return redirect(path)
    if (number && !looksLikeNumber(q)) throw new NotFound(`找不到「${number}」這個案號，或您不能看這一件`)
    const sender = q && (await sql`select 1 from petitions p join cases c on c.id = p.id
      where (p.name_hash = any(${personalHashes('name', q)}::bytea[]) or p.email_hash = any(${personalHashes('email', q)}::bytea[]) or p.phone_hash = any(${personalHashes('phone', q)}::bytea[])) and ${visibleTo(person)} limit 1`.execute(db)).rows.length > 0
    return redirect(filteredPath(sender ? { stage: 'all', sender: q } : { stage: 'all', q }))
  }, { limit: 60 }), // whoever asks faster is a program
]
