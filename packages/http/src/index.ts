export {guardConnections} from './connection-guard.js'
export {
  closeServer,
  createGuardedServer,
  listenOn,
  SERVER_LIMITS,
  type GuardedServer,
  type ServerOptions,
} from './guarded-server.js'
export {createHostGuard, isLoopback} from './host-guard.js'
export {HttpRefusal, type RefusalReason} from './http-refusal.js'
export {createRateLimit, createTokenBuckets, REQUEST_RATE, type Rate} from './rate-limit.js'
export {readJson} from './read-json.js'
export {fileRoute, jsonReply, type RouteReply, type Route} from './route.js'
export {createPageSession, type PageSession} from './page-session.js'
export {createTokenLookup, wrongToken} from './token-guard.js'
