#!/usr/bin/env node
// Hands over to the pinned Node, which runs the sources as they are; the Node on the machine may be older.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const pinned = fileURLToPath(new URL('../../../node_modules/node/bin/node', import.meta.url))
const main = fileURLToPath(new URL('../src/analyse/main.ts', import.meta.url))
const child = spawnSync(pinned, [main, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exit(child.status ?? 1)
