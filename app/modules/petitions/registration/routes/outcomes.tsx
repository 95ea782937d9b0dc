import { isRefusal } from '../../../../core/errors.ts'
import { post, redirect } from '../../../../core/web/route.ts'
import { rocDay } from '../../../../core/time.ts'
import { Radios, Select } from '../../../../ui/components/choices.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { caseView } from '../../casepage/routes/show.tsx'
import { petitionPath } from '../../paths.ts'
import { categories, noActionGrounds, type OtherProcedure, otherProcedures, outsideCounty, townships } from '../../schema.ts'
import { classifyPetition } from '../classify.ts'
import { decidesAlone } from '../decides-alone.ts'
import { mergePetitions, takeApart } from '../merge.ts'
import { proposeNoAction } from '../no-action.ts'
import { procedureDue, turnInto } from '../other-procedure.ts'
import { registerFiled } from '../register.ts'
import { transferPetition } from '../transfer.ts'

const transfer = actRoutes<undefined, { decided: boolean }>({
  act: 'transfer',
  title: '移轉',
  fields: ({ file, request, value, error }) => (
    <>
      <p>不是本府主管的事項，移送主管機關並通知陳情人（行政程序法 §172 I）。{!decidesAlone(request.person, 'petitions.transfer', file) && '送主管核定後才移轉。'}</p>
      <TextInput name="agency" label="移轉給哪個機關" width={30} value={value('agency')} error={error('agency')} />
      <TextArea name="note" label="給陳情人的說明" required={false} rows={3} value={value('note')} error={error('note')} />
    </>
  ),
  run: (request, name) => transferPetition(request.caller, { ...request.form, name }),
  done: ({ decided }, _request, name) => ({ flash: decided ? `${name} 已移轉並通知陳情人` : '移轉已陳核' }),
})

const otherProcedure = actRoutes<undefined, { decided: boolean }>({
  act: 'other-procedure',
  title: '轉其他程序',
  fields: ({ file, request, value, error }) => (
    <>
      <p>內容其實是申請、訴願、求償等，改依該程序辦理；期限從原收件時間起算，不因轉辦重來。{!decidesAlone(request.person, 'petitions.other-procedure', file) && '送主管核定後才轉。'}</p>
      <Radios
        name="procedure"
        label="是哪一種程序"
        value={value('procedure')}
        error={error('procedure')}
        options={(Object.keys(otherProcedures) as OtherProcedure[]).map((procedure) => {
          const due = file.receivedAt && procedureDue(procedure, file.receivedAt)
          return { value: procedure, text: otherProcedures[procedure], hint: due?.dueOn ? `自原收件日起算，期限 ${rocDay(due.dueOn)}` : '期限依該程序計算，自原收件日起算' }
        })}
      />
      <TextArea name="note" label="給陳情人的說明" required={false} rows={3} value={value('note')} error={error('note')} />
    </>
  ),
  run: (request, name) => turnInto(request.caller, { ...request.form, name }),
  done: ({ decided }, _request, name) => ({ flash: decided ? `${name} 已轉其他程序並通知陳情人` : '轉其他程序已陳核' }),
})

const noAction = actRoutes<undefined, unknown>({
  act: 'no-action',
  title: '不予處理',
  button: '陳核不予處理',
  fields: ({ value, error }) => (
    <>
      <p>仍會登錄、編案號，由單位主管核定後結案。</p>
      <Radios name="ground" label="事由" value={value('ground')} error={error('ground')} options={Object.entries(noActionGrounds).map(([ground, text]) => ({ value: ground, text }))} />
      <TextArea name="reason" label="具體情形" hint="同一事由請寫出前案的案號和答復日期。" rows={4} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => proposeNoAction(request.caller, { ...request.form, name }),
  done: () => ({ flash: '不予處理已陳核' }),
})

const classify = actRoutes<undefined, unknown>({
  act: 'classify',
  title: '歸類',
  button: '存檔',
  fields: ({ file, value, error }) => (
    <>
      <TextInput name="title" label="主旨" value={value('title') ?? file.title} error={error('title')} />
      <Select name="category" label="類別" empty="未歸類" options={categoryOptions(file.category)} value={value('category') ?? file.category} error={error('category')} />
      <Select name="township" label="鄉鎮" empty="未填" options={[...townships, outsideCounty].map((name) => ({ value: name, text: name }))} value={value('township') ?? file.township} error={error('township')} />
      <TextInput name="place" label="地點" required={false} width={30} value={value('place') ?? file.place} error={error('place')} />
    </>
  ),
  run: (request, name) => classifyPetition(request.caller, { ...request.form, name }),
  done: () => ({ flash: '已存' }),
})

/** A category that came with an import stays among the choices. */
export function categoryOptions(own: string | null) {
  const all: string[] = own && !(categories as readonly string[]).includes(own) ? [own, ...categories] : [...categories]
  return all.map((name) => ({ value: name, text: name }))
}

const merge = actRoutes<undefined, { count: number }>({
  act: 'merge',
  title: '併案',
  fields: ({ value, error }) => (
    <>
      <p>寫出要併入本案的案號；本案答復時，每一件都會各自結案並在它的管道收到答復。</p>
      <TextInput name="members" label="併入本案的案號" hint="一次一件；相近的案件也可以在案件頁勾選。" width={20} value={value('members')} error={error('members')} />
    </>
  ),
  run: (request, name) => mergePetitions(request.caller, { _key: request.form._key, members: request.all('members').map((text) => text.trim()), name }),
  done: ({ count }) => ({ flash: `${count} 件已併入本案` }),
})

const direct = [
  post('/console/petitions/:name/register', 'petitions.register', async (request) => {
    const name = request.params.name!
    const result = await registerFiled(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(petitionPath(result.value.number), `已登錄，案號 ${result.value.number}`)
  }),
  post('/console/petitions/:name/take-apart', 'petitions.take-apart', async (request) => {
    const name = request.params.name!
    const result = await takeApart(request.caller, { ...request.form, name })
    return isRefusal(result) ? caseView(request, name, result.message) : redirect(petitionPath(name), '已取消併案')
  }),
]

export const routes = [...transfer, ...otherProcedure, ...noAction, ...classify, ...merge, ...direct]
