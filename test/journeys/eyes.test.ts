import { expect, test } from 'vitest'
import { faultsOf, visit } from '../support/browser.ts'

// What the journeys look with must itself see: pages here are made for it, nobody serves them.
const nowhere = 'http://127.0.0.1:9'

test('words too faint to read are found in light and in dark, once a file for each look', async () => {
  const page = await visit({ url: nowhere })
  await page.setContent(pageOf('<p class="faint">淡得看不清的字</p><p>看得清的字</p>', '.faint { color: #bbb } @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } .faint { color: #333 } }'))
  const colours = (await faultsOf(page)).filter((fault) => fault.includes('color-contrast'))
  expect(colours).toEqual([expect.stringContaining('淡得看不清的字'), expect.stringMatching(/^dark: .*淡得看不清的字/)])

  await page.setContent(pageOf('<p>看得清的字</p><p class="faint">同樣淡</p>', '.faint { color: #bbb } @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } .faint { color: #333 } }'))
  expect(await faultsOf(page)).toEqual([])
  await page.setContent(pageOf('<div class="tinted"><p class="faint">換了底色</p></div>', '.tinted { background: #fff } .faint { color: #bbb }'))
  expect(await faultsOf(page)).toEqual([expect.stringContaining('換了底色')])
})

test('what is wider than a phone is found, and a picture without words', async () => {
  const page = await visit({ url: nowhere })
  await page.setContent(pageOf('<div style="width: 700px">寬</div><img src="data:," width="10" height="10">'))
  expect(await faultsOf(page)).toEqual([expect.stringMatching(/^at 390 px: \d+ px too wide/), expect.stringContaining('image-alt')])
})

/** A page in order but for its contents. */
function pageOf(contents: string, style = ''): string {
  return `<!doctype html><html lang="zh-Hant-TW"><head><title>試看</title><meta name="viewport" content="width=device-width"><style>${style}</style></head><body><main><h1>試看</h1>${contents}</main></body></html>`
}
