/** Whether something stops working within the time that people need to arrange what comes next. */
const soonMs = 45 * 86_400_000

/** @param at - UTC instant */
export const isSoon = (at: string, now = Date.now()): boolean => Date.parse(at) - now < soonMs
