import type {Store} from '@ep23/sdk'

/** Closes the store however the body ends. */
export async function withStore<T>(opening: Promise<Store>, body: (store: Store) => Promise<T>): Promise<T> {
  const store = await opening
  try {
    return await body(store)
  } finally {
    await store.dispose()
  }
}
