import type { Db } from '../../../core/db.ts'
import { type Day, day, rocDay, rocYear } from '../../../core/time.ts'
import { portalPage } from '../../../core/web/pages.tsx'
import { get, type PageRequest, type Reply } from '../../../core/web/route.ts'
import { Select } from '../../../ui/components/choices.tsx'
import { FilterBar, Toolbar } from '../../../ui/components/filter-bar.tsx'
import { EmptyState } from '../../../ui/components/notes.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { Tag } from '../../../ui/components/tag.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { publicMinutesPath, publicPath, publicRegisterPath } from '../paths.ts'
import { type BodyKind, bodyKinds, type BodyLevel, bodyLevels, type Publication } from '../schema.ts'
import '../tables.ts'

export type PublicMeeting = { heldOn: Day; /** its minutes, where they are public */ number: string | null; withdrawn: boolean; /** not public, and past the day by which the body has its minutes done */ missing: boolean }
export type PublicBody = { code: string; name: string; kind: BodyKind; level: BodyLevel; ownerUnit: string | null; basis: string; publication: Publication; publicationBasis: string; timesAYear: number | null; meetings: PublicMeeting[] }

/** The register of a year (western) as everybody sees it, county first, from published views only. Of an internal body only the meetings whose minutes were released. */
export async function findPublicRegister(publicDb: Db, year: number, today: Day): Promise<PublicBody[]> {
  const [first, last] = [day(`${year}-01-01`), day(`${year}-12-31`)]
  const bodies = await publicDb.selectFrom('windlion_public.meeting_register').selectAll().where((eb) => eb.and([eb.or([eb('valid_from', 'is', null), eb('valid_from', '<=', last)]), eb.or([eb('valid_until', 'is', null), eb('valid_until', '>=', first)])])).execute()
  const held = await publicDb.selectFrom('windlion_public.meeting_register_meetings').selectAll().where('held_on', '>=', first).where('held_on', '<=', last < today ? last : today).orderBy('held_on').execute()
  const levels = Object.keys(bodyLevels)
  return bodies
    .toSorted((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level) || a.name.localeCompare(b.name, 'zh-TW'))
    .map((row) => ({
      code: row.code, name: row.name, kind: row.kind, level: row.level, ownerUnit: row.owner_unit, basis: row.basis, publication: row.publication, publicationBasis: row.publication_basis, timesAYear: row.times_a_year,
      meetings: held.filter(({ body_code: code }) => code === row.code).map((one) => ({ heldOn: one.held_on, number: one.number, withdrawn: one.withdrawn, missing: one.number === null && !one.withdrawn && one.due_on < today })),
    }))
}

/** 常設委員會名冊: which standing bodies the county has, and whose minutes are public or missing, for everybody. */
async function register(request: PageRequest): Promise<Reply> {
  const now = rocYear(request.today)
  const asked = /^\d{2,3}$/.test(request.query.year ?? '') ? Number(request.query.year) : now
  const year = asked >= 39 && asked <= now ? asked : now
  const { level } = request.query
  const rows = (await findPublicRegister(request.publicDb, year + 1911, request.today)).filter((row) => !level || row.level === level)
  const count = (which: (one: PublicMeeting) => boolean) => rows.reduce((sum, row) => sum + row.meetings.filter(which).length, 0)
  const years = Array.from({ length: 8 }, (_, i) => now - i).concat(year < now - 7 ? [year] : [])
  return portalPage(request, {
    title: '常設委員會名冊', current: publicPath, breadcrumbs: [{ text: '會議紀錄', href: publicPath }, { text: '常設委員會名冊' }],
    children: (
      <>
        <h1>常設委員會名冊</h1>
        <p class="lead">縣府、所屬機關和鄉鎮公所的委員會、小組、管理會、諮詢會、審議會與會議；紀錄公開了哪些，還缺哪些。</p>
        <FilterBar action={publicRegisterPath} submit="看這一年">
          <Select name="year" label="年度" value={String(year)} options={years.map((one) => ({ value: String(one), text: `${one} 年` }))} />
          <Select name="level" label="層級" value={level} empty="全部" options={Object.entries(bodyLevels).map(([value, text]) => ({ value, text }))} />
        </FilterBar>
        <Toolbar count={rows.length} unit="個"><span>已公開 {count(({ number }) => number !== null)} 次，缺 {count(({ missing }) => missing)} 次</span></Toolbar>
        <Table<PublicBody>
          caption={`${year} 年的常設會議體與紀錄`} captionHidden rows={rows} rowKey={(row) => row.code} empty={<EmptyState title="沒有這個層級的常設會議體">登錄之後會列在這裡。</EmptyState>}
          columns={[
            { heading: '名稱', cell: (row) => <>{row.name}<p class="muted small">{[bodyLevels[row.level], bodyKinds[row.kind], row.ownerUnit, row.timesAYear && `每年至少開會 ${row.timesAYear} 次`].filter(Boolean).join('．')}</p><p class="muted small">紀錄{row.publication === 'published' ? '公開' : '經核定才公開'}{row.publicationBasis && `：${row.publicationBasis}`}</p></>, rowHeader: true, width: 'grow' },
            { heading: '會議與紀錄', cell: (row) => <Meetings row={row} year={year} now={now} /> },
          ]}
        />
        <p class="muted">會後超過會議體所定的日數（沒有定的以 30 日計，待管考單位確認）還沒有公開紀錄，列為「缺」。內部會議只列核定公開的紀錄（政府資訊公開法 §7 I ⑩、§18）。</p>
      </>
    ),
  })
}

function Meetings({ row, year, now }: { row: PublicBody; year: number; now: number }) {
  if (!row.meetings.length) return <span class="muted">{row.publication === 'published' ? `${year === now ? '還' : ''}沒有開會` : '沒有公開的'}</span>
  return (
    <>
      {row.meetings.map((one, i) => (
        <p key={i} class="nowrap">
          {one.number ? <a href={publicMinutesPath(one.number)} aria-label={`${rocDay(one.heldOn)}：看${row.name}的紀錄`}><DayText day={one.heldOn} /></a> : <DayText day={one.heldOn} />}{' '}
          {one.number ? <Tag tone="done">已公開</Tag> : one.withdrawn ? <Tag tone="ended">已下架</Tag> : one.missing ? <Tag tone="danger">缺</Tag> : <Tag tone="waiting">整理中</Tag>}
        </p>
      ))}
    </>
  )
}

export const routes = [get(publicRegisterPath, 'public', register)]
