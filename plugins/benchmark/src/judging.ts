// Judging records for whoever judges a little every day. Loads judges and the run: import it where the work begins.
export {judgeRecords, openDailyJudge, type DailyJudge, type SampleScores} from './actions/judge-records.js'
export {modelOptions} from './actions/run-options.js'
