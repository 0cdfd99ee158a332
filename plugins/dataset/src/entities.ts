// The entities with their decorators. Loads class-validator (about 0.2 s): import it where validation begins.
export {Digest} from './domain/documents/digest.js'
export {DOCUMENT_ID} from './domain/documents/document-id.js'
export {IS_RECORD_OF, IsRecordOf} from './domain/documents/is-record-of.js'
export {LANGUAGE} from './domain/documents/language.js'
export {LlmJudge} from './domain/documents/quality.js'
export {ReviewReport} from './domain/documents/review-report.js'
export {explainRecord, type Problem} from './usecases/explain-record.js'
export {documentValidators, type DocumentValidators, type Validate} from './usecases/validate-documents.js'
