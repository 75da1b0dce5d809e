/** Where a command writes: `out` is for the answer, `err` for progress and problems. One line each, without its newline. */
export interface CliIo {
  out(line: string): void;
  err(line: string): void;
}
