import { Checkboxes, Select } from '../../../../ui/components/choices.tsx'
import { Details } from '../../../../ui/components/details.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { petitionPath } from '../../paths.ts'
import { findUnits, unitOptions, type UnitChoice } from '../../units.ts'
import { addJointUnits, dispatchPetition, reassignPetition, returnPetition } from '../actions.ts'
import { findRules, letterFacts } from '../rules-query.ts'
import { type Advice, suggestUnit } from '../suggest.ts'
import { SuggestionText } from '../suggestion-text.tsx'

type DispatchExtra = { units: UnitChoice[]; advice: Advice }

const dispatch = actRoutes<DispatchExtra, { number: string }>({
  act: 'dispatch',
  title: '分文',
  async load({ db, today }, file) {
    const [units, rules, letters] = await Promise.all([findUnits(db, today), findRules(db, 'live'), letterFacts(db, [file.id])])
    return { units, advice: suggestUnit(letters.get(file.id)!, rules) }
  },
  fields: ({ extra: { units, advice }, value, all, error }) => (
    <>
      <SuggestionText advice={advice} />
      {advice.sure && <input type="hidden" name="suggestedUnitId" value={advice.suggestion.unitId} />}
      <Select name="unitId" label="主辦單位" options={unitOptions(units)} empty="請選擇" value={value('unitId') ?? (advice.sure ? String(advice.suggestion.unitId) : '')} error={error('unitId')} />
      <JointUnits units={units} chosen={all('jointUnitIds')} error={error('jointUnitIds')} />
      <TextArea name="note" label="給主辦單位的話" required={false} rows={3} value={value('note')} error={error('note')} />
    </>
  ),
  run: (request, name) => dispatchPetition(request.caller, { ...request.form, jointUnitIds: request.all('jointUnitIds'), name }),
  done: ({ number }) => ({ flash: `${number} 已分文`, to: petitionPath(number) }),
})

const returned = actRoutes<{ units: UnitChoice[] }, unknown>({
  act: 'return',
  title: '退文',
  load: async ({ db, today }) => ({ units: await findUnits(db, today) }),
  fields: ({ extra: { units }, value, error }) => (
    <>
      <p>案件會回到收發重新分文，期限照常計算。</p>
      <TextArea name="reason" label="為什麼不是貴單位的業務" hint="寫出法規或業務分工，收發才分得準。" rows={4} value={value('reason')} error={error('reason')} />
      <Select name="suggestedUnitId" label="建議改分" required={false} options={unitOptions(units)} empty="沒有建議" value={value('suggestedUnitId')} error={error('suggestedUnitId')} />
    </>
  ),
  run: (request, name) => returnPetition(request.caller, { ...request.form, name }),
  done: (_value, _request, name) => ({ flash: `${name} 已退回收發` }),
})

const reassign = actRoutes<{ units: UnitChoice[] }, unknown>({
  act: 'reassign',
  title: '改分',
  load: async ({ db, today }) => ({ units: await findUnits(db, today) }),
  fields: ({ extra: { units }, value, error }) => (
    <>
      <Select name="unitId" label="新的主辦單位" options={unitOptions(units)} empty="請選擇" value={value('unitId')} error={error('unitId')} />
      <TextArea name="reason" label="改分理由" rows={4} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => reassignPetition(request.caller, { ...request.form, name }),
  done: (_value, _request, name) => ({ flash: `${name} 已改分` }),
})

const addJoint = actRoutes<{ units: UnitChoice[] }, unknown>({
  act: 'add-joint',
  title: '加會',
  load: async ({ db, today }, file) => {
    const there = new Set([file.unitId, ...file.joint.filter((one) => !one.untilAt).map((one) => one.unitId)])
    return { units: (await findUnits(db, today)).filter((unit) => !there.has(unit.id)) }
  },
  fields: ({ extra: { units }, all, error }) => <JointUnits units={units} chosen={all('jointUnitIds')} error={error('jointUnitIds')} open />,
  run: (request, name) => addJointUnits(request.caller, { ...request.form, jointUnitIds: request.all('jointUnitIds'), name }),
  done: () => ({ flash: '已加會，協辦單位會在收件匣看到' }),
})

function JointUnits({ units, chosen, error, open }: { units: UnitChoice[]; chosen: string[]; error: string | undefined; open?: boolean }) {
  const boxes = (
    <Checkboxes
      name="jointUnitIds"
      label="協辦單位"
      hint="答復需要它們的意見才勾。"
      required={Boolean(open)}
      values={chosen}
      options={units.filter((unit) => unit.kind !== 'section').map((unit) => ({ value: String(unit.id), text: unit.name }))}
      error={error}
      inline
    />
  )
  return open ? boxes : <Details summary="加協辦單位" open={chosen.length > 0 || Boolean(error)} id="joint-units">{boxes}</Details>
}

export const routes = [...dispatch, ...returned, ...reassign, ...addJoint]
