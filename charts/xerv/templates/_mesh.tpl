{{/* istio or linkerd; empty where no mesh is wanted. */}}
{{- define "xerv.mesh.provider" -}}
{{- if (.Values.serviceMesh).enabled }}{{ .Values.serviceMesh.provider }}{{ end -}}
{{- end -}}

{{/* Truthy (not empty) where Istio adds its sidecar to the pods: not with ambient. */}}
{{- define "xerv.mesh.isIstioInjected" -}}
{{- if eq (include "xerv.mesh.provider" .) "istio" -}}
{{- $istio := .Values.serviceMesh.istio | default dict -}}
{{- if and ($istio.injection).enabled (not ($istio.ambient).enabled) }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* Truthy (not empty) where Linkerd adds its proxy to the pods. */}}
{{- define "xerv.mesh.isLinkerdInjected" -}}
{{- if eq (include "xerv.mesh.provider" .) "linkerd" -}}
{{- if ((.Values.serviceMesh.linkerd).injection).enabled }}true{{ end -}}
{{- end -}}
{{- end -}}

{{/* Labels and annotations by which the mesh adds its proxy to the pods. */}}
{{- define "xerv.mesh.podLabels" -}}
{{- end -}}

{{- define "xerv.mesh.podAnnotations" -}}
{{- end -}}

{{- define "xerv.requirements.mesh" -}}
{{- end -}}
