declare module '../../../core/db.ts' {
  interface Tables {
    petition_filing_drafts: { token_hash: Buffer; content: Buffer; until: Date }
    petition_filing_draft_files: { token_hash: Buffer; document_id: number }
  }
}
export {}
