{{/* What a PodDisruptionBudget of the user's would do to drains or to the quorum of raft. */}}
{{- define "xerv.notes.warnings.disruption" -}}
{{- $budget := .Values.podDisruptionBudget | default dict -}}
{{- if $budget.enabled }}
{{- $least := include "xerv.string" $budget.minAvailable -}}
{{- $replicas := include "xerv.minReplicas" . | int -}}
{{- $quorum := add (div $replicas 2) 1 | int -}}
{{- $isNumber := regexMatch "^[0-9]+$" $least -}}
{{- if or (eq $least "100%") (has (include "xerv.string" $budget.maxUnavailable) (list "0" "0%")) (and $isNumber $replicas (ge (int $least) $replicas)) }}
with {{ $replicas }} replica(s) podDisruptionBudget lets no pod go, and a node with one cannot be drained. Leave both of its numbers empty.
{{- else if and $isNumber (include "xerv.isRaft" .) (lt (int $least) $quorum) }}
podDisruptionBudget.minAvailable {{ $least }} is below the quorum of raft ({{ $quorum }} of {{ $replicas }}). Leave it empty.
{{- end }}
{{- end }}
{{- end -}}
