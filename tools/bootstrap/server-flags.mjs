/**
 * How Node runs the server. Most of what a server makes is garbage at once. Node lets 64 MB and more of it lie about before it
 * clears, and the process keeps that memory; half as much is cleared twice as often, for the same processor time.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=16']
