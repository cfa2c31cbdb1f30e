// A thread of the program's process: when ours is gone, however it ended, nothing of the program stays behind. It is a
// thread of its own because the program may never give its own a chance.

const { Socket } = require("node:net");
const { endAll, MARK } = require("./end");

const LIFELINE = 4;

const socket = new Socket({ fd: LIFELINE, readable: true, writable: false });
socket.on("close", () => endAll(process.pid, process.env[MARK]));
socket.on("error", () => {});
socket.resume();
