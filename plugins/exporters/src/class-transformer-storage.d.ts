// Not in class-transformer's index and shipped without types beside it.
declare module 'class-transformer/cjs/storage.js' {
  export {defaultMetadataStorage} from 'class-transformer/types/storage.js'
}
