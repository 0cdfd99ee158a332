export {
  ask,
  type Asked,
  type Asker,
  askJson,
  type JsonQuestion,
  type Question,
  type ReadAnswer,
  readJsonReply,
  declineText,
  type Reply,
} from './ask.js'
export {type AnswerCache, storeAnswerCache, type StoredAnswer} from './answer-cache.js'
export {type ChatMessage, type ChatRequest, type ChatResult, RetryingChat} from './chat.js'
export {type ClientOptions, LlmClient} from './client.js'
export {embed} from './embeddings.js'
export {type Endpoint, type EndpointOptions, openEndpoint, printUrl} from './endpoint.js'
export {failureError, type FailureKind, LlmFailure} from './failures.js'
export {rerank, type RerankScore} from './rerank.js'
export {AdaptiveLimit} from './transport/adaptive-limit.js'
export type {TokenPrices} from './usage.js'
