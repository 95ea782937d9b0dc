import { randomUUID } from 'node:crypto'
import type { ComponentChildren } from 'preact'
import type { Reader } from '../../../core/db.ts'
import { isRefusal, type Refusal, type Result } from '../../../core/errors.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type Route, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup } from '../../../ui/components/button.tsx'
import { Radios, Select } from '../../../ui/components/choices.tsx'
import { ErrorSummary, errorOf, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { InsetText } from '../../../ui/components/notes.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { nameOf } from '../appeal.ts'
import { findAgencies } from '../filing/agencies.ts'
import { AppealFields } from '../filing/fields.tsx'
import { assignOfficer, confide, correctFiling, nameReaderOf, unnameReaderOf } from '../handling/manage.ts'
import { appealPath, listPath } from '../paths.ts'
import { type AppealFile, findAppeal } from '../queries.ts'

/** The frame of a small form about one appeal. */
async function frame(request: StaffRequest, title: string, what: string, failed: Refusal | undefined, fields: (file: AppealFile) => ComponentChildren | Promise<ComponentChildren>): Promise<Reply> {
  const file = await findAppeal(request.db, request.person, request.params.name!)
  const name = nameOf(file)
  return consolePage(
    request,
    {
      title: `${title}：${file.title}`, heading: title, current: listPath, breadcrumbs: [{ text: '訴願案件', href: listPath }, { text: name, href: appealPath(name) }, { text: title }], headingNote: <a href={appealPath(name)}>{file.title}</a>,
      children: (
        <>
          {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
          <Form action={appealPath(name, what)} formKey={randomUUID()} id={`appeal-${what}`} keep>
            {await fields(file)}
            <ButtonGroup><Button>{title}</Button><a href={appealPath(name)}>取消</a></ButtonGroup>
          </Form>
        </>
      ),
    },
    failed ? 422 : 200,
  )
}

const officer = (request: StaffRequest, failed?: Refusal) => frame(request, '指定承辦人', 'officer', failed, async (file) => (
  <Select name="officerId" label="承辦人" value={request.form.officerId ?? String(file.officerId ?? request.person.id)} error={errorOf(failed)('officerId')} empty="請選擇" options={(await findLawPeople(request.db)).map(({ id, name }) => ({ value: String(id), text: name }))} />
))

const secrecy = (request: StaffRequest, failed?: Refusal) => frame(request, '保密', 'confide', failed, (file) => (
  <>
    <input type="hidden" name="confidential" value={file.confidential ? '0' : '1'} />
    <p>{file.confidential ? '解除後，法制、原處分機關依職務都看得到。' : '列為保密後，只有承辦人和指名的人看得到。'}</p>
    <TextInput name="reason" label="理由" value={request.form.reason} error={errorOf(failed)('reason')} />
  </>
))

const unread = (request: StaffRequest, failed?: Refusal) => frame(request, '取消指名', 'unname-reader', failed, (file) => (file.readers.length
  ? <Radios name="reader" label="不再讓誰看" hint="承辦人一定看得到；要換人請改指定承辦人。" value={request.form.reader} error={errorOf(failed)('reader')} options={file.readers.map(({ id, name }) => ({ value: String(id), text: name }))} />
  : <p>目前沒有指名的同仁。</p>))

const reader = (request: StaffRequest, failed?: Refusal) => frame(request, '指名閱覽', 'name-reader', failed, () => <TextInput name="login" label="同仁的帳號" value={request.form.login} error={errorOf(failed)('login')} width={20} autocomplete="off" />)

const filing = (request: StaffRequest, failed?: Refusal) => frame(request, '改收件資料', 'filing', failed, async (file) => {
  const day = (on: AppealFile['servedOn']) => (on ? rocDay(on) : '')
  const kept: Record<string, string> = {
    form: file.form, title: file.title, category: file.category ?? '', ground: file.ground, agencyKind: file.agencyKind, agencyUnitId: file.agencyUnitId === null ? '' : String(file.agencyUnitId), agency: file.agencyUnitId === null ? file.agency : '', authority: file.ours ? '' : file.authority,
    dispositionNo: file.dispositionNo ?? '', dispositionOn: day(file.dispositionOn), servedOn: day(file.servedOn), serviceKind: file.serviceKind ?? '送達', knownOn: day(file.knownOn), appliedOn: day(file.appliedOn), remedyTold: file.remedyTold, residence: file.residence ?? '',
    claims: file.claims.map(({ text }) => text).join('\n'), facts: file.papers[0]?.text ?? '',
  }
  const ticks: Record<string, string[]> = { thirdParty: file.thirdParty ? ['yes'] : [], representativeAtSeat: file.representativeAtSeat ? ['yes'] : [] }
  const fields = <AppealFields value={(name) => (failed ? request.form[name] : kept[name])} all={(name) => (failed ? request.all(name) : (ticks[name] ?? []))} error={errorOf(failed)} agencies={await findAgencies(request.db)} correcting />
  if (file.stage !== 'correction' || !file.correctionUntil) return fields
  return <><InsetText>補正期間到 {rocDay(file.correctionUntil)} 為止。改住居地會重算在途期間，只會延後，不會縮短（訴願法 §16；待法制單位確認）。</InsetText>{fields}</>
})

async function findLawPeople(reader: Reader): Promise<{ id: number; name: string }[]> {
  return reader.selectFrom('people').innerJoin('posts', 'posts.person_id', 'people.id').select(['people.id', 'people.name']).distinct().where('posts.role', '=', 'law').where('posts.valid_until', 'is', null).where('locked_at', 'is', null).orderBy('people.id').execute()
}

type View = (request: StaffRequest, failed?: Refusal) => Promise<Reply>
type Do = (request: StaffRequest) => Promise<Result<unknown>>
const pair = (what: string, permission: string, view: View, does: Do, said: string): Route[] => [
  get(`${listPath}/:name/${what}`, permission, (request) => view(request)),
  post(`${listPath}/:name/${what}`, permission, async (request) => {
    const result = await does(request)
    return isRefusal(result) ? view(request, result) : redirect(appealPath(request.params.name!), said)
  }),
]
const given = (request: StaffRequest) => ({ ...request.form, name: request.params.name })

export const routes: Route[] = [
  ...pair('officer', 'appeals.handle', officer, (request) => assignOfficer(request.caller, given(request)), '已指定承辦人'),
  ...pair('confide', 'appeals.confide', secrecy, (request) => confide(request.caller, given(request)), '已更改保密'),
  ...pair('name-reader', 'appeals.confide', reader, (request) => nameReaderOf(request.caller, given(request)), '已指名'),
  ...pair('unname-reader', 'appeals.confide', unread, (request) => unnameReaderOf(request.caller, given(request)), '已取消指名'),
  ...pair('filing', 'appeals.handle', filing, (request) => correctFiling(request.caller, given(request)), '收件資料已更改'),
]
