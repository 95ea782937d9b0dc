import { Select } from '../../../../ui/components/choices.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { contribute, waiveContribution } from '../contribute.ts'

const given = actRoutes<undefined, unknown>({
  act: 'contribute',
  title: '提供會辦意見',
  button: '送出意見',
  fields: ({ value, error }) => <TextArea name="text" label="貴單位的意見" hint="主辦單位會納入答復；請直接寫事實、處理情形和依據。" rows={10} maxLength={8000} value={value('text')} error={error('text')} />,
  run: (request, name) => contribute(request.caller, { ...request.form, name }),
  done: () => ({ flash: '會辦意見已送給主辦單位' }),
})

const waived = actRoutes<undefined, unknown>({
  act: 'waive',
  title: '免會',
  fields: ({ file, value, error }) => (
    <>
      <p>不等這個單位的意見就答復；理由會留在案件裡。</p>
      <Select name="unitId" label="協辦單位" empty="請選擇" options={file.joint.filter((one) => !one.untilAt).map((one) => ({ value: String(one.unitId), text: one.unitName }))} value={value('unitId')} error={error('unitId')} />
      <TextArea name="reason" label="免會理由" rows={3} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => waiveContribution(request.caller, { ...request.form, name }),
  done: () => ({ flash: '已註明免會' }),
})

export const routes = [...given, ...waived]
