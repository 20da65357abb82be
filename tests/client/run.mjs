// Makes a client from the OpenAPI document of a running hub, checks its types, and runs it over every operation.
//
//   echo '{"url": ..., "tokens": {...}, ...}' | node run.mjs
//
// Ends with 0 and one line if all is well; else says what is wrong, a line each.
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync, copyFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import ts from 'typescript'
import { faultsOf } from './lint.mjs'
import { Witness } from './witness.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const hub = JSON.parse(readFileSync(0, 'utf8'))
const document = await (await fetch(new URL('/openapi/v1.json', hub.url))).json()
const folder = mkdtempSync(join(tmpdir(), 'digihub-client-'))
try {
  const faults = await faultsOf(document)
  if (faults.length === 0) faults.push(...await compile())
  if (faults.length === 0) faults.push(...await drive())
  console.log(faults.length === 0 ? 'ok' : [...new Set(faults)].join('\n'))
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Writes the types and compiles the program that uses them. */
async function compile() {
  writeFileSync(join(folder, 'schema.d.ts'), astToString(await openapiTS(document)))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  copyFileSync(join(here, 'operations.ts'), join(folder, 'operations.ts'))
  symlinkSync(join(here, 'node_modules'), join(folder, 'node_modules'))
  const program = ts.createProgram([join(folder, 'operations.ts')], {
    strict: true, exactOptionalPropertyTypes: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], types: [], skipLibCheck: true,
  })
  const emitted = program.emit()
  return [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics].map(one => {
    const line = one.file && one.start !== undefined ? `operations.ts:${one.file.getLineAndCharacterOfPosition(one.start).line + 1}: ` : ''
    return line + ts.flattenDiagnosticMessageText(one.messageText, '\n')
  })
}

async function drive() {
  const witness = new Witness(document)
  const { everyOperation } = await import(pathToFileURL(join(folder, 'operations.js')).href)
  try {
    await everyOperation(hub, witness.middleware)
  } catch (broken) {
    return [...witness.faults, String(broken?.stack ?? broken)]
  }
  return [...witness.faults, ...witness.missing()]
}
