{{- define "xerv.hpa.metrics" -}}
{{- $hpa := .Values.autoscaling -}}
{{- range $resource, $target := dict "cpu" $hpa.targetCPUUtilizationPercentage "memory" $hpa.targetMemoryUtilizationPercentage }}
{{- with include "xerv.string" $target | int }}
- type: Resource
  resource:
    name: {{ $resource }}
    target:
      type: Utilization
      averageUtilization: {{ . }}
{{- end }}
{{- end }}
{{- range $key, $metric := dict "pendingTraces" "xerv_dispatch_queue_depth" "activeTraces" "xerv_active_traces" }}
{{- $wanted := get ($hpa.metrics | default dict) $key | default dict }}
{{- if $wanted.enabled }}
- type: Pods
  pods:
    metric:
      name: {{ $metric }}
    target:
      type: AverageValue
      averageValue: {{ include "xerv.string" $wanted.targetValue | quote }}
{{- end }}
{{- end }}
{{- with $hpa.customMetrics }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Kubernetes takes no empty list of policies: without one it has its own. */}}
{{- define "xerv.hpa.behavior" -}}
{{- $behavior := dict -}}
{{- range $direction, $rules := .Values.autoscaling.behavior -}}
{{- $rules = $rules | default dict -}}
{{- $rules = $rules.policies | empty | ternary (omit $rules "policies") $rules -}}
{{- if $rules }}{{ $_ := set $behavior $direction $rules }}{{ end -}}
{{- end -}}
{{- if $behavior }}{{ toYaml $behavior }}{{ end -}}
{{- end -}}

{{/* The resources (cpu, memory) whose use sets the number of replicas. */}}
{{- define "xerv.scaledResources" -}}
{{- $found := list -}}
{{- if eq (include "xerv.scaler" .) "hpa" -}}
{{- range include "xerv.hpa.metrics" . | fromYamlArray -}}
{{- $found = append $found ((.resource | default .containerResource | default dict).name) -}}
{{- end -}}
{{- else if eq (include "xerv.scaler" .) "keda" -}}
{{- range include "xerv.keda.triggers" . | fromYamlArray -}}
{{- if has .type (list "cpu" "memory") }}{{ $found = append $found .type }}{{ end -}}
{{- end -}}
{{- end -}}
{{- compact $found | uniq | join " " -}}
{{- end -}}
