import {memoryStore, storeContract} from '@ep23/sdk/testing'

storeContract('the memory store', async () => memoryStore())
