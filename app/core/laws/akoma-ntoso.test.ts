import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs'
import { expect, test } from 'vitest'
import { day } from '../time.ts'
import { akomaNtoso } from './akoma-ntoso.ts'
import { parseNationalLaw } from './parse-moj.ts'
import { parseText } from './parse-text.ts'
import type { LawText } from './text.ts'

xmlRegisterFsInputProviders()
/** The schema of OASIS (LegalDocumentML, 2017-03-30) with its xml.xsd beside it; not part of this project. */
const schema = join(import.meta.dirname, '../../../../shared/data/schemas-examples/akoma-ntoso/akomantoso30.xsd')
const isAtHand = existsSync(schema)
const validator = isAtHand ? XsdValidator.fromDoc(XmlDocument.fromBuffer(readFileSync(schema), { url: schema })) : null

function faultsOf(xml: string): string[] {
  const document = XmlDocument.fromString(xml)
  try {
    validator?.validate(document)
    return []
  } catch (error) {
    return [(error as Error).message]
  } finally {
    document.dispose()
  }
}

const written = (text: LawText, isNational = false) => akomaNtoso({ code: 'R0001', name: text.name, county: '示範縣政府', isNational, enactedOn: day('2020-01-01'), on: day('2021-05-05'), text })

test.skipIf(!isAtHand)('(with the OASIS schema) what is written is valid Akoma Ntoso 3.0: headings at every depth, 項款目, captions, 之一, deleted articles, a heading with nothing below it', () => {
  const { text } = parseText('前言。\n第一編　總則\n第一章　通則\n第一節　甲\n第一條（目的）\n為管理公園，制定本自治條例。\n前項所稱公園如下：\n一、甲。\n（一）乙。\n1.丙。\n二、丁 & <戊>。\n第一條之一\n（刪除）\n第二章　空章\n第二編　附則\n第二條\n本自治條例自公布日施行。', '示範縣公園自治條例')
  expect(text.units.length).toBeGreaterThan(7)
  expect(faultsOf(written(text))).toEqual([])
})

test.skipIf(!isAtHand)('(with the OASIS schema) so are directions with points, and a text with no article at all', () => {
  expect(faultsOf(written(parseText('一、本要點依某法訂定。\n二、作業如下：\n（一）甲。\n（二）乙。', '示範縣作業要點').text))).toEqual([])
  expect(faultsOf(written({ name: '空', form: 'article', preamble: '', units: [], attachments: [] }))).toEqual([])
})

test.skipIf(!isAtHand)('(with the OASIS schema) the validator finds a fault where there is one', () => {
  expect(faultsOf(written(parseText('第一條\n甲。', '甲').text).replace('<body>', '<body><unknown/>'))).not.toEqual([])
})

const folder = join(import.meta.dirname, '../../../../shared/data/laws')
const files = existsSync(folder) ? readdirSync(folder).filter((name) => /^[A-Z]\d{7}\.json$/.test(name)) : []
test.skipIf(!isAtHand || files.length === 0)('(with the OASIS schema) every law of the national database is valid (skipped where they are not at hand)', () => {
  for (const name of files) expect([name, ...faultsOf(written(parseNationalLaw(JSON.parse(readFileSync(join(folder, name), 'utf8'))).text, true))]).toEqual([name])
})

test('what is written is well-formed, and every article has an id of its own', () => {
  const xml = written(parseText('第一條\n甲 & <乙>。\n第一條之一\n（刪除）\n第二條\n丙。', '示範縣某辦法').text)
  expect(faultsOf(xml)).toEqual([])
  const ids = [...xml.matchAll(/<article eId="([^"]+)"/g)].map(([, id]) => id)
  expect(ids).toHaveLength(3)
  expect(new Set(ids).size).toBe(3)
})
