import { expect, test } from 'vitest'
import { faultsOf, sees, visit } from '../support/browser.ts'

test('a case at work brings what may be the same matter a moment after the page; without script it is a page of its own', async () => {
  const desk = await visit({ login: 'clerk' })
  await desk.goto('/console/petitions?stage=handling')
  const address = (await desk.getByRole('table', { name: '陳情案件' }).locator('tbody a').first().getAttribute('href'))!
  await desk.goto(address)
  const part = desk.locator('turbo-frame#similar-cases')
  await part.scrollIntoViewIfNeeded()
  await sees(part, /可能是同一件事（\d 件）|沒有看起來是同一件事的案件/)
  expect(await faultsOf(desk)).toEqual([])

  const plain = await visit({ login: 'clerk', script: false })
  await plain.goto(address)
  await plain.getByRole('link', { name: '看有沒有可能是同一件事的案件' }).click()
  expect(new URL(plain.url()).pathname).toBe(`${address}/similar`)
  await sees(plain.getByRole('main'), /可能是同一件事（\d 件）|沒有看起來是同一件事的案件/)
  await desk.goto(`${address}/similar`)
  expect(await faultsOf(desk)).toEqual([])
})
