export { type Found, type FoundKind, foundNames, mask, type Masked, maskFileName, type Review } from './mask.ts'
export { officePlaces, refuseUnmasked } from './refuse.ts'
export { publishedCopy, type PublishedCopy } from './published-copy.ts'
