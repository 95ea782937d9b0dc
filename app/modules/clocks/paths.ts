// Addresses of the deadlines' pages, one function a page.

export const boardPath = '/console/clocks'
