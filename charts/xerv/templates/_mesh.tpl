{{/* istio or linkerd; empty where no mesh is wanted. */}}
{{- define "xerv.mesh.provider" -}}
{{- if (.Values.serviceMesh).enabled }}{{ .Values.serviceMesh.provider }}{{ end -}}
{{- end -}}

{{/* Labels and annotations by which the mesh adds its proxy to the pods. */}}
{{- define "xerv.mesh.podLabels" -}}
{{- end -}}

{{- define "xerv.mesh.podAnnotations" -}}
{{- end -}}

{{- define "xerv.requirements.mesh" -}}
{{- end -}}
