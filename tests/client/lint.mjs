// What the OpenAPI document must be: valid by Redocly's rules, and by those of this hub.
import { createConfig, lintFromString } from '@redocly/openapi-core'

const methods = ['get', 'put', 'post', 'delete', 'patch']

export async function faultsOf(document) {
  const config = await createConfig({ extends: ['recommended'], rules: { 'info-license': 'off', 'info-license-url': 'off', 'tag-description': 'off', 'no-ambiguous-paths': 'error', 'operation-operationId': 'error', 'operation-4xx-response': 'error', 'no-unused-components': 'error' } })
  const found = await lintFromString({ source: JSON.stringify(document), absoluteRef: 'openapi.json', config })
  return [
    ...found.map(one => `${one.ruleId}: ${one.message} ${one.location?.[0]?.pointer ?? ''}`),
    ...operationFaults(document), ...schemaFaults(document),
  ]
}

function* operationFaults(document) {
  const ids = new Set()
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods.filter(one => item[one])) {
      const operation = item[method]
      const name = `${method} ${path}`
      if (!/^[a-z][A-Za-z]+$/.test(operation.operationId ?? '') || ids.has(operation.operationId)) yield `${name}: no operationId of its own in camelCase`
      ids.add(operation.operationId)
      if (!operation.summary || !operation.tags?.length) yield `${name}: no summary or no tag`
      for (const status of ['400', '401', '404', '429', '500', '503']) {
        if (!operation.responses[status]) yield `${name}: does not say what ${status} means`
      }
      for (const [status, response] of Object.entries(operation.responses)) {
        const [type, content] = Object.entries(response.content ?? {})[0] ?? []
        if (!content?.schema) yield `${name}: ${status} has no schema`
        else if (status >= '400' && (type !== 'application/problem+json' || content.schema.$ref !== '#/components/schemas/Problem')) yield `${name}: ${status} is no problem`
      }
      for (const parameter of operation.parameters ?? []) {
        const schema = parameter.schema?.$ref ? document.components.schemas[parameter.schema.$ref.split('/').at(-1)] : parameter.schema
        if (!schema?.type && !schema?.enum) yield `${name}: ${parameter.name} has no type`
        if (parameter.name === 'limit' && !(schema.minimum >= 1 && schema.maximum > 0)) yield `${name}: limit has no bounds`
      }
    }
  }
}

function* schemaFaults(document) {
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    for (const word of schema.enum ?? []) {
      if (word !== null && !/^[a-z0-9_]+$/.test(word)) yield `${name}: ${word} is not in snake_case`
    }
    for (const [property, inside] of Object.entries(schema.properties ?? {})) {
      if (!/^[a-z][A-Za-z]*$/.test(property)) yield `${name}.${property} is not in camelCase`
      if (JSON.stringify(inside) === '{}') yield `${name}.${property} has no type`
    }
  }
}
