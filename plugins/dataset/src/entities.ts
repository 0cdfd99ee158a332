// The entities with their decorators. Loads class-validator (about 0.2 s): import it where validation begins.
export {Digest} from './domain/digest.js'
export {DOCUMENT_ID} from './domain/document-values.js'
export {IS_RECORD_OF, IsRecordOf} from './domain/quality.js'
export {LANGUAGE} from './domain/document-values.js'
export {LlmJudge} from './domain/quality.js'
export {ReviewReport} from './domain/review-report.js'
export {explainRecord, type Problem} from './usecases/validate-documents.js'
export {documentValidators, type DocumentValidators, type Validate} from './usecases/validate-documents.js'
