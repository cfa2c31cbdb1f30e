// Ends a program and everything that it started: its process group, and on Linux also what has left the group, told
// by a mark in its environment. For our own process and for the watchdog in the program's.

const fs = require("node:fs");

const MARK = "SES_GUARD_RUN";

/** @param leader the program's process, which leads its group */
function endAll(leader, mark) {
  const escaped = marked(mark).filter((pid) => pid !== process.pid);
  for (const target of [...escaped, -leader]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // Nothing of it is left.
    }
  }
}

function marked(mark) {
  const needle = Buffer.from(`${MARK}=${mark}\0`);
  let entries = [];
  try {
    entries = fs.readdirSync("/proc");
  } catch {
    // Not Linux.
  }
  return entries
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return fs.readFileSync(`/proc/${name}/environ`).includes(needle);
      } catch {
        return false; // Gone, or another user's.
      }
    })
    .map(Number);
}

module.exports = { MARK, endAll };
