{{/* KEDA names its autoscaler keda-hpa-<name>, of which a label holds 63 characters. */}}
{{- define "xerv.keda.name" -}}
{{- include "xerv.cut" (list (include "xerv.fullname" .) 54) -}}
{{- end -}}

{{- define "xerv.keda.triggers" -}}
{{- include "xerv.keda.prometheusTriggers" . -}}
{{- include "xerv.keda.backendTrigger" . -}}
{{- include "xerv.keda.resourceTriggers" . -}}
{{- range ((.Values.keda).triggers).cron }}
- type: cron
  metadata:
    {{- include "xerv.stringMap" (list .) | nindent 4 }}
{{- end }}
{{- range (.Values.keda).extraTriggers }}
{{- $metadata := include "xerv.stringMap" (list .metadata) | fromYaml }}
- {{ merge (dict "metadata" $metadata) (omit . "metadata") | toYaml | indent 2 | trim }}
{{- end }}
{{- end -}}

{{- define "xerv.keda.prometheusTriggers" -}}
{{- $shared := (.Values.keda).prometheus | default dict -}}
{{- range $key, $metric := dict "pendingTraces" "xerv_dispatch_queue_depth" "activeTraces" "xerv_active_traces" }}
{{- $trigger := get (($.Values.keda).triggers | default dict) $key | default dict }}
{{- if $trigger.enabled }}
{{- $query := include "xerv.keda.query" (list $ ($trigger.query | default $metric)) }}
{{- $metadata := dict "serverAddress" $trigger.serverAddress "query" $query "threshold" $trigger.threshold }}
{{- if $trigger.activationThreshold }}{{ $_ := set $metadata "activationThreshold" $trigger.activationThreshold }}{{ end }}
{{- if $shared.authModes }}{{ $_ := set $metadata "authModes" $shared.authModes }}{{ end }}
- type: prometheus
  name: {{ $key }}
  metadata:
    {{- include "xerv.stringMap" (list $shared.metadata $metadata) | nindent 4 }}
  {{- with include "xerv.keda.authenticationRef" (list $ "prometheus" $shared.authentication) }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
KEDA takes one number only, and a name alone gives one for each pod of each release: the sum over
those of this release, 0 while there are none. Another query is the user's own affair.
*/}}
{{- define "xerv.keda.query" -}}
{{- $query := index . 1 -}}
{{- if regexMatch "^xerv_[a-z0-9_]+$" $query -}}
sum({{ $query }}{ {{- include "xerv.metrics.selector" (index . 0) -}} }) or vector(0)
{{- else }}{{ $query }}{{ end -}}
{{- end -}}

{{- define "xerv.keda.resourceTriggers" -}}
{{- range $resource := list "cpu" "memory" }}
{{- $trigger := get (($.Values.keda).triggers | default dict) $resource | default dict }}
{{- if $trigger.enabled }}
- type: {{ $resource }}
  metricType: Utilization
  metadata:
    value: {{ include "xerv.string" $trigger.threshold | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/*
Truthy (not empty) where something outside the pods, which the backend keeps, can wake XERV at
zero. Metrics of the pods cannot: at zero nobody has them. With memory the work itself would go.
*/}}
{{- define "xerv.keda.wakes" -}}
{{- if ne (include "xerv.backend" .) "memory" -}}
{{- range include "xerv.keda.triggers" . | fromYamlArray -}}
{{- $isOwnMetric := and (eq .type "prometheus") (contains "xerv_" (.metadata.query | default "")) -}}
{{- if not (or $isOwnMetric (has .type (list "cpu" "memory"))) }}true{{ end -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "xerv.keda.minReplicas" -}}
{{- $wanted := .Values.keda.minReplicaCount | default 0 | int64 -}}
{{- include "xerv.keda.wakes" . | empty | ternary (max 1 $wanted) $wanted -}}
{{- end -}}

{{/* Replicas while nothing is to be done; fewer than the least that there are otherwise. */}}
{{- define "xerv.keda.idleReplicas" -}}
{{- $idle := include "xerv.string" .Values.keda.idleReplicaCount -}}
{{- if and $idle (include "xerv.keda.wakes" .) (lt (int64 $idle) (include "xerv.minReplicas" . | int64)) -}}
{{- $idle -}}
{{- end -}}
{{- end -}}

{{/* KEDA refuses a fallback of triggers on CPU and memory alone, and one to nothing is of no use. */}}
{{- define "xerv.keda.fallback" -}}
{{- $fallback := .Values.keda.fallback | default dict -}}
{{- $types := list -}}
{{- range include "xerv.keda.triggers" . | fromYamlArray }}{{ $types = append $types .type }}{{ end -}}
{{- $behavior := $fallback.behavior | default "static" -}}
{{- $replicas := min ($fallback.replicas | default 0 | int64) (include "xerv.maxReplicas" . | int64) -}}
{{- if and $fallback.enabled (without $types "cpu" "memory") (or $replicas (ne $behavior "static")) -}}
failureThreshold: {{ kindIs "invalid" $fallback.failureThreshold | ternary 3 $fallback.failureThreshold | int64 }}
replicas: {{ $replicas }}
{{- if ne $behavior "static" }}
behavior: {{ $behavior }}
{{- end }}
{{- end -}}
{{- end -}}
