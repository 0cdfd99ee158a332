// The entities with their decorators. Loads class-validator (about 0.2 s): import it where validation begins.
export {Digest} from './domain/digest.js'
export {IS_RECORD_OF, IsRecordOf} from './domain/is-record-of.js'
export {LANGUAGE} from './domain/language.js'
export {LlmJudge} from './domain/quality.js'
export {ReviewReport} from './domain/review-report.js'
export {explainRecord, type Problem} from './usecases/explain-record.js'
export {documentValidators, type DocumentValidators, type Validate} from './usecases/validate-documents.js'
