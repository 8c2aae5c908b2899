{{/* Environment for logs, traces and metrics. */}}
{{- define "xerv.observability.env" -}}
{{- end -}}

{{- define "xerv.observability.podAnnotations" -}}
{{- end -}}

{{- define "xerv.requirements.observability" -}}
{{- end -}}
