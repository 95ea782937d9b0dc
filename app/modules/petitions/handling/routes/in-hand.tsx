import { Radios, Select } from '../../../../ui/components/choices.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { may } from '../../../../core/identity/permissions.ts'
import { actRoutes } from '../../casepage/act-page.tsx'
import { acceptPetition, type Colleague, findColleagues, handOver } from '../accept.ts'

const text = (one: Colleague) => `${one.name}（${one.unitName}，未結 ${one.openCases} 件）`

const accept = actRoutes<{ colleagues: Colleague[] }, unknown>({
  act: 'accept',
  title: '簽收',
  load: async ({ db, today, person }, file) => {
    const assigns = may(person, 'petitions.assign-officer', file)
    return { colleagues: assigns && file.unitId ? await findColleagues(db, file.unitId, today) : [] }
  },
  fields: ({ extra: { colleagues }, file, request, value, error }) => (
    <>
      {file.confidential && <p>保密案件：簽收後只有承辦人、要核定的主管和指名的人看得到。</p>}
      {colleagues.length > 0
        ? <Radios name="officerId" label="承辦人" value={value('officerId') ?? String(request.person.id)} options={colleagues.map((one) => ({ value: String(one.personId), text: one.personId === request.person.id ? `我自己（${one.unitName}）` : text(one) }))} error={error('officerId')} />
        : <p>簽收後由您承辦。</p>}
    </>
  ),
  run: (request, name) => acceptPetition(request.caller, { ...request.form, name }),
  done: (_value, _request, name) => ({ flash: `${name} 已簽收` }),
})

const handedOver = actRoutes<{ colleagues: Colleague[] }, unknown>({
  act: 'hand-over',
  title: '交接',
  load: async ({ db, today }, file) => ({ colleagues: file.unitId ? (await findColleagues(db, file.unitId, today, 'bureau')).filter((one) => one.personId !== file.officerId) : [] }),
  fields: ({ extra: { colleagues }, value, error }) => (
    <>
      <Select name="officerId" label="交給" empty="請選擇" options={colleagues.map((one) => ({ value: String(one.personId), text: text(one) }))} value={value('officerId')} error={error('officerId')} />
      <TextArea name="note" label="交接說明" required={false} rows={4} value={value('note')} error={error('note')} />
    </>
  ),
  run: (request, name) => handOver(request.caller, { ...request.form, name }),
  done: (_value, _request, name) => ({ flash: `${name} 已交接` }),
})

export const routes = [...accept, ...handedOver]
