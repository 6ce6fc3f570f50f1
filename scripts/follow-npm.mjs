/**
 * npm hands a stop signal to the shell it started us with, and that shell ends without telling us. So under npm we
 * watch our parent: when it is gone, we stop as if the signal had come to us. (`exec` in package.json would do the
 * same, but not on Windows.)
 */
export function followNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, "SIGTERM");
  }, 300);
  watch.unref();
}
