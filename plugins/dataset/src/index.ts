// The light face: nothing here loads class-validator (that is `@ep23/plugin-dataset/entities`).
export {patientFetch} from './adapters/openai/patient-fetch.js'
export {lastSnapshotWindow} from './adapters/snapshots/snapshot-folder.js'
export {parseChannel} from './domain/channel.js'
export {dayOf, dayWindow, endOfDay, followingDay, startOfDay, type DayWindow} from './domain/day-window.js'
export type {Digest} from './domain/documents/digest.js'
export {ORIGINS, type Origin} from './domain/documents/origin.js'
export type {ReviewReport} from './domain/documents/review-report.js'
export type {SeedWindow} from './domain/seed-report.js'
