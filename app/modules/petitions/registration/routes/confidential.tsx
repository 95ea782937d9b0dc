import { isRefusal } from '../../../../core/errors.ts'
import { post, redirect } from '../../../../core/web/route.ts'
import { TextArea } from '../../../../ui/components/text-area.tsx'
import { TextInput } from '../../../../ui/components/text-input.tsx'
import { actRoutes } from '../../casepage/act-page.tsx'
import { caseView } from '../../casepage/routes/show.tsx'
import { petitionPath, worklistPath } from '../../paths.ts'
import { confidePetition } from '../confide.ts'
import { endReaderOf, nameReaderOf } from '../readers.ts'

const confide = actRoutes<undefined, { seen: boolean }>({
  act: 'confide',
  title: (file) => (file.confidential ? '解除保密' : '列為保密'),
  fields: ({ file, value, error }) => (
    <>
      <p>{file.confidential ? '解除後，主辦與協辦單位的同仁都看得到。' : '之後只有承辦人、要核定的主管和指名的人看得到，您若不在其中，送出後也看不到；還沒有承辦人時，由收發或主辦單位的主管看。永不公開，已公開的會撤下（行政程序法 §170 II）。'}</p>
      <input type="hidden" name="confidential" value={file.confidential ? '0' : '1'} />
      <TextArea name="reason" label="理由" rows={3} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => confidePetition(request.caller, { ...request.form, name }),
  done: ({ seen }, request) => ({ flash: request.form.confidential === '1' ? `已列為保密${seen ? '' : '，您不再看得到這件'}` : '已解除保密', ...(seen ? {} : { to: worklistPath }) }),
})

const nameReader = actRoutes<undefined, unknown>({
  act: 'name-reader',
  title: '指名閱覽',
  fields: ({ value, error }) => (
    <>
      <p>這件列為保密，只有案件上的人看得到。指名以後，這位同仁可以看這件的全部內容；誰指名了誰、為什麼，都留在歷程。</p>
      <TextInput name="login" label="同仁的帳號" width={20} autocomplete="off" value={value('login')} error={error('login')} />
      <TextArea name="reason" label="理由" rows={3} value={value('reason')} error={error('reason')} />
    </>
  ),
  run: (request, name) => nameReaderOf(request.caller, { ...request.form, name }),
  done: () => ({ flash: '已指名' }),
})

const endReader = post('/console/petitions/:name/end-reader', 'petitions.name-reader', async (request) => {
  const name = request.params.name!
  const result = await endReaderOf(request.caller, { ...request.form, name })
  return isRefusal(result) ? caseView(request, name, result.message) : redirect(result.value.seen ? petitionPath(name) : worklistPath, '已取消指名')
})

export const routes = [...confide, ...nameReader, endReader]
