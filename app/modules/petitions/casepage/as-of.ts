import type { CaseFile } from './case-file.ts'

/**
 * The case as it was known at an instant. Its versioned rows were read as of then; what is only ever added
 * (events, drafts, decisions, files) is left out where it was recorded later.
 */
export function asKnownAt(file: CaseFile, asOf: Date): CaseFile {
  const known = (at: Date | null): boolean => at !== null && at <= asOf
  return {
    ...file,
    letters: file.letters.filter((one) => known(one.recordedAt)),
    drafts: file.drafts.filter((one) => known(one.savedAt)),
    contributions: file.contributions.filter((one) => known(one.at)),
    submissions: file.submissions
      .filter((one) => known(one.submittedAt))
      .map((one) => ({ ...one, decisions: one.decisions.filter((decision) => known(decision.at)), ...(known(one.decidedAt) ? {} : { state: 'pending' as const, decidedAt: null }) })),
    requests: file.requests
      .filter((one) => known(one.askedAt))
      .map((one) => ({ ...one, answeredAt: known(one.answeredAt) ? one.answeredAt : null, endedAt: known(one.endedAt) ? one.endedAt : null })),
    documents: file.documents.filter((one) => known(one.addedAt)),
    reminders: file.reminders.filter((one) => known(one.at)),
    sendings: [],
    events: file.events.filter((one) => known(one.recordedAt)),
  }
}
