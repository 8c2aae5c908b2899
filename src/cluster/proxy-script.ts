/**
 * What `/bin/sh` runs around `kubectl proxy`. Arguments: the private directory, then kubectl and
 * its arguments. Needs nothing but POSIX sh.
 *
 * - The watcher reads from our pipe. When it closes, by our close or by our death, the watcher
 *   ends the whole process group: kubectl, and a credential plugin that still waits for a login.
 * - SIGTERM to the shell does the same.
 * - When kubectl ends by itself, the shell ends the watcher and itself.
 * - In every case the directory goes. Until then the shell must say nothing: after our death
 *   nobody reads, and SIGPIPE would end it first.
 *
 * kubectl's stdin is empty: a plugin that wants a terminal is to say so at once.
 */
export const proxyScript = `
directory=$1
shift
exec 3<&0 </dev/null
"$@" 3<&- &
kubectl=$!
stop() {
  trap '' TERM INT HUP
  kill -s TERM 0
}
trap stop TERM INT HUP
(
  trap - TERM INT HUP
  while read -r line <&3; do :; done
  kill -s TERM 0
) >/dev/null 2>&1 &
watcher=$!
exec 3<&- >/dev/null 2>&1
wait "$kubectl"
wait "$kubectl"
kill "$watcher"
rm -rf -- "$directory"
`;
