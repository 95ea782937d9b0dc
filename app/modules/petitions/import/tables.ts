declare module '../../../core/db.ts' {
  interface Tables {
    petition_import_rows: { case_id: number; import_id: number; field_hashes: Buffer }
  }
}
export {}
