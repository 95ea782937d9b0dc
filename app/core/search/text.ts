/** How text is levelled before it is indexed and before it is searched: full-width → half-width, lower case, no zero-width or bidi controls. */
export function searchText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0000\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The terms of what somebody typed: divided by blanks, all must occur. */
export function searchTerms(query: string): string[] {
  return [...new Set(searchText(query).split(' '))].filter(Boolean).slice(0, 8)
}

/** Single characters and pairs of a term, as the index holds them (windlion.search_grams). */
export function searchGrams(term: string): string[] {
  const characters = [...term]
  if (characters.length === 1) return characters
  return [...new Set(characters.slice(0, -1).map((character, at) => character + characters[at + 1]))]
}
