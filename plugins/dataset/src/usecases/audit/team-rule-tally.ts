import type {TeamRuleAudit} from '../../domain/audit/audit-report.js'

const SHOWN_IDS = 20

/** Adds up what the team's own rule says of one channel's documents. */
export class TeamRuleTally {
  private readonly breaches = new Map<string, {count: number; ids: string[]}>()
  private checked = 0
  private broken = 0
  private recent = 0

  /** @param since what the team counts at all: documents that are not older */
  constructor(private readonly since: Date) {}

  add(id: string, createdAt: Date, breaches: readonly string[]): void {
    this.checked += 1
    if (createdAt >= this.since) this.recent += 1
    if (breaches.length > 0) this.broken += 1
    for (const breach of breaches) {
      const {count, ids} = this.breaches.get(breach) ?? {count: 0, ids: []}
      this.breaches.set(breach, {count: count + 1, ids: ids.length < SHOWN_IDS ? [...ids, id] : ids})
    }
  }

  report(): TeamRuleAudit {
    const breaches = Object.fromEntries([...this.breaches].sort(([, a], [, b]) => b.count - a.count))
    return {checked: this.checked, broken: this.broken, counted_by_team: this.recent, breaches}
  }
}
