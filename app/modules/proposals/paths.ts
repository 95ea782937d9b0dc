// Addresses of the pages of proposals, one function a page.

export const listPath = '/console/proposals'
export const newPath = `${listPath}/new`
export const proposalPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
/** What the centre gave back to one's own unit. */
export const toRevisePath = `${listPath}?stage=revising&mine=yes`
