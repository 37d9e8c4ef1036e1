/**
 * How Node runs the server. Most of what a server makes is garbage at once. Node lets 64 MB and more of it lie about before it
 * clears, and the process keeps that memory; half as much is cleared twice as often, for the same processor time. It clears with
 * several threads, which on few cores take more time to share the work than the work takes.
 */
export const SERVER_FLAGS = ['--max-semi-space-size=16', '--no-parallel-scavenge']
