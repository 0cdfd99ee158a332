import {countOf} from '@ep23/sdk'

/** What the commands of daily say, in English. */
export const english = {
  boardEmpty: 'the board has no day yet',
  otherDaily: ({path}: {path: string}) => `another ep23 daily is at work in ${path}`,
  runWhenDone: 'run it again when that one is done',
  notNotifier: ({name, notifiers}: {name: string; notifiers: string}) => `--notify ${name}: known are ${notifiers}`,
  notifyNeeds: ({flag}: {flag: string}) => `--notify needs ${flag}`,
  noAddress: ({flag}: {flag: string}) => `${flag} is no http:// or https:// URL`,
  needsSecret: ({neededBy, name}: {neededBy: string; name: string}) =>
    `${neededBy} needs a secret, and neither ${name}_FILE nor ${name} has one`,
  secretInFile: ({name}: {name: string}) => `put it into a file that only you may read, and its path into ${name}_FILE`,
  noBaselineYet: 'no baseline is blessed yet, and how much can be seen depends on it',
  gatherDays: 'gather 28 days with ep23 daily, then: ep23 daily bless',
  boardHasNoDay: ({board}: {board: string}) => `the board ${board} has no day`,
  boardWithoutDay: ({day}: {day: string}) => `the board has no day ${day}`,
  judgeOne: 'judge one: ep23 daily --day YYYY-MM-DD',
  sayWhosePosts: ({value}: {value: string}) => `--from ${value}: say whose posts the command writes`,
  commandEnded: ({command, code, said}: {command: string; code: number; said: string}) =>
    `the command ${command} ended with ${code}: ${said}`,
  runByHand: 'run it by hand',
  nothingOfDay: 'nothing of the day was written: run ep23 daily again afterwards',
  boardLine: ({path, number, problem}: {path: string; number: number; problem: string}) =>
    `${path}, line ${number}: ${problem}`,
  lineBeforeChanged: 'the line before it was changed or removed',
  notBoardLine: 'it is no line of a score board',
  bringBackBoard: 'bring back the file from a copy: it is only ever added to',
  tooFewMeasured: ({measured, from, to, fewest}: {measured: number; from: string; to: string; fewest: number}) =>
    `${measured} days from ${from} to ${to} are measured, a baseline needs ${fewest}`,
  seeMeasured: 'see which days are measured: ep23 daily show',
  waitOrEarlier: 'wait, or name an earlier --from',
  severalJudges: ({count, judges}: {count: number; judges: string}) =>
    `these days were judged by ${count} judges: ${judges}`,
  daysOfOneJudge: 'choose days of one judge with --from and --until',
  untilBeyond: ({until, last}: {until: string; last: string}) =>
    `--until ${until}: the last day of the board is ${last}`,
  noScoreVaries: ({from, to}: {from: string; to: string}) =>
    `no score varies from ${from} to ${to}, so that no decline could ever be seen`,
  daysOrJudgeThatVary: 'choose other days with --from and --until, or a judge whose scores differ between days',
  aboveZero: ({input}: {input: string}) => `expected a number above 0, 36 at most, but received: ${input}`,
  measuredNone: ({day, name, digests}: {day: string; name: string; digests: number}) =>
    `${day}: the judge ${name} measured none of ${digests} digests`,
  seeWhy: 'see why: ep23 benchmark:show of the run in its folder',
  sameCommandLater: 'run the same command again later',
  beforeFirstDay: ({day, first}: {day: string; first: string}) =>
    `${day} is before the first day of the board, ${first}`,
  seeDays: 'choose a day of the board: ep23 daily show',
  earlierBoard: ({day}: {day: string}) => `or begin another board with that day: --dataset-dir FOLDER --since ${day}`,
  dayNotOver: ({day, hours, at}: {day: string; hours: number; at: string}) =>
    `${day} is not over: it is closed ${hours} hours after midnight, at ${at}`,
  lastClosed: ({last}: {last: string}) => `the last closed day is ${last}`,
  teamStoredNone: 'the team stored no digest of the day',
  notTold: ({name, problem}: {name: string; problem: string}) =>
    `${name} was not told: ${problem}; it is tried again with the next call`,
  baselineIs: ({id, days, from, to, judge}: {id: string; days: number; from: string; to: string; judge: string}) =>
    `baseline ${id}: ${days} days, ${from} … ${to}, judged by ${judge}`,
  deviation: ({score, sd, slope}: {score: string; sd: string; slope: string}) =>
    `  ${score} day's deviation ${sd}, per doubled source ${slope}`,
  correlation: ({correlation, anchors}: {correlation: string; anchors: number}) =>
    `  correlation with the day before ${correlation}; ${anchors} anchors`,
  simulated: ({from, to, runs}: {from: string; to: string; runs: number}) =>
    `baseline ${from} … ${to}; ${runs} simulated series of 90 days`,
  falseAlarm: ({share}: {share: string}) => `false alarm in 90 days: ${share}`,
  foundIn: ({
    score,
    drop,
    deviations,
    share,
    delay,
  }: {
    score: string
    drop: string
    deviations: number
    share: string
    delay: string
  }) => `${score} −${drop} (${deviations} deviations of a day): found in ${share}${delay}`,
  halfWithin: ({days}: {days: number}) => `, half of them within ${days} days`,
  prunedDays: ({days, replies, bytes}: {days: number; replies: number; bytes: number}) =>
    `removed ${days} days whole, of ${replies} the judge's own words: ${bytes} bytes`,
  wouldPrune: ({days, replies, bytes}: {days: number; replies: number; bytes: number}) =>
    `would remove ${days} days whole, of ${replies} the judge's own words: ${bytes} bytes`,
  noBaseline: 'no baseline: ep23 daily bless',
  judgeGaveNoScore: 'the judge gave no score',
  scoreUnmeasured: ({name, reason}: {name: string; reason: string}) => `  ${name}: not measured, ${reason}`,
  baselineInForce: ({id, from, to}: {id: string; from: string; to: string}) => `baseline ${id}, ${from} … ${to}`,
  evidence: ({evidence}: {evidence: string}) => `  evidence ${evidence}`,
  tooFewChannels: ({channels, fewest}: {channels: number; fewest: number}) =>
    `  ${countOf(channels, 'channel')} ${channels === 1 ? 'has' : 'have'} scores, a day needs ${fewest}`,
  dayIs: ({day, state, means}: {day: string; state: string; means: string}) => `${day}  ${state}  ${means}`.trimEnd(),
  quiet: 'quiet',
  learning: 'learning',
  watch: 'watch',
  alarm: 'alarm',
  instrument: 'instrument',
  unmeasured: 'unmeasured',
  missing: 'missing',
  stateIs: ({state}: {state: string}) => `its state is ${state}`,
  neitherScores: ({channel}: {channel: string}) => `its ${channel} has neither scores nor a reason`,
  correlationIs: ({correlation}: {correlation: string}) =>
    `its correlation is ${correlation}, and no number from 0 to below 1`,
  betweenAre: ({between}: {between: string}) => `its days_between_alarms are ${between}`,
  flatScores: ({score}: {score: string}) => `its scores.${score} has no days that vary`,
  noScores: 'it has no score that varies: bless other days',
  bringBack: 'bring the file back as it was',
  lineOf: ({path, line}: {path: string; line: number}) => `${path}, line ${line}`,
}
