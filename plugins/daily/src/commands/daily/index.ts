import {BaseCommand, type CommandResult, type Input} from '@ep23/sdk'

import {dailyFlags} from '../../flags.js'
import type {DailyReport} from '../../usecases/render-day.js'

export default class Daily extends BaseCommand<typeof Daily> {
  static override summary = "Read, judge and decide a day's digests; say when they got worse."
  static override description = `Reads the posts of the day, writes the digests (or takes the team's), judges them with ten frozen ones, adds one line to the score board
and says what the day is. Days that were missed are made up, oldest first. A day that stands on the board already changes nothing.

A day is closed six hours after midnight of its zone. With fewer than three channels it is unmeasured, never 0.
Exit codes: 0 quiet, 3 watch, 2 alarm, 4 the judge changed, 5 unmeasured, 75 another one is at work or the day is not over.`
  static override examples = [
    {
      description: 'Yesterday, from files',
      command:
        '<%= config.bin %> daily --from @habr=exports/habr --from @proglib=exports/proglib --from @naked_science=exports/naked',
    },
    {
      description: "The team's own digests, posts from their database",
      command: '<%= config.bin %> daily --writer team --store mongodb://db.team/butler --from mongodb://db.team/butler',
    },
    {
      description: 'What would be said, touching nothing',
      command: '<%= config.bin %> daily --day 2024-12-03 --dry-run',
    },
    {
      description: 'Posts from a command of your own',
      command: '<%= config.bin %> daily --from "@habr=cmd:tdl chat export -c habr -o /dev/stdout"',
    },
  ]
  static override flags = dailyFlags
  static override args = {}
  static override idempotent = true
  static override makesStore = true

  protected async execute({flags}: Input<typeof Daily>): Promise<CommandResult<DailyReport>> {
    const {daily} = await import('../../actions/daily.js')
    return daily(this.runtime, flags)
  }
}
