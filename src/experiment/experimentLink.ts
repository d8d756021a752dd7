import * as z from 'zod/mini'
import { describeIssue } from './describeIssue'
import { type Experiment, experimentSchema } from './experiment'
import { labDefaults } from './labs'

/**
 * An experiment as the part of an address behind '#': the lab, then only what differs from its default, one parameter a value, readable and
 * editable by hand: `lab=movies&batchSize=256&columns.0.dimension=3`. What has another shape than in the default (a column more, another kind of
 * column) is one value, base64url of JSON behind a '*'. A change of a lab's default that alters a meaning needs a new VERSION.
 */
const VERSION = '1'
const MOST_CHARACTERS = 200_000

const viewSchema = z.object({
  /** Embedding table on the map. */
  table: z.optional(z.string().check(z.maxLength(200))),
  colorBy: z.optional(z.string().check(z.maxLength(200))),
  /** Dimensions on the axes. */
  x: z.optional(z.int().check(z.minimum(0), z.maximum(255))),
  y: z.optional(z.int().check(z.minimum(0), z.maximum(255))),
  lesson: z.optional(z.string().check(z.maxLength(100))),
  step: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
})

export type LinkView = z.infer<typeof viewSchema>

export type DecodedLink = { ok: true; experiment: Experiment; view: LinkView } | { ok: false; message: string }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** What a link to a person's own file differs from. Its data set, label and columns are always in the link. */
const fileBase: Json = {
  ...(toJson(labDefaults.dayHour) as { [key: string]: Json }),
  dataset: null,
  label: null,
  columns: null,
}

/** Without the leading '#'. */
export function encodeExperiment(experiment: Experiment, view: LinkView = {}): string {
  const { dataset } = experiment
  const params = new URLSearchParams()
  if (VERSION !== '1') params.set('v', VERSION)
  if (dataset.source === 'builtin') params.set('lab', dataset.name)
  const base = dataset.source === 'builtin' ? toJson(labDefaults[dataset.name]) : fileBase
  for (const [path, value] of differences(base, toJson(experiment), '')) params.set(path, encodeValue(value))
  for (const [key, value] of Object.entries(view)) {
    if (value !== undefined) params.set(`view.${key}`, encodeValue(value))
  }
  return params.toString()
}

/** Reads a hash with or without its '#'; an empty one is the first lab. A link that is damaged, or of another version, gives the reason in words. */
export function decodeExperiment(hash: string): DecodedLink {
  const text = hash.replace(/^#/, '')
  if (text.length > MOST_CHARACTERS) return damaged('it is too long')
  const params = new URLSearchParams(text)
  const version = params.get('v') ?? '1'
  params.delete('v')
  if (version !== VERSION)
    return {
      ok: false,
      message: `This link was made by another version of the page (${version}), which this one cannot read. The default opened instead.`,
    }
  const lab = params.get('lab') ?? (text === '' ? 'movies' : null)
  params.delete('lab')
  if (lab !== null && !Object.hasOwn(labDefaults, lab)) return damaged(`there is no lab '${lab}'`)
  const base = lab === null ? fileBase : toJson(labDefaults[lab as keyof typeof labDefaults])
  const target: { [key: string]: Json } = { experiment: structuredClone(base), view: {} }
  for (const [key, encoded] of params) {
    const path = key.startsWith('view.') ? key : `experiment.${key}`
    const value = decodeValue(encoded)
    if (value === undefined || !setAt(target, path.split('.'), value))
      return damaged(`'${shorten(key)}' cannot be read`)
  }
  return validate(target.experiment!, target.view!)
}

function validate(experiment: Json, view: Json): DecodedLink {
  const parsed = experimentSchema.safeParse(experiment)
  const seen = viewSchema.safeParse(view)
  const issue = parsed.error?.issues[0] ?? seen.error?.issues[0]
  if (parsed.success && seen.success) return { ok: true, experiment: parsed.data, view: seen.data }
  return damaged(
    issue ? `${issue.path.join('.') || 'its content'}: ${describeIssue(issue)}` : 'its content does not fit',
  )
}

function damaged(why: string): DecodedLink {
  return { ok: false, message: `This link is damaged (${why.replace(/\.$/, '')}). The default opened instead.` }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}

function isRecord(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Paths whose value is another; goes into objects of the same keys and arrays of the same length. */
function differences(base: Json, value: Json, path: string): [string, Json][] {
  if (JSON.stringify(base) === JSON.stringify(value)) return []
  const inside = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`)
  if (Array.isArray(base) && Array.isArray(value) && base.length === value.length) {
    return value.flatMap((item, i) => differences(base[i]!, item, inside(i)))
  }
  if (isRecord(base) && isRecord(value) && sameKeys(base, value)) {
    return Object.keys(value).flatMap((key) => differences(base[key]!, value[key]!, inside(key)))
  }
  return [[path, value]]
}

function sameKeys(a: object, b: object): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key))
}

function setAt(target: Json, path: readonly string[], value: Json): boolean {
  let parent: Json | undefined = target
  for (const key of path.slice(0, -1)) {
    parent = Array.isArray(parent)
      ? parent[Number(key)]
      : isRecord(parent) && Object.hasOwn(parent, key)
        ? parent[key]
        : undefined
  }
  const last = path.at(-1)!
  if (Array.isArray(parent) && /^\d+$/.test(last) && Number(last) < parent.length) parent[Number(last)] = value
  else if (
    isRecord(parent) &&
    (Object.hasOwn(parent, last) || (path[0] === 'view' && Object.hasOwn(viewSchema.shape, last)))
  )
    parent[last] = value
  else return false
  return true
}

/** Text stands bare unless it would read as something else. */
function encodeValue(value: Json): string {
  if (typeof value === 'object' && value !== null) return `*${toBase64Url(JSON.stringify(value))}`
  if (typeof value !== 'string') return JSON.stringify(value)
  return value.startsWith('*') || value.startsWith('"') || parse(value) !== undefined ? JSON.stringify(value) : value
}

function decodeValue(text: string): Json | undefined {
  if (text.startsWith('*')) {
    const json = fromBase64Url(text.slice(1))
    return json === undefined ? undefined : parse(json)
  }
  return text.startsWith('"') ? parse(text) : (parse(text) ?? (text === 'null' ? null : text))
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function toBase64Url(text: string): string {
  const binary = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): string | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
