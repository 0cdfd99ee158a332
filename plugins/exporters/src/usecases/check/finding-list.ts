import type {Finding} from '../../domain/finding.js'

const MOST_KEPT = 20

/** Findings in the order they were met: the first ones kept, all of them counted. */
export class FindingList {
  readonly kept: Finding[] = []
  total = 0

  add(finding: Finding): void {
    this.total += 1
    if (this.kept.length < MOST_KEPT) this.kept.push(finding)
  }

  addAll({kept, total}: FindingList): void {
    this.total += total
    this.kept.push(...kept.slice(0, MOST_KEPT - this.kept.length))
  }
}
