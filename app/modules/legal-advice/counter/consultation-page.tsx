import { sql } from 'kysely'
import { withCommon } from '../../../core/cases/common-card.tsx'
import { findCommonEvents } from '../../../core/cases/common-history.ts'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, NotFound, type Refusal } from '../../../core/errors.ts'
import { holds, type Person } from '../../../core/identity/permissions.ts'
import { maskEmail, maskName, maskPhone, unseal } from '../../../core/personal-data/index.ts'
import { isoInstant, rocDateTime } from '../../../core/time.ts'
import type { Language } from '../../../core/web/language.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button } from '../../../ui/components/button.tsx'
import { Card } from '../../../ui/components/card.tsx'
import { Select } from '../../../ui/components/choices.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { SummaryList } from '../../../ui/components/summary-list.tsx'
import { Timeline } from '../../../ui/components/timeline.tsx'
import { timeWords } from '../booking/words.ts'
import { ConflictTag, StageTag } from '../parts.tsx'
import { consultationPath, listPath, sessionPath } from '../paths.ts'
import { adviceKind, type Outcome, type Stage, type Way, ways } from '../schema.ts'
import { consultationVisibleTo } from '../visible.ts'
import { findOpened, openNames, purposes } from './opening.ts'

type Consultation = {
  id: number; number: string; stage: Stage; outcome: Outcome | null; session: string; sessionTitle: string; slotAt: Date | null; desk: number | null; lawyer: string | null; speciality: string | null; way: Way; language: Language; conflict: boolean | null
  ticket: number | null; name: Buffer | null; email: Buffer | null; phone: Buffer | null; opponent: Buffer | null; imported: boolean; events: { kind: string; at: string; who: string | null }[]
}

async function findConsultation(reader: Reader, person: Person, number: string): Promise<Consultation> {
  const { rows } = await sql<Consultation>`
    select c.id, c.number, c.stage, c.outcome, x.number as session, x.title as "sessionTitle", b.slot_at as "slotAt", d.no as desk, l.name as lawyer, p.name as speciality, b.way, b.language, b.conflict, b.ticket, b.name, b.email, b.phone, b.opponent,
      c.import_id is not null as imported,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', e.kind, 'at', e.happened_at, 'who', w.name) order by e.happened_at, e.id), '[]') from events e left join people w on w.id = e.person_id where e.case_id = c.id) as events
    from cases c join advice_bookings b on b.case_id = c.id join cases x on x.id = b.session_id left join advice_desks d on d.id = b.desk_id left join advice_lawyers l on l.id = d.lawyer_id left join advice_specialities p on p.id = b.speciality_id
    where c.number = ${number} and c.kind = ${adviceKind} and ${consultationVisibleTo(person)}`.execute(reader)
  if (!rows[0]) throw new NotFound('找不到這件諮詢')
  return rows[0]
}

/** One consultation for the office: when, where, how it went. What was said at the desk is nowhere but in the lawyer's own record. */
async function show(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const one = await findConsultation(request.db, request.person, request.params.name!)
  const open = (await findOpened(request.db, request.person, [one.id], request.now)).has(one.id)
  const datum = (value: Buffer | null, mask: (text: string) => string) => { const text = unseal(value); return text ? (open ? text : mask(text)) : '—' }
  return consolePage(request, {
    title: `${one.number} 法律諮詢`, heading: '法律諮詢', current: listPath, breadcrumbs: [{ text: '法律諮詢場次', href: listPath }, { text: one.session, href: sessionPath(one.session) }, { text: one.number }],
    headingNote: <><span class="nowrap number">{one.number}</span><StageTag stage={one.stage} outcome={one.outcome} /></>,
    children: (
      <>
        {failed && <ErrorSummary title="沒有完成" errors={errorsOf(failed)} />}
        <SummaryList columns={2} rows={[
          { key: '場次', value: <a href={sessionPath(one.session)}>{one.sessionTitle}</a> },
          { key: '時間', value: one.slotAt ? timeWords(one.slotAt) : one.way === 'walk-in' ? '現場候位' : '未約時間' },
          { key: '類別', value: one.speciality ?? '—' },
          { key: '方式', value: one.language === 'en' ? `${ways[one.way]}（英文）` : ways[one.way] },
          { key: '律師', value: one.lawyer ? `${one.lawyer}（第 ${one.desk} 桌）` : '—' },
          { key: '利益衝突', value: <ConflictTag conflict={one.conflict} /> },
        ]} />
        <Card title="預約的人">
          <SummaryList columns={2} rows={[
            { key: '姓名', value: datum(one.name, maskName) }, { key: '電話', value: datum(one.phone, maskPhone) },
            { key: '電子郵件', value: datum(one.email, maskEmail) }, { key: '對方姓名', value: datum(one.opponent, maskName) },
          ]} />
          {!open && holds(request.person, 'legal-advice.open-personal-data') && (
            <Details summary="顯示個人資料" id="open-names" open={failed !== undefined}>
              <Form action={consultationPath(one.number, 'names')} id="names">
                <Select name="purpose" label="為了什麼" options={purposes.map((text) => ({ value: text, text }))} />
                <p class="muted">顯示 10 分鐘，會留下紀錄。</p>
                <Button kind="secondary">顯示</Button>
              </Form>
            </Details>
          )}
        </Card>
        <InsetText><p>諮詢的內容只記在律師自己的紀錄裡，加密保存，只有那位律師看得到。</p></InsetText>
        <Card title="經過" plain><Timeline label="經過" items={withCommon(history(one), await findCommonEvents(request.db, one.id))} /></Card>
      </>
    ),
  }, failed ? 422 : 200)
}

const words: Record<string, string> = {
  booked: '預約', waiting: '登記候補', offered: '遞補：寄出通知', accepted: '遞補：本人確認', reminded: '寄出提醒', arrived: '報到', 'arrival-undone': '取消報到', called: '叫號', 'recused-to-other': '律師迴避，轉其他桌', served: '諮詢結束',
  'no-show': '未到', cancelled: '取消', 'session-cancelled': '場次取消', 'not-offered': '候補未遞補', recused: '律師迴避', 'record-written': '律師寫紀錄', 'record-opened': '律師打開紀錄', 'personal-data-opened': '顯示個人資料', corrected: '以檔案更正',
}

const history = (one: Consultation) => one.events.flatMap(({ kind, at, who }) => {
  const title = words[kind.replace('legal-advice.', '')]
  return title ? [{ when: rocDateTime(new Date(at)), datetime: isoInstant(new Date(at)), title: who ? `${title}（${who}）` : title }] : []
}).reverse()

export const routes: Route[] = [
  get(consultationPath(':name'), 'legal-advice.read', (request) => show(request)),
  post(consultationPath(':name', 'names'), 'legal-advice.open-personal-data', async (request) => {
    const result = await openNames(request.caller, { names: [request.params.name], purpose: request.form.purpose })
    return isRefusal(result) ? show(request, result) : redirect(consultationPath(request.params.name!), '個人資料顯示 10 分鐘')
  }),
]
