import { placeNames, tablePlaces } from '../../../core/clocks/travel.ts'

export { officeCounty } from '../../../core/clocks/office-county.ts'

/** Offered while typing: counties with their townships, islands, regions abroad. Other spellings are understood too. */
export const placesOffered: readonly string[] = [...new Set([...tablePlaces, ...placeNames.filter((name) => /^..[縣市]./.test(name))])]
