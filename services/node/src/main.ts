#!/usr/bin/env node
/**
 * `kruispunt-node`: reads arguments and environment, and hands over.
 * @module
 */
import { createProgram } from './cli/program.ts'

await createProgram(process.env, process.argv.slice(2)).parseAsync(process.argv)
