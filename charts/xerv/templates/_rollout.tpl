{{/* What a Deployment and a StatefulSet share about replacing pods. */}}
{{- define "xerv.rollout" -}}
{{- range $key := list "revisionHistoryLimit" "minReadySeconds" -}}
{{- if not (kindIs "invalid" (get $.Values $key)) }}
{{ $key }}: {{ get $.Values $key | int64 }}
{{- end -}}
{{- end -}}
{{- end -}}
