# Asks XERV for its health through the Service. Started by `helm test`.
set -u
status=1
if answer=$(curl --silent --show-error --fail --max-time 5 \
  --retry 10 --retry-delay 2 --retry-all-errors "$HEALTH_URL"); then
  case $answer in
    *'"status":"healthy"'*) status=0 ;;
  esac
  echo "$HEALTH_URL: $answer"
else
  echo "XERV does not answer at $HEALTH_URL" >&2
fi
# A mesh's proxy that is no native sidecar would keep the pod from ending.
if [ -n "${PROXY_STOP_URL:-}" ]; then
  curl --silent --output /dev/null --max-time 5 --request POST "$PROXY_STOP_URL" || true
fi
exit $status
