import {AdaptiveLimit, type ClientOptions, LlmClient, openEndpoint, RetryingChat} from '@ep23/llm'
import {verbatim} from '@ep23/sdk'

/** The real client at a server of a test. */
export function chatAt(url: string, options: Partial<ClientOptions> = {}): RetryingChat {
  return new RetryingChat(
    new LlmClient({
      endpoint: openEndpoint({url, apiKey: 'k', neededBy: verbatim('the test needs it')}),
      attempts: 3,
      attemptSeconds: 2,
      limit: new AdaptiveLimit(8),
      traceparent: () => '00-aa-bb-01',
      ...options,
    }),
  )
}
