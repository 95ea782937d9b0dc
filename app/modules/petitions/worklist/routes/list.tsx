import { randomUUID } from 'node:crypto'
import { read, type Reader } from '../../../../core/db.ts'
import { holds } from '../../../../core/identity/permissions.ts'
import { dayOf } from '../../../../core/time.ts'
import { consolePage } from '../../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../../core/web/route.ts'
import { BulkBar } from '../../../../ui/components/bulk-bar.tsx'
import { Button, ButtonLink } from '../../../../ui/components/button.tsx'
import { Select } from '../../../../ui/components/choices.tsx'
import { Toolbar } from '../../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../../ui/components/notes.tsx'
import { Pagination } from '../../../../ui/components/pagination.tsx'
import { filteredPath, listPath, newPath, trayPath } from '../../paths.ts'
import { recentUnits, subtree, unitOptions } from '../../units.ts'
import { CaseTable, nameOf } from '../case-table.tsx'
import { filterQuery, orderOf, readFilter } from '../filter.ts'
import { Filters } from '../filters.tsx'
import { findPetitions, readCursor } from '../list-query.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const { db, person, query, today } = request
  const filter = readFilter(query)
  const units = await recentUnits(db, today)
  if (filter.unitId !== null) filter.unitIds = subtree(units, filter.unitId)
  const on = filter.asOf ? dayOf(filter.asOf) : today
  const find = (reader: Reader) => findPetitions(reader, person, filter, on, readCursor(query, orderOf(filter)))
  const page = filter.asOf ? await read(db, find, filter.asOf) : await find(db)
  const kept = filterQuery(filter)
  const dispatches = holds(person, 'petitions.dispatch') && !filter.asOf
  const filtered = Object.keys(kept).length > 0
  return consolePage(request, {
    title: '陳情案件',
    current: listPath,
    actions: holds(person, 'petitions.register') ? <ButtonLink href={newPath}>登錄陳情</ButtonLink> : undefined,
    children: (
      <>
        <Filters filter={filter} units={units} />
        <Toolbar count={page.atLeast ? `${page.total.toLocaleString('en')} 以上` : page.total}>
          <a href={filteredPath(kept, `${listPath}.csv`)} data-turbo="false">匯出 CSV</a>
          <a href={filteredPath(kept, `${listPath}.ods`)} data-turbo="false">匯出 ODS</a>
        </Toolbar>
        <CaseTable
          caption="陳情案件"
          rows={page.rows}
          today={on}
          {...(filter.asOf ? { asOf: filter.asOf } : {})}
          {...(dispatches ? { select: { name: 'names', form: 'bulk', label: (row) => `選取 ${nameOf(row)}` } } : {})}
          empty={filtered
            ? <EmptyState title="沒有符合這些條件的案件" action={<a href={listPath}>看全部未結案件</a>}>試著少用一個條件，或換個字找。</EmptyState>
            : <EmptyState title="目前沒有未結的案件">新的來信會出現在這裡。</EmptyState>}
        />
        {dispatches && page.rows.length > 0 && (
          <BulkBar id="bulk" action={`${trayPath}/dispatch`} name="names" formKey={randomUUID()}>
            <input type="hidden" name="back" value={request.path} />
            <Select name="unitId" label="分給" options={unitOptions(units)} empty="依各案的建議" />
            <Button small>分文</Button>
          </BulkBar>
        )}
        <Pagination
          previous={page.previous && filteredPath({ ...kept, before: page.previous })}
          next={page.next && filteredPath({ ...kept, after: page.next })}
        />
      </>
    ),
  })
}

export const routes = [get(listPath, 'petitions.read', list)]
