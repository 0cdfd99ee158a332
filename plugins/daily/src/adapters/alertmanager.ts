import type {DailyState} from '../domain/board-line.js'
import type {Notice} from '../domain/message.js'
import type {Notifier} from '../domain/notifier.js'
import {postMessage} from './http-post.js'

export interface AlertmanagerOptions {
  url: string
  signal: AbortSignal
  now: () => Date
  firstWaitSeconds?: number
}

/** Longer than a day: without an end of its own an alert that is sent once a day is over after `resolve_timeout`, five minutes. */
const HOURS = 26

const ALERTS: Readonly<Partial<Record<DailyState, string>>> = {
  alarm: 'DailyDigestsWorse',
  instrument: 'DailyJudgeChanged',
  unmeasured: 'DailyUnmeasured',
  missing: 'DailyUnmeasured',
}

/** Alertmanager: the alert of the state, sent anew every day that it lasts; one of another state is ended. */
export function alertmanagerNotifier({url, signal, now, firstWaitSeconds = 1}: AlertmanagerOptions): Notifier {
  return {
    name: 'alertmanager',
    repeats: true,
    async send(message, {before, ended}) {
      const [was, is] = [ALERTS[before], ALERTS[message.state]]
      const time = now()
      const isOver = was !== undefined && (was !== is || ended !== message.score)
      const alerts = [
        ...(isOver ? [{labels: labelsOf(was, ended), annotations: {}, endsAt: time.toISOString()}] : []),
        ...(is === undefined ? [] : [activeAlert(is, message, time)]),
      ]
      if (alerts.length === 0) return
      const body = JSON.stringify(alerts)
      await postMessage(`${url.replace(/\/$/u, '')}/api/v2/alerts`, {body, signal, firstWaitSeconds})
    },
  }
}

function activeAlert(name: string, {lines, score}: Notice, time: Date) {
  const [summary = '', ...rest] = lines
  return {
    labels: labelsOf(name, score),
    annotations: {summary, description: rest.join('\n')},
    endsAt: new Date(time.getTime() + HOURS * 3_600_000).toISOString(),
  }
}

function labelsOf(alertname: string, score: string | null): Record<string, string> {
  return {alertname, service: 'ep23-daily', ...(score !== null && {score})}
}
