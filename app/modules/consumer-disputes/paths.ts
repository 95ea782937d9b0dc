// Addresses of the pages of consumer disputes, one function a page. The public side first.

export const publicPath = '/consumer-disputes'
export const filePath = `${publicPath}/new`

export const listPath = '/console/consumer-disputes'
export const newPath = `${listPath}/new`
export const mediationsPath = '/console/consumer-mediations'
export const disputePath = (name: string, what?: string) => `${listPath}/${encodeURIComponent(name)}${what ? `/${what}` : ''}`
