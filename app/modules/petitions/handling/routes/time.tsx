import { officeCalendar } from '../../../../core/clocks/calendar.ts'
import { isRefusal } from '../../../../core/errors.ts'
import { rocDay, weekday } from '../../../../core/time.ts'
import { uploadLimits } from '../../../../core/documents/accept.ts'
import { FileUpload } from '../../../../ui/components/file-upload.tsx'
import { InsetText } from '../../../../ui/components/notes.tsx'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { acceptUploads } from '../../../../core/documents/accepted-files.ts'
import { letterLimits } from '../../schema.ts'
import { askExtension, extensionDaysMax } from '../extension.ts'
import { askSupplement, enterSupplement } from '../supplement.ts'
import { withdrawPetition } from '../withdraw.ts'

const extension = actRoutes<undefined, unknown>({
  act: 'extend',
  title: '展期',
  button: '陳核展期',
  fields: ({ file, value, error }) => {
    const ten = file.dueOn && officeCalendar.addOfficeDays(file.dueOn, 10)
    return (
      <>
        <p>展期（延長辦理期限）以一次為限，主管核定後系統會通知陳情人。</p>
        {file.dueOn && ten && <InsetText>現在的期限是 {rocDay(file.dueOn)}（{weekday(file.dueOn)}）；展 10 個工作日是 {rocDay(ten)}（{weekday(ten)}）。</InsetText>}
        <TextInput name="officeDays" label="延長幾個工作日" hint={`1 到 ${extensionDaysMax}`} width={3} inputmode="numeric" value={value('officeDays')} error={error('officeDays')} />
        <TextArea name="reason" label="理由" hint="會寫進給陳情人的通知，請用陳情人看得懂的話。" rows={4} value={value('reason')} error={error('reason')} />
      </>
    )
  },
  run: (request, name) => askExtension(request.caller, { ...request.form, name }),
  done: () => ({ flash: '展期已陳核；核定前期限不變' }),
})

const ask = actRoutes<undefined, unknown>({
  act: 'ask-supplement',
  title: '通知補陳',
  button: '寄出通知',
  fields: ({ value, error }) => (
    <>
      <p>等陳情人補充的期間，答復期限停止計算（行政程序法 §171 II）；到期沒有補，期限繼續計算，依現有資料處理。</p>
      <TextArea name="asked" label="請陳情人補什麼" rows={5} maxLength={2000} value={value('asked')} error={error('asked')} />
      <TextInput name="days" label="幾天內補" hint="日曆天，3 到 60" width={3} inputmode="numeric" value={value('days') ?? '14'} error={error('days')} />
    </>
  ),
  run: (request, name) => askSupplement(request.caller, { ...request.form, name }),
  done: () => ({ flash: '已通知陳情人補充資料，期限停止計算' }),
})

const supplement = actRoutes<undefined, unknown>({
  act: 'supplement',
  title: '補充資料',
  button: '存入案件',
  multipart: true,
  fields: ({ value, error }) => (
    <>
      <TextArea name="text" label="陳情人補充了什麼" hint="口頭補充請寫成紀錄。" rows={8} maxLength={letterLimits.bodyMax} value={value('text')} error={error('text')} />
      <FileUpload name="files" label="附件" required={false} multiple maxBytes={uploadLimits.fileBytes} maxFiles={uploadLimits.files} error={error('files')} />
    </>
  ),
  run: async (request, name) => {
    const accepted = await acceptUploads(request.files)
    return isRefusal(accepted) ? accepted : enterSupplement(request.caller, { ...request.form, files: accepted.files, name })
  },
  done: () => ({ flash: '補充資料已存入' }),
})

const withdraw = actRoutes<undefined, unknown>({
  act: 'withdraw',
  title: '撤回',
  button: '撤回並結案',
  fields: ({ value, error }) => (
    <>
      <p>陳情人表示不要再辦時才用。結案後不能恢復，陳情人可以再次陳情；系統會寄確認給陳情人。</p>
      <TextArea name="reason" label="陳情人怎麼表示撤回" hint="例如：110/4/20 來電表示已自行解決。" rows={3} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => withdrawPetition(request.caller, { ...request.form, name }),
  done: (_value, _request, name) => ({ flash: `${name} 已撤回結案` }),
})

export const routes = [...extension, ...ask, ...supplement, ...withdraw]
