declare module '../../../core/db.ts' {
  interface Tables {
    petition_import_rows: { case_id: number; import_id: number; field_hashes: Buffer; /** of the keyed hashes in it */ key_version: number }
  }
}
export {}
