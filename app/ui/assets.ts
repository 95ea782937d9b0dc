import { existsSync, readFileSync } from 'node:fs'

export interface Assets {
  /** Address of the style sheet, with a hash of its content. */
  css: string
  /** Address of the browser script, an ES module. */
  js: string
}

const manifestFile = new URL('../../public/build/.vite/manifest.json', import.meta.url)
let known: Assets | undefined

/** Addresses of the built style and script, read once from Vite's manifest. Throws when they were not built. */
export function assets(): Assets {
  known ??= readManifest()
  return known
}

function readManifest(): Assets {
  if (!existsSync(manifestFile)) throw new Error('頁面的樣式還沒有建置：請執行 npm start，或在專案資料夾執行 node_modules/.bin/vite build')
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Record<string, { file: string } | undefined>
  const css = manifest['app/ui/styles/app.scss']
  const js = manifest['app/client/main.ts']
  if (!css || !js) throw new Error('樣式的建置結果不完整：請重新執行 node_modules/.bin/vite build')
  return { css: `/build/${css.file}`, js: `/build/${js.file}` }
}
