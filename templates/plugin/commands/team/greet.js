import {BaseCommand} from '@ep23/sdk'

import {teamMetrics} from '../../metrics.js'

export default class TeamGreet extends BaseCommand {
  static summary = 'Greet every channel that has digests.'
  static flags = {}
  static args = {}

  async execute() {
    const {store, progress} = this.runtime
    const metrics = this.runtime.metrics.bind(teamMetrics)
    const channels = await progress.steps(['Find channels', 'Greet'], async ({step}) => {
      const counts = await step('Find channels', () => store.collection('digests').countBy({}, 'channel'))
      const channels = [...counts.keys()].sort()
      await step('Greet', report => {
        for (const [index, channel] of channels.entries()) {
          metrics.greetings.inc({channel})
          report.advance(index + 1, channels.length, 'channels')
        }
      })
      return channels
    })
    return {data: {channels}, text: channels.map(channel => `Привет, ${channel}!`)}
  }
}
