import { randomUUID } from 'node:crypto'
import { options } from '../../../core/committees/pages/plan.tsx'
import { isRefusal, type Refusal } from '../../../core/errors.ts'
import { listUnits } from '../../../core/identity/units-queries.ts'
import { rocDay } from '../../../core/time.ts'
import { consolePage } from '../../../core/web/pages.tsx'
import { get, post, redirect, type Reply, type StaffRequest } from '../../../core/web/route.ts'
import { Button, ButtonGroup, ButtonLink } from '../../../ui/components/button.tsx'
import { Checkboxes, Radios, Select } from '../../../ui/components/choices.tsx'
import { errorOf, ErrorSummary, errorsOf } from '../../../ui/components/error-summary.tsx'
import { Form } from '../../../ui/components/form.tsx'
import { Table } from '../../../ui/components/table.tsx'
import { TextInput } from '../../../ui/components/text-input.tsx'
import { addBody, type Body, changeBody, findBodies, findBody } from '../bodies.ts'
import { bodiesPath, bodyPath, listPath, newBodyPath } from '../paths.ts'
import { bodyKinds, bodyLevels, publications, readerKinds, sittings } from '../schema.ts'

async function list(request: StaffRequest): Promise<Reply> {
  const bodies = await findBodies(request.db)
  return consolePage(request, {
    title: '會議體', heading: '會議體', current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '會議體' }], actions: <ButtonLink href={newBodyPath}>新增會議體</ButtonLink>,
    children: (
      <Table<Body>
        caption="會議體" captionHidden rows={bodies} rowKey={(row) => row.code} rowHref={(row) => bodyPath(row.code)}
        columns={[
          { heading: '名稱', cell: (row) => <><a href={bodyPath(row.code)}>{row.name}</a><p class="muted small">{row.basis}</p></>, rowHeader: true, width: 'grow' },
          { heading: '種類', cell: (row) => `${bodyLevels[row.level]}${bodyKinds[row.kind]}${row.standing ? '' : '（非常設）'}`, width: 'fit' },
          { heading: '幕僚單位', cell: (row) => row.ownerUnit ?? '未設定', width: 'fit' },
          { heading: '紀錄', cell: (row) => publications[row.publication], width: 'fit', wideOnly: true },
        ]}
      />
    ),
  })
}

async function form(request: StaffRequest, failed?: Refusal): Promise<Reply> {
  const code = request.params.code
  const [body, units] = await Promise.all([code ? findBody(request.db, code) : null, listUnits(request.db, {}, request.today)])
  const error = errorOf(failed)
  const value = (name: string, kept: string | number | null | undefined) => request.form[name] ?? (kept === null || kept === undefined ? '' : String(kept))
  const unitOptions = units.map(({ id, name }) => ({ value: String(id), text: name }))
  const title = body?.name ?? '新增會議體'
  return consolePage(request, {
    title, heading: title, current: listPath, breadcrumbs: [{ text: '會議', href: listPath }, { text: '會議體', href: bodiesPath }, { text: title }],
    children: (
      <>
        {failed && <ErrorSummary errors={errorsOf(failed)} intro="您填的都還在。" />}
        <Form action={body ? bodyPath(body.code) : newBodyPath} formKey={randomUUID()} id="body" keep>
          {!body && <TextInput name="code" label="代碼" hint="報告和其他作業用它認得這個會議體，之後不能改。例：water_board" value={request.form.code} error={error('code')} width={20} />}
          <TextInput name="name" label="名稱" value={value('name', body?.name)} error={error('name')} width={20} />
          <Select name="kind" label="種類" value={value('kind', body?.kind)} empty={body ? undefined : '選擇種類'} error={error('kind')} options={options(bodyKinds)} />
          <Select name="level" label="層級" value={value('level', body?.level ?? 'county')} options={options(bodyLevels)} />
          <Radios name="standing" label="常設" inline value={value('standing', body ? (body.standing ? 'yes' : 'no') : 'yes')} options={[{ value: 'yes', text: '常設' }, { value: 'no', text: '任務完成即結束' }]} />
          <Select name="owner" label="幕僚單位" hint="由它召開會議、寫紀錄。沒有設定就由管考單位辦理。" required={false} value={value('owner', body?.ownerUnitId)} empty="沒有設定" error={error('owner')} options={unitOptions} />
          <TextInput name="chair" label="主席" required={false} value={value('chair', body?.chair)} error={error('chair')} width={10} />
          <TextInput name="basis" label="設置依據" required={false} value={value('basis', body?.basis)} error={error('basis')} width={30} />
          <Radios name="sits" label="出席單位" value={value('sits', body?.sits ?? 'listed')} options={options(sittings)} />
          <Checkboxes name="units" label="指定的單位" required={false} inline values={failed ? request.all('units') : (body?.unitIds.map(String) ?? [])} options={units.filter(({ kind }) => kind !== 'section').map(({ id, name }) => ({ value: String(id), text: name }))} />
          <Radios name="readers" label="誰可以看" value={value('readers', body?.readers ?? 'bureaux')} options={options(readerKinds)} />
          <Radios name="publication" label="紀錄公開" value={value('publication', body?.publication)} error={error('publication')} options={options(publications)} hint="合議制機關的會議紀錄應主動公開（政府資訊公開法 §7 I ⑩）；其他委員會依本縣政策。" />
          <TextInput name="publicationBasis" label="公開或不公開的依據" required={false} value={value('publicationBasis', body?.publicationBasis)} error={error('publicationBasis')} width={30} />
          <TextInput name="minutesDueDays" label="會後幾日內完成紀錄" required={false} inputmode="numeric" value={value('minutesDueDays', body?.minutesDueDays)} error={error('minutesDueDays')} width={3} />
          <TextInput name="proposalsDueDays" label="會前幾日截止收提案" required={false} inputmode="numeric" value={value('proposalsDueDays', body?.proposalsDueDays)} error={error('proposalsDueDays')} width={3} />
          <TextInput name="timesAYear" label="每年至少開會次數" required={false} inputmode="numeric" value={value('timesAYear', body?.timesAYear)} error={error('timesAYear')} width={3} />
          <TextInput name="validFrom" label="成立日期" required={false} hint={`例：${rocDay(request.today)}`} value={value('validFrom', body?.validFrom && rocDay(body.validFrom))} error={error('validFrom')} width={10} />
          <TextInput name="validUntil" label="結束日期" required={false} value={value('validUntil', body?.validUntil && rocDay(body.validUntil))} error={error('validUntil')} width={10} />
          <ButtonGroup><Button>{body ? '儲存' : '新增'}</Button><a href={bodiesPath}>取消</a></ButtonGroup>
        </Form>
      </>
    ),
  }, failed ? 422 : 200)
}

export const routes = [
  get(bodiesPath, 'meetings.bodies', list),
  get(newBodyPath, 'meetings.bodies', (request) => form(request)),
  post(newBodyPath, 'meetings.bodies', async (request) => {
    const result = await addBody(request.caller, { ...request.form, units: request.all('units') })
    return isRefusal(result) ? form(request, result) : redirect(bodiesPath, '會議體已新增')
  }),
  get(`${bodiesPath}/:code`, 'meetings.bodies', (request) => form(request)),
  post(`${bodiesPath}/:code`, 'meetings.bodies', async (request) => {
    const result = await changeBody(request.caller, { ...request.form, code: request.params.code, units: request.all('units') })
    return isRefusal(result) ? form(request, result) : redirect(bodiesPath, '會議體已儲存')
  }),
]
