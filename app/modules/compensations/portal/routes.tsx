import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { filingPage, filingRoutes } from '../../../core/filing/pages.tsx'
import { supplementRoutes } from '../../../core/filing/supplement.tsx'
import { followPage } from '../../../core/procedure/follow-page.tsx'
import { rocLongDay } from '../../../core/time.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Money } from '../../../ui/components/money.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { ClaimFields } from '../claim-fields.tsx'
import { type ClaimState, findClaimState, maySueSince } from '../claim.ts'
import { filePath, publicPath } from '../paths.ts'
import { findClaimFile } from '../queries.ts'
import { outcomes, type Stage } from '../schema.ts'
import { acts, fileClaim, filing } from './filing.ts'

/** What the law gives, what it takes, and how to begin. */
async function about(request: PageRequest): Promise<Reply> {
  return filingPage(request, filing, {
    title: '國家賠償',
    children: (
      <>
        <h1>國家賠償</h1>
        <p class="lead">道路、公園這些公共設施沒有管理好，或公務員執行職務違法，讓您受到損害，可以請求賠償。</p>
        <p>要先以書面向負責的機關請求，機關三十日內要跟您協議，或敘明理由拒絕（國家賠償法 §10、§11）。不收費，也不必請律師。</p>
        <p>請求權從知道有損害、也知道機關要負責起二年，或損害發生起五年，先到的為準（§8）。<a href="/deadlines/compensation">算算您的期限</a></p>
        <ButtonLink href={filePath}>線上提出請求</ButtonLink>
        <p><a href={`${publicPath}/follow`}>已經提出了，查進度</a></p>
        <p>也可以寫好請求書，寄到或送到本府法制科。</p>
      </>
    ),
  })
}

async function form(request: PageRequest, failed?: Refusal): Promise<Reply> {
  const units = await request.db.selectFrom('units').select('name').where('valid_until', 'is', null).where('kind', '<>', 'section').orderBy('code').execute()
  return filingPage(request, filing, {
    title: '提出國家賠償請求', status: failed ? 422 : 200, current: filePath,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
        <h1>提出國家賠償請求</h1>
        <p class="lead">填好送出後，我們寄一封確認信到您的信箱，按了信裡的連結才算送到。</p>
        <InsetText><p>請求書依法要簽名或蓋章；線上提出的，承辦人可能請您到場或寄回補簽（待法制單位確認）。時間以您在這裡送出的時候為準。</p></InsetText>
        <Form action={filePath} formKey={randomUUID()} id="file-claim" multipart keep>
          <ClaimFields value={(name) => request.form[name]} error={errorOf(failed)} agencies={units.map(({ name }) => name)} />
          <FileUpload name="files" label="附件" hint="照片、診斷書、單據、委任書。" required={false} multiple />
          <Details summary="我們怎麼用您的個人資料"><p>由{request.site.county}蒐集，用於國家賠償請求的審查、協議與賠償（國家賠償法施行細則 §17、個人資料保護法 §15 ①）；案件辦理期間及檔案保存年限內，由承辦同仁及賠償義務機關使用。您可以查詢、補充更正或請求刪除（§3）。姓名和請求的事項是必填的，不填就不能受理。</p></Details>
          <Button>送出並收確認信</Button>
        </Form>
      </>
    ),
  })
}

const said: Record<Stage, string> = {
  unconfirmed: '等您確認', received: '已經收到，正在看請求書齊不齊全', correcting: '等您補正', examining: '正在審查由哪個機關負責、有沒有賠償責任', superior: '請上級機關確定由哪個機關負責', negotiating: '協議中', approval: '賠償金額報請核定中',
  agreed: '協議成立，等付款', closed: '已經結案', lapsed: '',
}

const show = (request: PageRequest, caseId: number, failed?: Refusal) => followPage({
  of: filing, said, outcomes, meetings: '協議期日',
  find: async ({ db }, id, followNo) => ({ state: await findClaimState(db, null, followNo), file: await findClaimFile(db, id) }),
  correctionDueOn: ({ correctionDueOn }) => correctionDueOn,
  rows: (state: ClaimState) => [{ key: '賠償義務機關', value: state.agency ?? '還沒有認定' }, ...(state.requestedTwd === null ? [] : [{ key: '請求金額', value: <Money twd={state.requestedTwd} /> }]), ...resultRows(state)],
  more: (state, _file, today) => (maySueSince(state, today) ? <InsetText><p>期間已經過了，自{rocLongDay(maySueSince(state, today)!)}起您得向法院提起損害賠償之訴（國家賠償法 §11 I）；我們仍會繼續處理這件請求。</p></InsetText> : state.decision === 'refused' || state.decision === 'failed' ? <InsetText><p>您可以向法院提起損害賠償之訴（國家賠償法 §11），起訴時附上拒絕賠償的理由書或協議不成立證明書。</p></InsetText> : null),
}, request, caseId, failed)

function resultRows(state: ClaimState) {
  return [
    ...(state.decision ? [{ key: '結果', value: <>{outcomes[state.decision]}　<DayText day={state.decidedOn!} /></> }] : []),
    ...(state.agreedTwd !== null ? [{ key: '協議金額', value: <Money twd={state.agreedTwd} /> }] : []),
    ...(state.paidOn ? [{ key: '支付', value: <DayText day={state.paidOn} /> }] : []),
  ]
}

export const routes: Route[] = [
  get(publicPath, 'public', about),
  get(filePath, 'public', (request) => form(request)),
  post(filePath, 'public', async (request) => {
    const result = await fileClaim(request.caller, { ...request.form, files: request.files, origin: request.site.publicUrl ?? request.origin })
    return isRefusal(result) ? form(request, result) : redirect(`${publicPath}/sent`)
  }, { upload: true, limit: 10 }),
  ...filingRoutes(filing, acts, { show: (request, caseId) => show(request, caseId) }),
  ...supplementRoutes(filing, show),
]
