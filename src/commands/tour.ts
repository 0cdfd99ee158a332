import {performance} from 'node:perf_hooks'

import {BaseCommand, type CommandResult} from '@ep23/sdk'

import type {TourCommand} from '../tour/tour-steps.js'

interface TourData {
  seconds: number
  steps: {title: string; seen: string; commands: TourCommand[]}[]
}

export default class Tour extends BaseCommand<typeof Tour> {
  static override summary = 'See the five jobs at work on sample data, in under a minute; nothing is left behind.'
  static override description = `Dataset, exports, benchmark, observability, retrieval: each command as you would type it, what it prints, and what there was to see.
Everything happens in a temporary folder with invented posts; your settings, stores and servers are not touched.
In a terminal Enter goes on to the next job.`
  static override examples = ['<%= config.bin %> tour', '<%= config.bin %> tour --lang ru']
  static override flags = {}
  static override args = {}
  static override readOnly = true

  /** A tour of an empty folder leaves it empty: of this run itself nothing is kept. */
  protected override async init(): Promise<void> {
    process.env['EP23_TELEMETRY'] = 'off'
    await super.init()
  }

  protected async execute(): Promise<CommandResult<TourData>> {
    const [{TOUR}, {openGuide, SILENT}, {takeTour}, {catalogue}] = await Promise.all([
      import('../tour/tour-steps.js'),
      import('../tour/guide.js'),
      import('../tour/take-tour.js'),
      import('../words/words.js'),
    ])
    const {signal, settings} = this.runtime
    const {lang: language} = settings
    const show = (line: string): void => this.log(line)
    const guide = this.jsonEnabled() ? SILENT : openGuide({language, signal, steps: TOUR.length, show})
    const began = performance.now()
    const taken = await takeTour({language, signal, guide})
    const seconds = Math.round((performance.now() - began) / 1000)
    const steps = TOUR.map(({title, seen}, index) => ({
      ...{title: title.english, seen: seen.english},
      commands: taken[index] ?? [],
    }))
    const {tourEnd} = await catalogue(language)
    return {data: {seconds, steps}, text: [tourEnd({seconds})]}
  }
}
