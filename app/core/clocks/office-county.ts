/** The county whose offices these are, as the travel table writes it: the seat of whatever the county decides itself. */
export const officeCounty = '金門縣'
