{{/*
What can never work is refused here, all of it at once, each with what to set instead.
What only may be unwise is left to the user.
*/}}
{{- define "xerv.requirements" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $problems := list -}}
{{- if has $backend (list "redis" "nats") -}}
{{- $problems = append $problems (include "xerv.requirements.url" .) -}}
{{- else if eq $backend "raft" -}}
{{- $problems = append $problems (include "xerv.requirements.raft" .) -}}
{{- end -}}
{{- $budget := .Values.podDisruptionBudget | default dict -}}
{{- if and $budget.enabled (ne (include "xerv.string" $budget.minAvailable) "") (ne (include "xerv.string" $budget.maxUnavailable) "") -}}
{{- $problems = append $problems "podDisruptionBudget.minAvailable and maxUnavailable are both set, and Kubernetes takes only one of them: leave one empty." -}}
{{- end -}}
{{- range list "mesh" "autoscaling" "observability" "network" "containers" -}}
{{- $problems = append $problems (include (printf "xerv.requirements.%s" .) $ | trim) -}}
{{- end -}}
{{- $lines := compact $problems | join "\n" | trim -}}
{{- if $lines -}}
{{- fail (printf "\n\nXERV cannot run with these values:\n%s\n" (regexReplaceAll "(?m)^" $lines "  - ")) -}}
{{- end -}}
{{- end -}}

{{- define "xerv.requirements.url" -}}
{{- $backend := include "xerv.backend" . -}}
{{- $server := get .Values.dispatch $backend | default dict -}}
{{- $schemes := eq $backend "redis" | ternary "rediss?" "(nats|tls|wss?)" -}}
{{- $example := eq $backend "redis" | ternary "redis://redis:6379" "nats://nats:4222" -}}
{{- $known := eq $backend "redis" | ternary "redis:// or rediss://" "nats://, tls://, ws:// or wss://" -}}
{{- if $server.existingSecret -}}
{{- else if not $server.url -}}
dispatch.{{ $backend }}.url is empty: set it (such as {{ $example }}), or name a Secret that holds it in dispatch.{{ $backend }}.existingSecret.
{{- else if not (regexMatch (printf "^%s://[^\\s,]+(\\s*,\\s*%s://[^\\s,]+)*$" $schemes $schemes) $server.url) -}}
dispatch.{{ $backend }}.url must start with {{ $known }} (such as {{ $example }}).
{{- end -}}
{{- end -}}

{{- define "xerv.requirements.raft" -}}
{{- $raft := .Values.dispatch.raft | default dict -}}
{{- $heartbeat := $raft.heartbeatIntervalMs | default 100 | int64 -}}
{{- $election := $raft.electionTimeoutMs | default 1000 | int64 -}}
{{- if ge (mul 2 $heartbeat) $election }}
dispatch.raft.electionTimeoutMs ({{ $election }}) must be more than twice dispatch.raft.heartbeatIntervalMs ({{ $heartbeat }}): set it to {{ mul 10 $heartbeat }}.
{{- end }}
{{- if eq (.Values.updateStrategy).type "Recreate" }}
updateStrategy.type Recreate is not for a StatefulSet: with backend raft use RollingUpdate or OnDelete.
{{- end }}
{{- end -}}
