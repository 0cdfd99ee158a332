// The light face: nothing here loads class-validator (that is `@ep23/plugin-dataset/entities`).
export {lastSnapshotWindow} from './adapters/evidence/snapshot-folder.js'
export {parseChannel} from './domain/channel.js'
export {
  DEFAULT_ZONE,
  dayOf,
  dayWindow,
  endOfDay,
  followingDay,
  startOfDay,
  type DayWindow,
} from './domain/day-window.js'
export type {Digest} from './domain/digest.js'
export {postFinder} from './domain/digest-markdown.js'
export {digestKind, reviewKind, type DocumentKind} from './domain/document-kind.js'
export {ORIGINS, type Origin} from './domain/document-values.js'
export {recordedGap} from './words/words.js'
export type {ReviewReport} from './domain/review-report.js'
export type {StoredEntry} from './usecases/read-document.js'
export {storedReader, storedDocuments} from './usecases/stored-documents.js'
export {isTeamRecord, teamRecord} from './domain/sample-record.js'
export type {SeedWindow} from './domain/day-window.js'
export {recordJudgements, type JudgementToRecord, type RecordedJudgements} from './usecases/record-judgements.js'
