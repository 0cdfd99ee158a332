import 'reflect-metadata'
import {IsDate, IsOptional, IsString, IsUrl, MinLength} from 'class-validator'
import {Type} from 'class-transformer'

/** One Telegram post as it stands in a digest. `text` is Telegram Markdown. */
export class Post {
  @IsString()
  @MinLength(1)
  post_id!: string

  @Type(() => Date)
  @IsDate()
  published_at!: Date

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
