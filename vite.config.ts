import { defineConfig } from 'vite'

/** Builds the browser's style and script to `public/build/`, with a manifest that `app/ui/assets.ts` reads. */
export default defineConfig({
  base: '/build/',
  publicDir: false,
  css: { preprocessorOptions: { scss: { loadPaths: ['node_modules'], quietDeps: true } } },
  build: {
    outDir: 'public/build',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    modulePreload: false,
    // A data: address would be refused by the content policy.
    assetsInlineLimit: 0,
    rolldownOptions: { input: ['app/client/main.ts', 'app/ui/styles/app.scss'] },
  },
})
