/** Placeholder until the command stands. */
process.exitCode = 1
