/** One who takes part: a way of doing the same work. */
export interface Contestant {
  name: string
  /** One round: the figure in the contest's unit. */
  measure: () => number | Promise<number>
}

/** One piece of work that several do, measured in turns so that a busy machine disturbs all alike. */
export interface Contest {
  name: string
  unit: string
  better: 'higher' | 'lower'
  /** The contestant that all figures are put in relation to. */
  baseline: string
  contestants: Contestant[]
  /** The least ratio of ep23 to the baseline, or the largest where lower is better. */
  aim?: number
}

/** The figures of one contestant over the rounds. */
export interface Figure {
  contest: string
  unit: string
  better: Contest['better']
  contestant: string
  value: Spread
  baseline: string
  /** To the baseline of the same round; above 1 is more of the unit, which is better or worse by `better`. */
  ratio: Spread
  aim?: number
  /** At which it was measured. */
  commit: string
}

export interface Spread {
  median: number
  low: number
  high: number
}

/** Runs the rounds: everyone once a round, in the order given. */
export async function hold(contest: Contest, rounds: number): Promise<Omit<Figure, 'commit'>[]> {
  const measured = new Map<string, number[]>(contest.contestants.map(({name}) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const {name, measure} of contest.contestants) measured.get(name)?.push(await measure())
  const baseline = measured.get(contest.baseline) ?? []
  return [...measured].map(([contestant, values]) => ({
    contest: contest.name,
    unit: contest.unit,
    better: contest.better,
    contestant,
    value: spread(values),
    baseline: contest.baseline,
    ratio: spread(values.map((value, round) => value / (baseline[round] ?? Number.NaN))),
    ...(contest.aim !== undefined && contestant.startsWith('ep23') ? {aim: contest.aim} : {}),
  }))
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  return {
    median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN,
    low: sorted[0] ?? Number.NaN,
    high: sorted.at(-1) ?? Number.NaN,
  }
}

/** CPU seconds of this process for `work`, all its threads: what other work on the machine disturbs least. */
export async function cpuSeconds(work: () => unknown): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const {user, system} = process.cpuUsage(before)
  return (user + system) / 1e6
}

/** How often a second of CPU time holds `work`, which is repeated until `seconds` are over; the first time is not counted. */
export async function perCpuSecond(count: number, work: () => unknown, seconds = 0.5): Promise<number> {
  await work()
  let [spent, times] = [0, 0]
  while (spent < seconds) {
    spent += await cpuSeconds(work)
    times++
  }
  return (count * times) / spent
}
