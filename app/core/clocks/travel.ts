import { nearestNames } from './nearest-names.ts'
import placeData from './places.json' with { type: 'json' }
import table from './travel.json' with { type: 'json' }

// 在途期間, 訴願扣除在途期間辦法 (104/2/9): by where the appellant lives and where the authority that decides sits.
// The courts have a table of their own; never use this one for a suit.

const regulation = '訴願扣除在途期間辦法'
const seatNames = Object.keys(table.seats)
const allSeats = seatNames.map((_, i) => i)
const days: readonly number[][] = Object.values(table.seats)

/** A place of the table. A city split into zones, named without its district, has more than one column and row. */
export type Place = {
  name: string
  /** Its columns among the residences of §2; none for a place outside Taiwan. */
  columns: readonly number[]
  /** Its rows among the seats; none where no authority sits. */
  rows: readonly number[]
  /** §3 to §5: mainland China, Hong Kong, Macau, abroad. */
  elsewhere: { days: number; article: string } | null
}

/** `seat` is null where the residence has the same time to every seat and none was named. */
export type TravelTime = { days: number; residence: string; seat: string | null; article: string }
/** Why there is no travelling time to tell; `unknown` where a name stands for no place. */
export type NoTravelTime = { why: string; unknown?: true }

const places = makePlaces()
/** Every name that findPlace knows, counties first. */
export const placeNames: readonly string[] = [...places.keys()]
const fullNames = placeNames.filter((name) => /^..[縣市]/.test(name) || /洲$|^.{4,}$/.test(name) || name in table.elsewhere)
/** The names of the table itself, for lists to choose from: counties, zones by their city, islands, regions abroad. */
export const tablePlaces: readonly string[] = [...new Set([...table.residences.map((name) => name.replace(/（.）$/, '')), ...Object.keys(table.elsewhere)])]

/** The place that the text means (台 is read as 臺, a county by its short name, a township alone where only one has that name), or the names most like it. */
export function findPlace(text: string): Place | { near: string[] } {
  const place = places.get(text) ?? places.get(plain(text))
  return place ?? { near: nearPlaces(plain(text)) }
}

// Within a county that is known, its townships; else the names in full.
function nearPlaces(text: string): string[] {
  if (/^(國外|海外|外國|境外)/.test(text)) return Object.keys(table.elsewhere).slice(3)
  const [, county, township] = /^(..[縣市])(.+)$/.exec(text) ?? []
  if (county !== undefined && places.has(county)) {
    const within = placeNames.filter((name) => name.length > 3 && name.startsWith(county))
    return nearestNames(township!, within.map((name) => name.slice(3))).map((name) => county + name)
  }
  return nearestNames(text, fullNames)
}

/** Days of travelling time, or why they cannot be told, as a sentence. Both names as findPlace reads them. */
export function travelTime(residence: string, seat: string | undefined): TravelTime | NoTravelTime {
  const key = `${residence}|${seat ?? ''}`
  let found = known.get(key)
  if (!found) {
    found = lookUp(residence, seat)
    if (known.size >= 10_000) known.clear() // ever new spellings must not fill the memory
    known.set(key, found)
  }
  return found
}

const known = new Map<string, TravelTime | NoTravelTime>()

function lookUp(residence: string, seat: string | undefined): TravelTime | NoTravelTime {
  const from = findPlace(residence)
  if ('near' in from) return { why: unknownPlace('residence', residence, from.near), unknown: true }
  const to = seat === undefined ? null : findPlace(seat)
  if (to && 'near' in to) return { why: unknownPlace('appealSeat', seat!, to.near), unknown: true }
  if (to && to.rows.length === 0) return { why: noSeat(seat!), unknown: true }
  const seatName = to?.name ?? null
  if (from.elsewhere) return { days: from.elsewhere.days, residence: from.name, seat: seatName, article: `${regulation} ${from.elsewhere.article}` }
  // Without a seat, the answer stands only where it is the same for every seat: 連江縣 is not, 烏坵鄉 is.
  const found = new Set((to?.rows ?? allSeats).flatMap((row) => from.columns.map((column) => days[row]![column]!)))
  if (found.size === 1) return { days: [...found][0]!, residence: from.name, seat: seatName, article: `${regulation} §2` }
  if (!to) return { why: '在途期間依住居地及受理訴願機關所在地而定，請以 appealSeat 寫出受理訴願機關所在的縣市' }
  const unclear = from.columns.length > 1 ? from.name : to.name
  return { why: `${unclear}各區的在途期間不同，請寫到區，例如 ${exampleDistrict(unclear)}` }
}

