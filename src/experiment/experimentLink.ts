import * as z from 'zod/mini'
import { describeIssue } from './describeIssue'
import { type Experiment, experimentSchema } from './experiment'
import { labDefaults } from './labs'
import { sweepLinkSchema } from './sweepLink'
import { transferLinkSchema } from './transferSettings'

/**
 * An experiment as the part of an address behind '#': the lab, then only what differs from its default, one parameter a value, readable and
 * editable by hand: `lab=movies&batchSize=256&columns.0.dimension=3`. What has another shape than in the default (a column more, another kind of
 * column) is one value, base64url of JSON behind a '*'. A change of a lab's default that alters a meaning needs a new VERSION.
 */
const VERSION = '1'
const MOST_CHARACTERS = 200_000

export const pageSchema = z.enum(['playground', 'transfer', 'dimensions', 'custom'])

/** Which screen: the map of one run, or a lab with a screen of its own. */
export type Page = z.infer<typeof pageSchema>

const viewSchema = z.object({
  /** Absent: the playground. */
  page: z.optional(pageSchema),
  /** Of the custom model lab: its example, and its code where that is another one: deflated, base64url. */
  example: z.optional(z.string().check(z.maxLength(40))),
  code: z.optional(z.string().check(z.maxLength(150_000))),
  /** Embedding table on the map. */
  table: z.optional(z.string().check(z.maxLength(200))),
  colorBy: z.optional(z.string().check(z.maxLength(200))),
  /** Dimensions on the axes. */
  x: z.optional(z.int().check(z.minimum(0), z.maximum(255))),
  y: z.optional(z.int().check(z.minimum(0), z.maximum(255))),
  lesson: z.optional(z.string().check(z.maxLength(100))),
  step: z.optional(z.int().check(z.minimum(0), z.maximum(1000))),
  /** Of the labs that train many models, what was asked for: `view.sweep.values=1,2,4`. */
  sweep: z.optional(sweepLinkSchema),
  transfer: z.optional(transferLinkSchema),
})

/** Parts of the view that hold settings of their own. */
const viewParts: Record<string, { shape: object }> = { sweep: sweepLinkSchema, transfer: transferLinkSchema }

export type LinkView = z.infer<typeof viewSchema>

/** Of a damaged link `experiment` and `view` hold what can be read: its lab, at least the first one. */
export type DecodedLink = { experiment: Experiment; view: LinkView } & ({ ok: true } | { ok: false; message: string })

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
  const lists: string[] = []
  for (const [path, value] of viewValues(view)) {
    // Between bare commas, to be read and edited by hand.
    if (Array.isArray(value)) lists.push(`${path}=${value.map((item) => encodeURIComponent(String(item))).join(',')}`)
    else params.set(path, encodeValue(value))
  }
  return [params.toString(), ...lists].join('&')
}

function viewValues(view: LinkView): [string, Json][] {
  return Object.entries(toJson(view) as { [key: string]: Json }).flatMap(([key, value]): [string, Json][] =>
    isRecord(value)
      ? Object.entries(value).map(([name, inner]) => [`view.${key}.${name}`, inner])
      : [[`view.${key}`, value]],
  )
}

/**
 * Reads a hash with or without its '#'; an empty one is the first lab. Of a damaged link what can be read is kept, with the reason in words;
 * one of another version keeps its lab.
 */
