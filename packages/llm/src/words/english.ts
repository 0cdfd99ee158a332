/** What the client of model servers says, in English. */
export const english = {
  isNotSet: ({from, neededBy}: {from: string; neededBy: string}) => `${from} is not set, and ${neededBy}`,
  isNotUrl: ({from, neededBy}: {from: string; neededBy: string}) =>
    `${from} is not an http:// or https:// URL, and ${neededBy}`,
  setToBase: ({example}: {example: string}) =>
    `set it to the base URL of an OpenAI-compatible server, for example ${example}`,
  noAnswer: ({url}: {url: string}) => `no answer from ${url}`,
  checkServer: 'check that the server runs and that LLM_URL names it, for example http://localhost:11434/v1',
  ownLog: 'look at the server’s own log',
  thenAgain: 'then run the same command again',
  againSoon: 'run the same command again in a few minutes',
  againAfter: ({wait}: {wait: string}) => `run the same command again after ${wait}`,
  refusesKey: ({url, status}: {url: string; status: string}) => `${url} refuses the key it was sent${status}`,
  wantsKey: ({url, status}: {url: string; status: string}) => `${url} refuses a request without a key${status}`,
  setKey: 'set OPENAI_API_KEY to a key of this server',
  quotaSpent: ({url, status}: {url: string; status: string}) =>
    `${url} takes no more requests from this account${status}`,
  addCredit: 'add credit or raise the limit at the provider, then run the same command again',
  noModel: ({url, model, status}: {url: string; model: string; status: string}) =>
    `${url} has no model ${model}, or not at this address${status}`,
  chooseModel: 'choose a model that the server has',
  checkEnd: 'check that LLM_URL ends where the server expects it, often in /v1',
  asksToWait: ({url, wait}: {url: string; wait: string}) => `${url} asks to wait ${wait} before the next request`,
  longer: 'longer',
  noMoreNow: ({url}: {url: string}) => `${url} takes no more requests now`,
  moreTime: 'give the server more time, or less work in one request',
  notOverloaded: 'check that it is not overloaded',
  serverFails: ({url, status}: {url: string; status: string}) => `${url} fails${status}`,
  unreadableReply: ({url}: {url: string}) => `${url} sent a reply that cannot be read`,
  refusesRequest: ({url, model, status}: {url: string; model: string; status: string}) =>
    `${url} refuses the request for ${model}${status}`,
  checkModel: 'check that the server has this model, and that no text is longer than it takes',
  nothingUsable: ({url, model}: {url: string; model: string}) => `${model} at ${url} sent nothing usable`,
  checkWithTools: 'check with the server’s own tools what it answers; nothing of this reply was kept',
  textTooLong: ({url, model}: {url: string; model: string}) => `the text is longer than ${model} at ${url} takes`,
  longerContext: 'choose a model with a longer context',
  declined: ({url, model}: {url: string; model: string}) => `${model} at ${url} declined the text`,
  otherModel: 'choose another model for this text',
  status: ({status}: {status: number}) => ` (status ${status})`,
}