/** A sentence that refuses a place, with the nearest known names. */
export const unknownPlace = (name: string, text: string, near: readonly string[]): string => `${name} 沒有「${text}」這個地方，最接近的是 ${near.join('、')}`

/** A sentence that refuses a place where no authority sits: 香港, abroad. */
export const noSeat = (text: string): string => `appealSeat「${text}」不是受理訴願機關的所在地，要是臺灣地區的縣市，最接近的是 ${nearestNames(text, seatNames.map((name) => name.replace(/（.）$/, ''))).join('、')}`

const exampleDistrict = (city: string): string => `${city}${Object.entries(table.zones).find(([zone]) => zone.startsWith(city))?.[1][0] ?? ''}`

const plain = (text: string): string => text.replaceAll(/\s/g, '').replaceAll('台', '臺').replaceAll('(', '（').replaceAll(')', '）').replace(/^(福建省|臺灣省)/, '')

function makePlaces(): Map<string, Place> {
  const found = new Map<string, Place>()
  const add = (name: string, place: Place): void => { if (!found.has(name)) found.set(name, place) }
  const columnsOf = (name: string): number[] => table.residences.flatMap((residence, i) => (residence === name || residence.replace(/（.）$/, '') === name ? [i] : []))
  const rowsOf = (name: string): number[] => seatNames.flatMap((seat, i) => (seat === name || seat.replace(/（.）$/, '') === name ? [i] : []))
  const inTaiwan = (name: string, of = name): Place => ({ name, columns: columnsOf(of), rows: rowsOf(of), elsewhere: null })

  for (const residence of table.residences) {
    add(residence.replace(/（.）$/, ''), inTaiwan(residence.replace(/（.）$/, '')))
  }
  // An authority on these islands would be one of the county they belong to.
  found.set('金門縣烏坵鄉', { ...inTaiwan('金門縣烏坵鄉'), rows: rowsOf('金門縣') })
  for (const [name, elsewhere] of Object.entries(table.elsewhere)) add(name, { name, columns: [], rows: [], elsewhere })
  for (const zone of Object.keys(table.zones)) add(zone, inTaiwan(zone))
  for (const [zone, districts] of Object.entries(table.zones)) {
    for (const district of districts) add(zone.replace(/（.）$/, district), inTaiwan(zone.replace(/（.）$/, district), zone))
  }
  for (const [county, townships] of Object.entries(placeData.townships)) {
    for (const township of townships) add(county + township, inTaiwan(county + township, county))
  }
  for (const [alias, name] of Object.entries(placeData.aliases)) add(alias, found.get(name)!)
  for (const [region, countries] of Object.entries(placeData.countries)) {
    for (const country of countries) add(country, { ...found.get(region)!, name: country })
  }
  for (const [name, place] of shortNames(found)) add(name, place)
  return found
}

// 金門 for 金門縣 and 金湖鎮 for 金門縣金湖鎮, where only one place is meant: not 新竹, not 北區.
function shortNames(found: ReadonlyMap<string, Place>): [string, Place][] {
  const short = new Map<string, Place[]>()
  for (const [name, place] of found) {
    const county = /^(..)[縣市]$/.exec(name)?.[1]
    const township = /^..[縣市](..+)$/.exec(name)?.[1]
    for (const text of [county, township]) {
      if (text !== undefined) short.set(text, [...(short.get(text) ?? []), place])
    }
  }
  return [...short].filter(([, meant]) => meant.length === 1).map(([text, meant]) => [text, meant[0]!])
}
