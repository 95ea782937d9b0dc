// Addresses of the pages of proposals, one function a page.

export const listPath = '/console/proposals'
export const newPath = `${listPath}/new`
export const proposalPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
