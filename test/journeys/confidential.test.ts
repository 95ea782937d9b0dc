import { expect, test } from 'vitest'
import { atPage, faultsOf, sees, visit } from '../support/browser.ts'

test('an officer makes a case confidential, names a colleague with the reason, and takes both back', async () => {
  const officer = await visit({ login: 'officer' })
  await officer.goto('/console/petitions?officer=me')
  await officer.getByRole('table', { name: '陳情案件' }).getByRole('link').first().click()
  await officer.waitForURL(/\/console\/petitions\/[^/?]+$/)
  const path = new URL(officer.url()).pathname
  await officer.goto(`${path}/confide`)
  await officer.getByRole('textbox', { name: '理由' }).fill('檢舉人請求保密。')
  await officer.getByRole('button', { name: '列為保密' }).click()
  await sees(officer, '看得到這件的人')

  const controller = await visit({ login: 'control' })
  expect((await controller.goto(path))!.status()).toBe(404)
  await officer.goto(`${path}/name-reader`)
  await atPage(officer, '指名閱覽')
  expect(await faultsOf(officer)).toEqual([])
  await officer.getByRole('textbox', { name: '同仁的帳號' }).fill('control')
  await officer.getByRole('textbox', { name: '理由' }).fill('督導這件的期限。')
  await officer.getByRole('button', { name: '指名閱覽' }).click()
  await sees(officer, '督導這件的期限。')
  expect(await faultsOf(officer)).toEqual([])
  expect((await controller.goto(path))!.status()).toBe(200)

  await officer.getByRole('button', { name: '取消指名' }).click()
  await officer.getByRole('dialog').getByRole('button', { name: '取消指名' }).click()
  await sees(officer, '已取消指名')
  expect((await controller.goto(path))!.status()).toBe(404)
  await officer.goto(`${path}/confide`)
  await officer.getByRole('textbox', { name: '理由' }).fill('檢舉人同意公開身分。')
  await officer.getByRole('button', { name: '解除保密' }).click()
  await sees(officer, '已解除保密')
})
