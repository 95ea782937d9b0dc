import { readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/** Builds the browser's style and script to `public/build/`, with a manifest that `app/ui/assets.ts` reads. */
export default defineConfig({
  base: '/build/',
  publicDir: false,
  plugins: [turboWithoutStyle(), forgetOldFiles('public/build/assets')],
  css: { preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } } },
  build: {
    outDir: 'public/build',
    // A page opened before an upgrade, or a service still running, asks for the files it was made with.
    emptyOutDir: false,
    manifest: true,
    target: 'es2022',
    modulePreload: false,
    // A data: address would be refused by the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['app/client/main.ts', 'app/ui/styles/app.scss'] },
  },
})

/** Turbo's progress bar writes a style element as soon as it is loaded; our content policy refuses it, and we have a bar of our own. */
function turboWithoutStyle(): Plugin {
  const call = 'this.installStylesheetElement();'
  return {
    name: 'turbo-without-style',
    transform(code, id) {
      if (!id.includes('@hotwired/turbo')) return null
      if (!code.includes(call)) throw new Error(`Turbo no longer says ${call}: look at its progress bar again`)
      return code.replace(call, '')
    },
  }
}

/** Files of earlier builds go after a month; names carry a hash of the content, so they never clash. */
function forgetOldFiles(folder: string): Plugin {
  const monthMs = 30 * 86_400_000
  return {
    name: 'forget-old-files',
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const file = join(folder, name)
        if (Date.now() - statSync(file).mtimeMs > monthMs) rmSync(file)
      }
    },
  }
}
