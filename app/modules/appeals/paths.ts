// Addresses of the appeals pages, one function a page. The public side first.

export const publicPath = '/appeals'
export const filePath = `${publicPath}/new`
export const filedPath = `${publicPath}/filed`
export const followPath = `${publicPath}/follow`
export const lostCodePath = `${followPath}/lost`
export const followedPath = (followNo: string, what?: string) => `${followPath}/${followNo}${what ? `/${what}` : ''}`

export const listPath = '/console/appeals'
export const newPath = `${listPath}/new`
export const lettersPath = '/console/appeal-letters'
export const appealPath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
export const stepPath = (name: string, step: string) => appealPath(name, `steps/${step}`)
export const letterPath = (name: string, letter: number | string, what?: string) => appealPath(name, `letters/${letter}${what ? `/${what}` : ''}`)
export const meetingsPath = '/console/appeal-meetings'
export const reviewPath = (name: string) => appealPath(name, 'review')
export const draftPath = (name: string) => appealPath(name, 'draft')
export const decisionPath = (name: string, what?: string) => appealPath(name, `decision${what ? `/${what}` : ''}`)
export const sequelsPath = (name: string) => appealPath(name, 'sequels')
export const publishPath = (name: string, what?: string) => appealPath(name, `publication${what ? `/${what}` : ''}`)

/** Published decisions; the address of one is permanent. */
export const decisionsPath = `${publicPath}/decisions`
export const publishedPath = (number: string, form?: string) => `${decisionsPath}/${encodeURIComponent(number)}${form ? `/text.${form}` : ''}`
