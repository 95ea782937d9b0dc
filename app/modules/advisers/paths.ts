// Addresses of the pages of advisers and their suggestions, one function a page.

export const advisersPath = '/console/advisers'
export const newAdviserPath = `${advisersPath}/new`
export const adviserPath = (id: number, what?: string) => `${advisersPath}/${id}${what ? `/${what}` : ''}`
export const listPath = '/console/suggestions'
export const newPath = (adviser?: number) => `${listPath}/new${adviser ? `?adviser=${adviser}` : ''}`
export const suggestionPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
