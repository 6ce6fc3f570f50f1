// Runs beside the request loop: one bcrypt takes hundreds of milliseconds of pure computation.
import { parentPort } from "node:worker_threads";
import bcrypt from "bcryptjs";

parentPort.on("message", ({ id, text, cost, hash }) => {
  try {
    const result = hash === undefined ? bcrypt.hashSync(text, cost) : bcrypt.compareSync(text, hash);
    parentPort.postMessage({ id, result });
  } catch (error) {
    parentPort.postMessage({ id, error: String(error) });
  }
});
