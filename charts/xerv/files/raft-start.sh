set -eu
# Ordinals start at 0, node ids at 1. What extraEnv sets is kept.
: "${XERV_DISPATCH_RAFT_NODE_ID:=$((${POD_NAME##*-} + 1))}"
if [ -z "${XERV_DISPATCH_RAFT_PEERS+set}" ]; then
  XERV_DISPATCH_RAFT_PEERS=
  while read -r member; do
    case $member in
      "$XERV_DISPATCH_RAFT_NODE_ID":*) ;;
      *) XERV_DISPATCH_RAFT_PEERS=${XERV_DISPATCH_RAFT_PEERS:+$XERV_DISPATCH_RAFT_PEERS,}$member ;;
    esac
  done < /config/raft-members
fi
export XERV_DISPATCH_RAFT_NODE_ID XERV_DISPATCH_RAFT_PEERS
exec xerv "$@"
