import 'reflect-metadata'
import {
  ArrayMinSize,
  IsArray,
  IsDate,
  IsNotEmpty,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Min,
  ValidateNested,
  IsUrl,
} from 'class-validator'
import {Type} from 'class-transformer'

import {DOCUMENT_ID, LANGUAGE} from './document-values.js'
import {IsRecordOf, Quality} from './quality.js'
import {Provenance} from './provenance.js'

/** One Telegram post as it stands in a digest. `text` is Telegram Markdown. The team's digests name neither ids nor dates. */
export class Post {
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  post_id?: string

  @IsOptional()
  @Type(() => Date)
  @IsDate()
  published_at?: Date

  @IsString()
  text!: string

  @IsOptional()
  @IsString()
  title?: string

  @IsOptional()
  @IsString()
  summary?: string

  @IsOptional()
  @IsUrl({require_protocol: true})
  url?: string
}

export class DigestMetadata extends Provenance {
  @IsOptional()
  @IsNumber()
  @Min(0)
  time_range_hours?: number
}

/** One channel's digest of one calendar day; natural key `digest_id` = `<channel>:<YYYY-MM-DD>`, or the team's own id. */
export class Digest {
  @Matches(DOCUMENT_ID)
  digest_id!: string

  @Matches(/^@[a-z0-9_]{4,32}$/u)
  channel!: string

  @Matches(LANGUAGE)
  language!: string

  @IsString()
  @IsNotEmpty()
  summary_markdown!: string

  @IsArray()
  @ArrayMinSize(1)
  @IsObject({each: true})
  @ValidateNested({each: true})
  @Type(() => Post)
  posts!: Post[]

  @IsRecordOf('boolean')
  feature_flags!: Record<string, boolean>

  /** Measured time it took to write the summary. Absent where nothing was measured. */
  @IsOptional()
  @IsNumber()
  @Min(0)
  latency_seconds?: number

  /** The end of the digest's local day: when the digest was due, the same in every run. */
  @Type(() => Date)
  @IsDate()
  created_at!: Date

  @IsObject()
  @ValidateNested()
  @Type(() => DigestMetadata)
  metadata!: DigestMetadata

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Quality)
  quality?: Quality
}