export function decodeExperiment(hash: string): DecodedLink {
  const text = hash.replace(/^#/, '')
  const params = new URLSearchParams(text)
  const lab = params.get('lab') ?? (text === '' ? 'movies' : null)
  const isLab = lab !== null && Object.hasOwn(labDefaults, lab)
  const fallback = isLab ? labDefaults[lab as keyof typeof labDefaults] : labDefaults.movies
  const refused = (message: string): DecodedLink => ({ ok: false, message, experiment: fallback, view: {} })
  if (text.length > MOST_CHARACTERS) return refused(`${damaged('it is too long')} ${DEFAULT_OPENED}`)
  const version = params.get('v') ?? '1'
  if (version !== VERSION) {
    return refused(
      `This link was made by another version of the page (${version}), which this one cannot read. ${DEFAULT_OPENED}`,
    )
  }
  if (lab !== null && !isLab) return refused(`${damaged(`there is no lab '${lab}'`)} ${DEFAULT_OPENED}`)
  params.delete('lab')
  params.delete('v')
  const { values, unread } = readValues(params)
  const read = build(lab === null ? fileBase : toJson(fallback), values, unread)
  if (!read.parsed) return refused(`${damaged(read.why ?? 'its content does not fit')} ${DEFAULT_OPENED}`)
  if (read.why === null) return { ok: true, ...read.parsed }
  const opened = read.kept === 0 && lab !== null ? DEFAULT_OPENED : 'The rest of it opened.'
  return { ok: false, message: `${damaged(read.why)} ${opened}`, ...read.parsed }
}

const DEFAULT_OPENED = 'The default opened instead.'

function damaged(why: string): string {
  return `This link is damaged (${why.replace(/\.$/, '')}).`
}

/** By path below the experiment and the view. `unread`: the first parameter that holds no value. */
function readValues(params: URLSearchParams): { values: Map<string, Json>; unread: string | null } {
  const values = new Map<string, Json>()
  let unread: string | null = null
  for (const [key, encoded] of params) {
    const value = decodeValue(encoded)
    if (value === undefined) unread ??= key
    else values.set(key.startsWith('view.') ? key : `experiment.${key}`, value)
  }
  return { values, unread }
}

interface Built {
  /** Null when no experiment is left. */
  parsed: { experiment: Experiment; view: LinkView } | null
  /** The first thing that was left out, in words. */
  why: string | null
  /** Values that were taken over. */
  kept: number
}

/** Puts the values into the base, leaving out those that have no place there and those that the schemas refuse. */
function build(base: Json, values: Map<string, Json>, unread: string | null): Built {
  let why = unread === null ? null : cannotBeRead(unread)
  const wanted = new Map(values)
  for (;;) {
    const target: { [key: string]: Json } = { experiment: structuredClone(base), view: {} }
    for (const [path, value] of wanted) {
      if (path.startsWith('view.') ? setInView(target.view, path, value) : setAt(target, path.split('.'), value))
        continue
      why ??= cannotBeRead(path.replace(/^experiment\./, ''))
      wanted.delete(path)
    }
    const experiment = experimentSchema.safeParse(target.experiment)
    const view = viewSchema.safeParse(target.view)
    if (experiment.success && view.success) {
      return { parsed: { experiment: experiment.data, view: view.data }, why, kept: wanted.size }
    }
    const [issue, root] = experiment.error
      ? [experiment.error.issues[0], 'experiment']
      : [view.error?.issues[0], 'view']
    if (!issue) return { parsed: null, why, kept: 0 }
    why ??= `${issue.path.join('.') || 'its content'}: ${describeIssue(issue)}`
    const at = [root, ...issue.path].join('.')
    const guilty = [...wanted.keys()].filter((path) => `${at}.`.startsWith(`${path}.`) || path.startsWith(`${at}.`))
    if (guilty.length === 0) return { parsed: null, why, kept: 0 }
    for (const path of guilty) wanted.delete(path)
  }
}

function cannotBeRead(key: string): string {
  return `'${shorten(key)}' cannot be read`
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
  else if (isRecord(parent) && Object.hasOwn(parent, last)) parent[last] = value
  else return false
  return true
}

/** `view.table`, `view.sweep.values`: what the schemas have no name for is refused. */
function setInView(view: Json | undefined, path: string, value: Json): boolean {
  const [, key = '', inner, ...deeper] = path.split('.')
  if (!isRecord(view) || deeper.length > 0 || !Object.hasOwn(viewSchema.shape, key)) return false
  const part = Object.hasOwn(viewParts, key) ? viewParts[key] : undefined
  if ((inner === undefined) !== (part === undefined)) return false
  if (inner === undefined || !part) {
    view[key] = value
    return true
  }
  if (!Object.hasOwn(part.shape, inner)) return false
  const before = view[key]
  view[key] = { ...(isRecord(before) ? before : {}), [inner]: value }
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
