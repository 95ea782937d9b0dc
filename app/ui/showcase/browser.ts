import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'
import { build } from 'vite'

const chromiumFile = process.env.WINDLION_CHROMIUM ?? '/usr/bin/chromium'
const manifest = new URL('../../../public/build/.vite/manifest.json', import.meta.url)

/** A browser for tests of the look. Throws one sentence when there is none. */
export async function openBrowser(): Promise<Browser> {
  if (!existsSync(chromiumFile)) throw new Error(`找不到 ${chromiumFile}：請安裝 Debian 的 chromium 套件，或用 WINDLION_CHROMIUM 指出瀏覽器的位置`)
  return chromium.launch({
    executablePath: chromiumFile,
    env: { ...process.env, LANG: 'C.UTF-8' }, // else a download of a Chinese name has none
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
}

/** Style and script must be built before a page can name them. */
export async function ensureBuilt(): Promise<void> {
  if (!existsSync(manifest)) await build({ logLevel: 'error' })
}
