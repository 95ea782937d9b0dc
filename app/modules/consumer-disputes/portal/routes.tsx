import { randomUUID } from 'node:crypto'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { filingPage, filingRoutes } from '../../../core/filing/pages.tsx'
import { supplementRoutes } from '../../../core/filing/supplement.tsx'
import { followPage } from '../../../core/procedure/follow-page.tsx'
import type { ShownClock } from '../../../core/procedure/shown.ts'
import { get, type PageRequest, post, redirect, type Reply, type Route } from '../../../core/web/route.ts'
import { Button, ButtonLink } from '../../../ui/components/button.tsx'
import { Details } from '../../../ui/components/details.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { FileUpload } from '../../../ui/components/file-upload.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Letter } from '../../../ui/components/law.tsx'
import { DayText } from '../../../ui/components/time.tsx'
import { type DisputeState, findDisputeState } from '../dispute.ts'
import { DisputeFields } from '../dispute-fields.tsx'
import { filePath, publicPath } from '../paths.ts'
import { findDisputeFile } from '../queries.ts'
import { outcomes, results, type Stage } from '../schema.ts'
import { filing } from '../filing-kind.ts'
import { acts, fileDispute } from './filing.ts'

async function about(request: PageRequest): Promise<Reply> {
  return filingPage(request, filing, {
    title: '消費爭議',
    children: (
      <>
        <h1>消費爭議</h1>
        <p class="lead">買東西或接受服務有爭議，可以在這裡申訴。我們轉請業者十五日內妥適處理（消費者保護法 §43）。</p>
        <p>業者沒有妥適處理，可以再向消保官申訴，或申請調解；調解不收費，成立並經法院核定的，跟確定判決有同一效力。<a href="/deadlines/consumer">算算每一步的期限</a></p>
        <ButtonLink href={filePath}>線上申訴</ButtonLink>
        <p><a href={`${publicPath}/follow`}>已經申訴了，查進度</a></p>
        <p>也可以撥 1950 消費者服務專線。</p>
      </>
    ),
  })
}

async function form(request: PageRequest, failed?: Refusal): Promise<Reply> {
  return filingPage(request, filing, {
    title: '消費爭議申訴', status: failed ? 422 : 200, current: filePath,
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在；附件請再選一次。" />}
        <h1>消費爭議申訴</h1>
        <p class="lead">填好送出後，我們寄一封確認信到您的信箱，按了信裡的連結才算送到。</p>
        <Form action={filePath} formKey={randomUUID()} id="file-dispute" multipart keep>
          <DisputeFields value={(name) => request.form[name]} error={errorOf(failed)} />
          <FileUpload name="files" label="附件" hint="契約、發票、對話紀錄、照片。" required={false} multiple />
          <Details summary="我們怎麼用您的個人資料"><p>由{request.site.county}蒐集，用於消費爭議的申訴與調解（消費者保護法 §43、§44、個人資料保護法 §15 ①）；案件辦理期間及檔案保存年限內，由承辦同仁使用，並把申訴的內容和您的姓名轉給業者，請業者處理。您可以查詢、補充更正或請求刪除（§3）。姓名和電子郵件是必填的，不填就不能受理。</p></Details>
          <Button>送出並收確認信</Button>
        </Form>
      </>
    ),
  })
}

const said: Record<Stage, string> = {
  unconfirmed: '等您確認', received: '已經收到，準備轉請業者處理', business: '業者處理中', answered: '業者已經回復；沒有獲得妥適處理的話，可以再向消保官申訴或申請調解', second: '消保官協商中', unsettled: '申訴沒有獲得妥適處理，可以申請調解', applied: '調解申請審查中',
  correcting: '等您補正', mediating: '調解中', plan: '已提出解決方案，收到後十日內可以異議', 'small-plan': '已提出解決方案，收到後十日內可以異議', 'second-meeting': '有人提出異議，另定期日調解；提出異議的人請務必到場，不到場視為依方案成立', settled: '調解成立，送法院審核', court: '法院審核中', closed: '已經結案', lapsed: '',
}

const show = (request: PageRequest, caseId: number, failed?: Refusal) => followPage({
  of: filing, said, outcomes, meetings: '調解期日',
  find: async ({ db }, id, followNo) => ({ state: await findDisputeState(db, null, followNo), file: await findDisputeFile(db, id) }),
  correctionDueOn: ({ correctionDueOn }) => correctionDueOn,
  rows: (state: DisputeState, file) => [...(state.businessReceivedOn ? [{ key: '業者接獲', value: <DayText day={state.businessReceivedOn} /> }] : []), ...(state.result ? [{ key: '調解結果', value: <>{results[state.result]}　<DayText day={state.resultOn!} /></> }] : []), ...feeRow(state, file.clocks)],
  more: (state) => ((state.stage === 'plan' || state.stage === 'small-plan') && state.planTerms ? <><h2>解決方案</h2><Letter text={state.planTerms} serif /></> : null),
}, request, caseId, failed)

/** 鄉鎮市調解條例 §28 I: the consumer whose suit ended with the approval is told until when two thirds of the fee can be asked back. */
const feeRow = ({ suitBy }: DisputeState, clocks: readonly ShownClock[]) => clocks.flatMap(({ rule, dueOn }) => (rule === 'cp-court-fee-3mo' && suitBy === 'consumer' && dueOn ? [{ key: '退還裁判費', value: <>可以向法院聲請退還三分之二，最晚 <DayText day={dueOn} /></> }] : []))

export const routes: Route[] = [
  get(publicPath, 'public', about),
  get(filePath, 'public', (request) => form(request)),
  post(filePath, 'public', async (request) => {
    const result = await fileDispute(request.caller, { ...request.form, files: request.files, origin: request.site.publicUrl ?? request.origin })
    return isRefusal(result) ? form(request, result) : redirect(`${publicPath}/sent`)
  }, { upload: true, limit: 10 }),
  ...filingRoutes(filing, acts, { show: (request, caseId) => show(request, caseId) }),
  ...supplementRoutes(filing, show),
]
