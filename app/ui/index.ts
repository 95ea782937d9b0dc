export * from './components/index.ts'
export * from './layouts/index.ts'
export { renderPage, renderPiece } from './render.ts'
