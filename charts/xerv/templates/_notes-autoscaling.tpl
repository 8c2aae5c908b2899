{{- define "xerv.notes.warnings.scaler" -}}
{{- $hpa := .Values.autoscaling | default dict -}}
{{- $keda := .Values.keda | default dict -}}
{{- if and (include "xerv.isRaft" .) (or $hpa.enabled $keda.enabled) }}
{{ $keda.enabled | ternary "keda" "autoscaling" }}.enabled is ignored: raft has fixed members and would lose its quorum. It keeps {{ include "xerv.replicas" . }} replicas.
{{- end }}
{{- $scaler := include "xerv.scaler" . -}}
{{- $path := eq $scaler "keda" | ternary "keda.maxReplicaCount" "autoscaling.maxReplicas" -}}
{{- $most := eq $scaler "keda" | ternary $keda.maxReplicaCount $hpa.maxReplicas | default 10 | int64 -}}
{{- if and $scaler (lt $most (include "xerv.minReplicas" . | int64)) }}
{{ $path }} ({{ $most }}) is below the minimum, so there are always {{ include "xerv.minReplicas" . }} replicas.
{{- end }}
{{- if and (eq $scaler "hpa") (contains "type: Pods" (include "xerv.hpa.metrics" .)) }}
autoscaling.metrics needs an adapter that serves custom.metrics.k8s.io; keda scales on the same metrics without one.
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.keda" -}}
{{- if eq (include "xerv.scaler" .) "keda" }}
{{ include "xerv.keda.missingTrigger" . }}
{{- if and (not .Values.keda.minReplicaCount) (not (include "xerv.keda.wakes" .)) }}
keda.minReplicaCount 0 is ignored: {{ eq (include "xerv.backend" .) "memory" | ternary "with backend memory all work is lost at zero" "nothing outside the pods could wake XERV" }}. One replica stays.
{{- else if eq (include "xerv.minReplicas" .) "0" }}
at zero replicas API calls and webhooks fail, and flow schedules do not run; only the triggers wake XERV.
{{- if eq (include "xerv.dataVolume" .) "claim" }}
at zero replicas the claim may stay unbound: helm --wait would never finish.
{{- end }}
{{- end }}
{{- if and (contains "type: prometheus" (include "xerv.keda.triggers" .)) (hasKey (.Values.metrics | default dict) "enabled") (not (.Values.metrics).enabled) }}
metrics.enabled is false, so keda's Prometheus triggers see no XERV metrics.
{{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.requests" -}}
{{- $resources := .Values.resources | default dict -}}
{{- range include "xerv.scaledResources" . | splitList " " | compact }}
{{- if not (or (get ($resources.requests | default dict) .) (get ($resources.limits | default dict) .)) }}
replicas are scaled on {{ . }} usage, but the pods request none: set resources.requests.{{ . }}.
{{- end }}
{{- end }}
{{- end -}}

{{- define "xerv.notes.warnings.vpa" -}}
{{- if (.Values.vpa).enabled }}
{{- $mode := include "xerv.vpa.updateMode" . -}}
{{- if ne $mode (.Values.vpa.updateMode | default $mode) }}
vpa.updateMode {{ .Values.vpa.updateMode }} is {{ $mode }} here{{ eq .Values.vpa.updateMode "Auto" | ternary "; Auto is deprecated" ", since Kubernetes is older than 1.33" }}.
{{- end }}
{{- if hasSuffix "Recreate" $mode }}
the VerticalPodAutoscaler may replace a running pod at any time{{ include "xerv.isRaft" . | empty | ternary "" ", and a raft leader with it" }}{{ (.Values.podDisruptionBudget).enabled | default false | ternary "" "; podDisruptionBudget.enabled bounds how many" }}. vpa.updateMode Initial waits for the next restart.
{{- end }}
{{- range include "xerv.scaledResources" . | splitList " " | compact }}
{{- if ne $mode "Off" }}
vpa leaves {{ . }} alone, because replicas are scaled on it.
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
