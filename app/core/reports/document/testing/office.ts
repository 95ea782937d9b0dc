import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Whether LibreOffice is on this machine; tests that need it are skipped by name where it is not. */
export const hasLibreOffice = spawnSync('soffice', ['--version'], { timeout: 30_000 }).status === 0

/** What LibreOffice makes of the document: a PDF, or its own flat form of what it understood. */
export function openInLibreOffice(file: Buffer, from: 'odt' | 'odp', to: 'pdf' | 'fodt' | 'fodp'): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'windlion-office-'))
  try {
    writeFileSync(join(folder, `report.${from}`), file)
    const profile = `-env:UserInstallation=file://${folder}/profile`
    execFileSync('soffice', [profile, '--headless', '--convert-to', to, '--outdir', folder, join(folder, `report.${from}`)], { stdio: 'ignore', timeout: 120_000 })
    return readFileSync(join(folder, `report.${to}`))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
