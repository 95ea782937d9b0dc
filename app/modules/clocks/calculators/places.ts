import { placeNames, tablePlaces } from '../../../core/clocks/travel.ts'

/** The county whose offices this portal speaks of, as the travel table writes it. */
export const officeCounty = '金門縣'

/** Offered while typing: counties with their townships, islands, regions abroad. Other spellings are understood too. */
export const placesOffered: readonly string[] = [...new Set([...tablePlaces, ...placeNames.filter((name) => /^..[縣市]./.test(name))])]
