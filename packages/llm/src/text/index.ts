// What may be read in an answer and shown in a question, pure: nothing here asks a server.
export {answerText, withoutFence} from './answer-text.js'
export {cutText} from './cut-text.js'
export {findJson, type FoundJson} from './find-json.js'
export {readNumber} from './read-number.js'
