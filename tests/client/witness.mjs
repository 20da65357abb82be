// Looks at every request and answer of the client: answers must be as the document says, and in the end every operation, every
// word of every enum in a query, and every property that may be null must have been there, as null and with a value.
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

export class Witness {
  faults = []
  #document
  #ajv
  #checks = new Map()
  #operations = new Map() // operationId to { method, pattern, operation, pointer }
  #called = new Set()
  #asked = new Set()
  #seen = new Set()

  constructor(document) {
    this.#document = document
    this.#ajv = new Ajv2020({ strict: false, allErrors: true })
    formats.default(this.#ajv)
    this.#ajv.addFormat('local-date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)
    this.#ajv.addFormat('local-time', /^\d\d:\d\d:\d\d$/)
    this.#ajv.addFormat('int32', { type: 'number', validate: Number.isInteger })
    this.#ajv.addSchema(document, 'hub')
    for (const [path, item] of Object.entries(document.paths)) {
      for (const method of ['get', 'put', 'post', 'delete', 'patch'].filter(one => item[one])) {
        this.#operations.set(item[method].operationId, {
          method, operation: item[method], pointer: `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`, path,
        })
      }
    }
  }

  get middleware() {
    return {
      onRequest: async ({ request, schemaPath }) => this.#request(request.clone(), schemaPath),
      onResponse: async ({ request, response, schemaPath }) => this.#response(request, response.clone(), schemaPath),
    }
  }

  async #request(request, schemaPath) {
    const known = this.#find(request, schemaPath)
    for (const [name, value] of new URL(request.url).searchParams) this.#asked.add(`${known.operation.operationId} ${name}=${value}`)
    const text = await request.text()
    if (text) this.#note(JSON.parse(text), known.operation.requestBody.content['application/json'].schema, 'sent')
    return undefined
  }

  async #response(request, response, schemaPath) {
    const known = this.#find(request, schemaPath)
    const name = `${request.method} ${schemaPath} ${response.status}`
    const shown = known.operation.responses[String(response.status)]
    if (!shown) {
      this.faults.push(`${name} is not in the document`)
      return undefined
    }
    if (response.ok) this.#called.add(known.operation.operationId)
    const type = response.headers.get('content-type')?.split(';')[0]
    const body = type?.endsWith('json') ? await response.json() : await response.text() // a table
    if (!shown.content[type]) {
      this.faults.push(`${name}: ${type} is not in the document`)
      return undefined
    }
    const pointer = `hub#${known.pointer}/responses/${response.status}/content/${type.replaceAll('/', '~1')}/schema`
    if (!this.#checks.has(pointer)) this.#checks.set(pointer, this.#ajv.compile({ $ref: encodeURI(pointer) }))
    const check = this.#checks.get(pointer)
    if (!check(body)) this.faults.push(...check.errors.map(error => `${name}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`))
    if (response.ok) this.#note(body, shown.content[type].schema, 'answered')
    return undefined
  }

  #find(request, schemaPath) {
    const method = request.method.toLowerCase()
    return [...this.#operations.values()].find(one => one.method === method && one.path === schemaPath)
  }

  #schema(schema) {
    return schema?.$ref ? { name: schema.$ref.split('/').at(-1), ...this.#document.components.schemas[schema.$ref.split('/').at(-1)] } : schema ?? {}
  }

  /** The schema behind a reference or behind "null or this". */
  #inner(schema) {
    const alternative = (schema?.oneOf ?? schema?.anyOf ?? []).find(one => one.type !== 'null')
    return this.#schema(alternative ?? schema)
  }

  #note(value, schema, way) {
    const inside = this.#inner(schema)
    if (Array.isArray(value)) {
      for (const one of value) this.#note(one, inside.items, way)
    } else if (value !== null && typeof value === 'object') {
      for (const [property, one] of Object.entries(value)) {
        this.#seen.add(`${way} ${property} ${one === null ? 'as null' : 'with a value'}`)
        this.#note(one, inside.properties?.[property], way)
      }
    }
  }

  missing() {
    const wanted = new Set()
    for (const { operation } of this.#operations.values()) {
      for (const content of Object.values(operation.requestBody?.content ?? {}).slice(0, 1)) this.#want(content.schema, 'sent', wanted, new Set())
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status < '300') this.#want(Object.values(response.content)[0].schema, 'answered', wanted, new Set())
      }
    }
    return [
      ...[...this.#operations.keys()].filter(id => !this.#called.has(id)).map(id => `${id} was never done`),
      ...this.#words().filter(word => !this.#asked.has(word)).map(word => `${word} was never asked`),
      ...[...wanted].filter(one => !this.#seen.has(one)).map(one => `never ${one}`),
    ]
  }

  #words() {
    return [...this.#operations.values()].flatMap(({ operation }) => (operation.parameters ?? [])
      .filter(parameter => parameter.in === 'query')
      .flatMap(parameter => (this.#schema(parameter.schema).enum ?? []).map(word => `${operation.operationId} ${parameter.name}=${word}`)))
  }

  #want(schema, way, wanted, known) {
    const inside = this.#inner(schema)
    if (inside.items) this.#want(inside.items, way, wanted, known)
    if (!inside.properties || known.has(inside.name)) return
    known.add(inside.name)
    for (const [property, one] of Object.entries(inside.properties)) {
      if (mayBeNull(one)) {
        wanted.add(`${way} ${property} as null`)
        wanted.add(`${way} ${property} with a value`)
      }
      this.#want(one, way, wanted, known)
    }
  }
}

const mayBeNull = schema => [schema.type].flat().includes('null') || (schema.oneOf ?? schema.anyOf ?? []).some(one => one.type === 'null')
