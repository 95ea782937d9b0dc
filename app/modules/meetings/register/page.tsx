import { casePath } from '../../../core/cases/case-kinds.ts'
import { rocYear } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { filteredListPath, listPath, publicBodyPath, publicRegisterPath, registerPath } from '../paths.ts'
import { bodyKinds, type BodyLevel, bodyLevels, meetingKind, publications } from '../schema.ts'
import { findRegister, type RegisteredBody } from './query.ts'

/** 常設性委員會名冊: which standing body met how often in a year, and whose minutes are missing. */
async function register(request: StaffRequest): Promise<Reply> {
  const now = rocYear(request.today)
  const year = /^\d{2,3}$/.test(request.query.year ?? '') ? Number(request.query.year) : now
  const level = request.query.level
  const all = await findRegister(request.db, request.person, year + 1911, request.today)
  const rows = all.filter((row) => !level || row.level === level)
  const missing = rows.reduce((sum, row) => sum + row.missing.length, 0)
  return consolePage(request, {
    title: '常設性委員會名冊', heading: '常設性委員會名冊', current: registerPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '常設性委員會名冊' }],
    children: (
      <>
        <FilterBar action={registerPath} submit="看這一年">
          <Select name="year" label="年度" value={String(year)} options={Array.from({ length: 8 }, (_, i) => String(now - i)).concat(year < now - 7 ? [String(year)] : []).map((value) => ({ value, text: `${value} 年` }))} />
          <Select name="level" label="層級" value={level} empty="全部" options={Object.entries(bodyLevels).map(([value, text]) => ({ value, text }))} />
        </FilterBar>
        <Toolbar count={rows.length} unit="個">{missing > 0 && <strong>缺 {missing} 次紀錄</strong>}　<a href={`${publicRegisterPath}?year=${year}`}>公開的名冊</a></Toolbar>
        <Table<RegisteredBody>
          caption={`${year} 年的常設性委員會、小組、管理會、諮詢會、審議會與會議`} captionHidden rows={rows} rowKey={(row) => row.code} rowTone={(row) => (row.missing.length ? 'soon' : undefined)}
          empty={<EmptyState title="沒有這個層級的常設會議體">管考單位在「會議體」登錄之後會列在這裡。</EmptyState>}
          columns={[
            { heading: '名稱', cell: (row) => <>{row.name}<p class="muted small">{bodyLevels[row.level as BodyLevel]}．{bodyKinds[row.kind]}{row.ownerUnit && `．${row.ownerUnit}`}{row.basis && `．${row.basis}`}．紀錄：{publications[row.publication]}</p></>, rowHeader: true, width: 'grow' },
            { heading: '開會', cell: (row) => <>{row.held && row.caseKind !== meetingKind ? <><a href={ownListPath(row.caseKind)} aria-label={`${row.held} 次：看${row.name}的會議`}>{row.held} 次</a></> : row.held ? <a href={filteredListPath({ body: row.code, year: String(year) })} aria-label={`${row.held} 次：看${row.name} ${year} 年的會議`}>{row.held} 次</a> : '0 次'}{row.timesAYear !== null && <p class="muted small nowrap">每年至少 {row.timesAYear} 次{year < now && row.held < row.timesAYear && <>　<Tag tone="danger">不足</Tag></>}</p>}</>, width: 'fit' },
            { heading: '最近一次', cell: (row) => (row.lastOn ? <DayText day={row.lastOn} /> : '—'), width: 'fit', wideOnly: true },
            { heading: '紀錄已確認', cell: (row) => `${row.confirmed} 次`, width: 'fit' },
            { heading: '缺紀錄', cell: (row) => (row.missing.length ? <ul>{row.missing.map(({ number, heldOn }) => <li key={number}><a class="nowrap number" href={casePath(row.caseKind, number) ?? registerPath}>{number}</a>　<DayText day={heldOn} /></li>)}</ul> : '—') },
            { heading: '已公開', cell: (row) => <>{row.published ? <a href={publicBodyPath(row.code, year)} aria-label={`${row.published} 次：看${row.name} ${year} 年公開的紀錄`}>{row.published} 次</a> : '0 次'}</>, width: 'fit' },
          ]}
        />
        <p class="muted small">只算您看得到的會議。會後超過會議體所定的日數（沒有定的以 30 日計，待管考單位確認）還沒有確認紀錄，列為缺紀錄。</p>
      </>
    ),
  })
}

/** Where another module keeps the meetings of its committee. */
const ownListPath = (kind: string): string => casePath(kind, '')?.replace(/\/$/, '') ?? registerPath

export const routes = [get(registerPath, 'meetings.read', register)]
