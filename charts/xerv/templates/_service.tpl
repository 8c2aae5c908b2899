{{- define "xerv.ipFamilies" -}}
{{- with (.Values.service).ipFamilyPolicy }}
ipFamilyPolicy: {{ . }}
{{- end }}
{{- with (.Values.service).ipFamilies }}
ipFamilies:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/*
A pipeline is known only to the pod that it was posted to: with several pods a client keeps its own.
*/}}
{{- define "xerv.sessionAffinity" -}}
{{- $service := .Values.service | default dict -}}
{{- $sticky := gt (include "xerv.maxReplicas" . | int) 1 | ternary "ClientIP" "None" -}}
{{- $affinity := $service.sessionAffinity | default $sticky -}}
sessionAffinity: {{ $affinity }}
{{- $seconds := $service.sessionAffinityTimeoutSeconds | default 10800 | int64 }}
{{- if and (eq $affinity "ClientIP") (ne $seconds 10800) }}
sessionAffinityConfig:
  clientIP:
    timeoutSeconds: {{ $seconds }}
{{- end }}
{{- end -}}

{{/* What belongs to types NodePort and LoadBalancer; Kubernetes refuses most of it elsewhere. */}}
{{- define "xerv.outsideService" -}}
{{- $service := .Values.service | default dict -}}
{{- if include "xerv.isOutside" . }}
{{- with $service.externalTrafficPolicy }}
externalTrafficPolicy: {{ . }}
{{- end }}
{{- end }}
{{- if eq ($service.type | default "ClusterIP") "LoadBalancer" }}
{{- range $key := list "loadBalancerClass" "loadBalancerIP" }}
{{- with get $service $key }}
{{ $key }}: {{ . | quote }}
{{- end }}
{{- end }}
{{- if eq (toString $service.allocateLoadBalancerNodePorts) "false" }}
allocateLoadBalancerNodePorts: false
{{- end }}
{{- with $service.loadBalancerSourceRanges }}
loadBalancerSourceRanges:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end -}}
