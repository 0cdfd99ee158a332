import 'reflect-metadata'
import {IsDate, IsNotEmpty, IsOptional, IsString, IsUrl} from 'class-validator'
import {Type} from 'class-transformer'

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
