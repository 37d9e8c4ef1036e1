/** Beside a process that computes: ends it when the program that started it is gone. */
const program = process.ppid
const intervalMs = 5_000

setInterval(() => {
  if (process.ppid !== program) process.kill(process.pid, 'SIGKILL')
}, intervalMs)
