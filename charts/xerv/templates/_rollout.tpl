{{/* What a Deployment and a StatefulSet share about replacing pods. */}}
{{- define "xerv.rollout" -}}
{{- range $key := list "revisionHistoryLimit" "minReadySeconds" -}}
{{- if not (kindIs "invalid" (get $.Values $key)) }}
{{ $key }}: {{ get $.Values $key | int64 }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/*
Strategy of the Deployment. What Kubernetes would fill in under RollingUpdate is written down:
only what helm has written can it take away again, and Recreate does not go with it.
*/}}
{{- define "xerv.strategy" -}}
{{- /* The old pod must let go of the claim, and of the lock in it, before a new one starts. */ -}}
{{- $type := eq (include "xerv.dataVolume" .) "claim" | ternary "Recreate" "RollingUpdate" -}}
{{- $strategy := .Values.updateStrategy | default (dict "type" $type) | deepCopy -}}
{{- if eq ($strategy.type | default "RollingUpdate") "RollingUpdate" -}}
{{- $rolling := $strategy.rollingUpdate | default dict -}}
{{- range $key := list "maxSurge" "maxUnavailable" -}}
{{- if not (hasKey $rolling $key) }}{{ $_ := set $rolling $key "25%" }}{{ end -}}
{{- end -}}
{{- $strategy = dict "type" "RollingUpdate" "rollingUpdate" $rolling -}}
{{- end -}}
{{- toYaml $strategy -}}
{{- end -}}
