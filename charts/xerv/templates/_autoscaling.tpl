{{/* Truthy (not empty) where an autoscaler, and not helm, owns the number of replicas. */}}
{{- define "xerv.isScaled" -}}
{{- end -}}

{{- define "xerv.requirements.autoscaling" -}}
{{- end -}}
