import { dayOf, isoInstant, rocDateTime, rocDay, type Day } from '../../../core/time.ts'
import { Details } from '../../../ui/components/details.tsx'
import type { Tone } from '../../../ui/components/tag.tsx'
import { Timeline, type TimelineItem } from '../../../ui/components/timeline.tsx'
import { stepNames, type Step } from '../handling/approvers.ts'
import { submissionNames, type Submitted } from '../handling/submissions.ts'
import { type NoticeKind, noticeNames } from '../notify.ts'
import { type Outcome, outcomes } from '../schema.ts'
import type { CaseEvent, CaseFile } from './case-file.ts'
import { reminderNames } from '../handling/reminder-steps.ts'

/** A long history does not push the rest away. */
const inSight = 15

/** What happened with the case, newest first, from its events. */
export function History({ file }: { file: CaseFile }) {
  const items = file.events.map((event) => toItem(event, file))
  const earlier = items.slice(inSight)
  return (
    <>
      <Timeline items={items.slice(0, inSight)} label="歷程" />
      {earlier.length > 0 && <Details summary={`更早的 ${earlier.length} 筆`} id="earlier"><Timeline items={earlier} label="更早的歷程" /></Details>}
    </>
  )
}

function toItem(event: CaseEvent, file: CaseFile): TimelineItem {
  const late = dayOf(event.recordedAt) !== dayOf(event.happenedAt)
  const by = whoActed(event)
  return {
    key: event.id,
    when: rocDateTime(event.happenedAt),
    datetime: isoInstant(event.happenedAt),
    title: eventSentence(event, file),
    tone: tones[event.kind] ?? 'plain',
    ...(by ? { by } : {}),
    detail: event.note || late ? (
      <>
        {event.note && <p>{event.note}</p>}
        {late && <p class="muted small">{rocDateTime(event.recordedAt)} 補登</p>}
      </>
    ) : undefined,
  }
}

/** 「陳示範（代林示範）」; null: the petitioner, or the system by itself. */
export const whoActed = ({ personName, onBehalfOfName }: CaseEvent): string | null => personName && `${personName}${onBehalfOfName ? `（代${onBehalfOfName}）` : ''}`

const tones: Record<string, Tone> = {
  'petition.closed': 'done', 'petition.returned': 'soon', 'petition.sent-back': 'soon', 'petition.reminded': 'danger', 'petition.extended': 'waiting',
  'petition.supplement-asked': 'waiting', 'case.due-moved': 'waiting', 'petition.mail-bounced': 'danger', 'petition.withdrawn': 'ended',
}

