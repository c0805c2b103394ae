import type { Problem } from '../http/problem'
import { t } from './index'
import { serviceWords } from './service'
import { full } from '../time/format'

/**
 * A problem in words for a person. Where the kind of problem has words of ours they are used, in the language chosen;
 * what is particular to one request is in the service's own words.
 */
export function problemText(problem: Problem): string {
  switch (problem.status) {
    case 0:
      return problem.detail || t('problem.unreachable')
    case 401:
      return t('problem.signedOut')
    case 403:
      return t('problem.forbidden')
    case 404:
      return t('problem.missing')
    case 409:
      return conflictText(problem)
    case 429:
      return t('problem.tooMany', { n: problem.retryAfterSeconds ?? 60 })
    default:
      return problem.status >= 500
        ? t('problem.failed', { status: problem.status })
        : serviceWords(problem.detail) || problem.title || t('problem.failed', { status: problem.status })
  }
}

function conflictText(problem: Problem): string {
  if (!problem.changedBy) {
    return problem.version === null && problem.detail ? serviceWords(problem.detail) : t('problem.conflictUnknown')
  }
  return problem.changedAt
    ? t('problem.conflict', { who: problem.changedBy, when: full(problem.changedAt) })
    : t('problem.conflictBy', { who: problem.changedBy })
}
