import { expect, test } from 'vitest'
import { modules } from '../../modules.ts'
import { declareModules } from '../../start.ts'
import { declaredActs } from '../act.ts'
import { get, json } from '../web/route.ts'
import { faultsOfSensitive, whatAsksAgain } from './sensitive.ts'

const page = async () => json({})
const acts = [{ act: 'office.lock-person', permission: 'office.people', stepUp: true }, { act: 'office.rename', permission: 'office.people', stepUp: false }, { act: 'cases.read', permission: 'signed-in', stepUp: false }]
const routes = [get('/console/list.csv', 'cases.read', page), get('/console/copy.zip', 'cases.read', page, { stepUp: true })]

test('what is listed and does not ask, what asks and is not listed, and what is nothing are each named', () => {
  expect(faultsOfSensitive(['office.people', 'GET /console/list.csv', 'office.gone'], acts, routes)).toEqual([
    'office.rename is sensitive and does not say stepUp', 'GET /console/list.csv is sensitive and does not say stepUp',
    'GET /console/copy.zip asks again and no module lists it as sensitive', 'office.gone is listed as sensitive and is no act, permission or route',
  ])
  expect(faultsOfSensitive(['office.lock-person', 'GET /console/copy.zip'], acts, routes)).toEqual([])
})

test('the modules list what asks, and rights, keys to the account, secrets, exports and destruction are among it', () => {
  declareModules() // throws where list and acts differ
  const asks = whatAsksAgain(declaredActs(), modules.flatMap((module) => module.routes)).map(({ name }) => name)
  expect(asks).toEqual(expect.arrayContaining([
    'office.add-post', 'office.move-person', 'office.merge-unit', 'office.set-deputy', 'office.set-deputy-of', 'office.reset-person', 'office.second-factor-policy', 'office.begin-passkey',
    'petitions.confide', 'petitions.name-reader', 'petitions.withdraw', 'personal-data.decide', 'personal-data.approve-destruction', 'reports.issue', 'regulations.promulgate',
    'GET /console/petitions.csv', 'personal-data.preview-copy',
  ]))
  // the same word wants the same care in every module: what an officer alone ends for good, or opens to one more
  const alike = /\.(withdraw|confide|name-reader|promulgate|issue|approve-destruction)$/
  expect(declaredActs().filter(({ act, stepUp }) => alike.test(act) && !stepUp).map(({ act }) => act)).toEqual([])
  // nobody is asked on every step of a day's work
  for (const daily of ['petitions.accept', 'petitions.draft', 'petitions.approve', 'petitions.open-personal-data', 'office.end-session']) expect(asks).not.toContain(daily)
})
