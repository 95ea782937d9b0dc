import { expect, test } from 'vitest'
import { createTestDatabase } from '../../../test/support/database.ts'
import { renderPiece } from '../../ui/render.ts'
import { write } from '../db.ts'
import { day } from '../time.ts'
import { Cited, CitedLines } from './cited.tsx'
import { readLawNames, useArticlePath } from './links.ts'
import { createLaw } from './store.ts'

const linked = (text: string, on = day('2021-05-04')) => [...renderPiece(<Cited text={text} on={on} />).matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].map(([, href, words]) => `${words} → ${href!.replaceAll('&amp;', '&')}`)

test('an article of a law kept here is linked as of the day that matters, any other to the national database', async () => {
  const { db } = await createTestDatabase()
  useArticlePath((code, no, on) => `/laws/${code}/${no}${on ? `?on=${on}` : ''}`)
  const moj = '訴願法第14條第1項 → https://law.moj.gov.tw/LawClass/LawSingle.aspx?pcode=A0030020&flno=14'
  expect(linked('依訴願法第14條第1項及示範縣公園管理自治條例第三條之一辦理')).toEqual([moj])
  await write(db, (tx) => createLaw(tx, { name: '示範縣公園管理自治條例', kind: 'ordinance', category: null, unitId: null, public: true, code: 'R1' }))
  await write(db, (tx) => createLaw(tx, { name: '內部作業要點', kind: 'administrative', category: null, unitId: null, public: false, code: 'R2' }))
  await readLawNames(db)
  expect(linked('依訴願法第14條第1項及示範縣公園管理自治條例第三條之一辦理')).toEqual([moj, '示範縣公園管理自治條例第三條之一 → /laws/R1/3-1?on=2021-05-04'])
  expect(linked('依內部作業要點第二點')).toEqual([]) // what is not public has no address
  await write(db, (tx) => createLaw(tx, { name: '訴願法', kind: 'national', category: null, unitId: null, public: true, code: 'A0030020' }))
  await readLawNames(db)
  expect(linked('訴願法 §14 I')).toEqual(['訴願法 §14 I → /laws/A0030020/14?on=2021-05-04'])
})

test('an explanation keeps its lines, and what stands in the text stays text', () => {
  const html = renderPiece(<CitedLines lines={['自次日起算（民法 §120 II）。', '<b>']} on={null} />)
  expect(html).toContain('>民法 §120 II</a>')
  expect(html).toContain('&lt;b>')
  expect(html.match(/<li>/g)).toHaveLength(2)
})