/** One event as a colleague would tell it. Kinds unknown here (of another module, or to come) show their plain name. */
export function eventSentence(event: CaseEvent, file: CaseFile): string {
  const p = event.payload
  const unit = (id: unknown) => (id === null || id === undefined ? '' : (file.unitNames[String(id)] ?? '已裁併的單位'))
  const units = (ids: unknown) => (Array.isArray(ids) ? ids.map(unit).join('、') : '')
  const what = () => submissionNames[p.what as Submitted] ?? ''
  const step = () => stepNames[p.step as Step] ?? ''
  switch (event.kind) {
    case 'petition.filed': return file.letters[0]?.kind === 'oral-record' ? '收到口頭陳情' : '收到來信'
    case 'petition.confirmed': return '陳情人已確認'
    case 'petition.lapsed': return '逾期未確認，沒有成案'
    case 'petition.registered': return `登錄，案號 ${String(p.number)}`
    case 'petition.imported': return '由舊系統匯入'
    case 'petition.dispatched': return `分文給${unit(p.unit)}${units(p.joint) && `，協辦：${units(p.joint)}`}`
    case 'petition.returned': return `${unit(p.from)}退文${p.suggested ? `，建議改分${unit(p.suggested)}` : ''}`
    case 'petition.reassigned': return `由${unit(p.from)}改分${unit(p.unit)}`
    case 'case.unit-merged': return `${unit(p.from)}併入${unit(p.unit)}，案件隨同移轉`
    case 'petition.carried': return p.unit ? `隨主案移到${unit(p.unit)}` : '隨主案退回收發'
    case 'petition.accepted': return `${unit(p.unit)}簽收，承辦人 ${event.officerName ?? ''}`
    case 'case.handed-over':
    case 'petition.handed-over': return `${p.back ? '交回' : '交接'}給 ${event.officerName ?? ''}`
    case 'petition.joint-added': return `加會${units(p.joint)}`
    case 'petition.joint-waived': return `免會${unit(p.unit)}`
    case 'petition.contributed': return `${unit(p.unit)}提供會辦意見`
    case 'petition.drafted': return `存第 ${String(p.version)} 版答復`
    case 'petition.answer-file-dropped': return '從答復拿掉一個附件'
    case 'petition.submitted': return `陳核${what()}`
    case 'petition.step-approved': return `${step()}核可${what()}，續陳主管`
    case 'petition.approved': return `核定${what()}`
    case 'petition.sent-back': return `${step()}退回${what()}`
    case 'petition.recalled': return `抽回${what()}`
    case 'petition.extended': return `展期 ${String(p.officeDays ?? '')} 個工作日，至 ${p.dueOn ? rocDay(p.dueOn as Day) : ''}`
    case 'petition.supplement-asked': return `通知陳情人補充資料${p.untilOn ? `，至 ${rocDay(p.untilOn as Day)}` : ''}；期限停止計算`
    case 'petition.supplemented': return '收到補充資料'
    case 'petition.supplement-lapsed': return '補陳期限已過，期限繼續計算'
    case 'petition.classified': return '修改主旨或歸類'
    case 'petition.merged': return '併入別件'
    case 'petition.joined': return '另一件併入本案'
    case 'petition.taken-apart': return '取消併案'
    case 'petition.confided': return '列為保密'
    case 'petition.disclosed': return '解除保密'
    case 'petition.reader-named': return `指名 ${event.officerName ?? ''} 閱覽`
    case 'petition.reader-ended': return `取消 ${event.officerName ?? ''} 的閱覽`
    case 'petition.told': return p.way === 'none' ? `${noticeNames[p.what as NoticeKind] ?? '通知'}：陳情人未留聯絡方式，公布在查詢頁` : `寄送${noticeNames[p.what as NoticeKind] ?? '通知'}（${wayNames[String(p.way)] ?? ''}）`
    case 'petition.sent': return `${noticeNames[p.what as NoticeKind] ?? '通知'}已送達陳情人（${wayNames[String(p.way)] ?? ''}）`
    case 'petition.closed': return `結案：${outcomes[p.outcome as Outcome] ?? ''}`
    case 'petition.reminded': return `稽催：${reminderNames[p.step as keyof typeof reminderNames] ?? String(p.step)}`
    case 'petition.rated': return '陳情人填了滿意度'
    case 'petition.personal-data-opened': return '查看個人資料'
    case 'petition.published': return '公開答復'
    case 'petition.publication-withdrawn': return '撤下公開的答復'
    case 'petition.letter-remarked': return '讀來信時注意到'
    case 'petition.mail-bounced': return p.permanent ? '寄給陳情人的信被退回，沒有送達' : '寄給陳情人的信還沒有送達，對方伺服器仍在嘗試'
    case 'mail.secret-shown': return '查看寄給陳情人的驗證信'
    case 'mail.queued-again': return '重寄給陳情人的信'
    case 'petition.asked-again': return '陳情人再次陳情'
    case 'petition.confirmation-resent': return '再寄一次確認信'
    case 'petition.code-renewed': return '寄給陳情人新的追蹤碼'
    case 'petition.consent-changed': return p.consent ? '陳情人改為同意公開' : '陳情人改為不同意公開'
    case 'clock.met': return '另計的期限已辦畢'
    case 'petition.withdrawn': return '陳情人在網站撤回'
    case 'case.destroyed': return '依核准的銷毀目錄銷毀個人資料'
    case 'case.held': return '列為保留，暫不銷毀'
    case 'case.released': return '解除保留'
    case 'case.personal-data-corrected': return '依當事人請求更正個人資料'
    case 'personal-data.form-renewed': return '個人資料改用新的封緘'
    case 'case.due-moved': return `因 ${String(p.because)}，期限由 ${p.from ? rocDay(p.from as Day) : '未定'} 改為 ${p.to ? rocDay(p.to as Day) : '未定'}`
    default: return event.kind.replace(/^petition\./, '')
  }
}

export const wayNames: Record<string, string> = { mail: '電子郵件', post: '郵寄', telephone: '電話', counter: '臨櫃', none: '不需要' }
