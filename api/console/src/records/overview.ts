/** Gaps of one cause, in seconds; `open`: nobody asked yet. */
export interface OfCause {
  cause: string
  gaps: number
  seconds: number
  accepted: number
  explained: number
  asked: number
  passedOn: number
  open: number
}

export interface Week {
  from: string
  to: string
  causes: OfCause[]
}

export interface Overview {
  weeks: Week[]
  integrity: {
    sealedTo?: string
    segments: number
    check?: { reportId: string; at: string; from: string; to: string; segments: number; intact: number; faults: number }
  }
  views: { purpose: string; kind: string; views: number }[]
}

export interface Bar {
  cause: string
  seconds: number
  /** Of the longest week, in percent. */
  width: number
}

/** One bar for each week, cut by cause; the causes in one order, the longest of all weeks first. */
export function bars(weeks: readonly Week[]): Bar[][] {
  const order = causes(weeks)
  const most = Math.max(1, ...weeks.map((week) => week.causes.reduce((sum, { seconds }) => sum + seconds, 0)))
  return weeks.map((week) =>
    order
      .map((cause) => ({ cause, seconds: week.causes.find((each) => each.cause === cause)?.seconds ?? 0 }))
      .filter(({ seconds }) => seconds > 0)
      .map(({ cause, seconds }) => ({ cause, seconds, width: (seconds / most) * 100 })),
  )
}

/** All causes of the weeks, the longest first. */
export function causes(weeks: readonly Week[]): string[] {
  const sums = new Map<string, number>()
  for (const { cause, seconds } of weeks.flatMap((week) => week.causes)) {
    sums.set(cause, (sums.get(cause) ?? 0) + seconds)
  }
  return [...sums].sort(([, one], [, other]) => other - one).map(([cause]) => cause)
}

/** How often each purpose was given, whatever was seen. */
export function byPurpose(views: Overview['views']): { purpose: string; views: number }[] {
  const sums = new Map<string, number>()
  for (const view of views) {
    sums.set(view.purpose, (sums.get(view.purpose) ?? 0) + view.views)
  }
  return [...sums].map(([purpose, count]) => ({ purpose, views: count })).sort((one, other) => other.views - one.views)
}
